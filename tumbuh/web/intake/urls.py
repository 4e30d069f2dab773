"""Addresses of what comes in."""

from django.urls import path

from tumbuh.web.intake import exports, sources, steps, views

urlpatterns = [
    path("wilayah/<str:code>/lembar", exports.export, name="export"),
    path("data-masuk", views.import_list, name="imports"),
    path("data-masuk/unggah", views.upload, name="import-upload"),
    path("data-masuk/jenis", sources.source_list, name="import-sources"),
    path("data-masuk/templat/<slug:name>.xlsx", sources.template, name="import-template"),
    path("data-masuk/<uuid:import_id>/jenis", sources.choose, name="import-source"),
    path("data-masuk/<uuid:import_id>", views.import_page, name="import"),
    path("data-masuk/<uuid:import_id>/tinjau", views.review, name="import-review"),
    path("data-masuk/<uuid:import_id>/koreksi.xlsx", views.correction, name="import-correction"),
    path("data-masuk/<uuid:import_id>/kolom", steps.columns, name="import-columns"),
    path("data-masuk/<uuid:import_id>/judul", steps.header, name="import-header"),
    path("data-masuk/<uuid:import_id>/simpan", steps.save, name="import-save"),
    path("data-masuk/<uuid:import_id>/kembali", steps.back, name="import-back"),
    path("data-masuk/<uuid:import_id>/hentikan", steps.cancel, name="import-cancel"),
    path("data-masuk/<uuid:import_id>/batalkan", steps.undo, name="import-undo"),
]
