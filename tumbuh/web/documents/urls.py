"""Addresses of documents."""

from django.urls import path

from tumbuh.web.documents import steps, views

urlpatterns = [
    path("dokumen", views.document_list, name="documents"),
    path("dokumen/baru", views.new_document, name="document-new"),
    path("dokumen/<uuid:document_id>", views.document_page, name="document"),
    path("dokumen/<uuid:document_id>/berkas", views.document_file, name="document-file"),
    path("dokumen/<uuid:document_id>/berkas/<int:number>", views.document_file, name="document-version"),
    path("dokumen/<uuid:document_id>/ubah", views.change_document, name="document-change"),
    path("dokumen/<uuid:document_id>/ganti", views.replace_document, name="document-replace"),
    path("dokumen/<uuid:document_id>/terbit", steps.publish_document, name="document-publish"),
    path("dokumen/<uuid:document_id>/batal-terbit", steps.unpublish_document, name="document-unpublish"),
    path("dokumen/<uuid:document_id>/tarik", steps.withdraw_document, name="document-withdraw"),
    path("dokumen/<uuid:document_id>/hubungan", steps.relate_document, name="document-relate"),
]
