"""Addresses of children. A child is addressed by its public id, never by name or NIK."""

from django.urls import path

from tumbuh.web.records import corrections, duplicates, views

urlpatterns = [
    path("anak/<uuid:public_id>", views.child, name="child"),
    path("anak/<uuid:public_id>/keperluan", views.state_purpose, name="child-purpose"),
    path("anak/<uuid:public_id>/nik", views.show_nik, name="child-nik"),
    path("anak/<uuid:public_id>/identitas", corrections.correct, name="child-correct"),
    path("anak-ganda", duplicates.pair_list, name="duplicates"),
    path("anak-ganda/gabungan", duplicates.merge_list, name="merges"),
    path("anak-ganda/gabungan/<uuid:merge_id>/batal", duplicates.unmerge, name="unmerge"),
    path("anak-ganda/<uuid:candidate_id>", duplicates.pair, name="duplicate"),
    path("anak-ganda/<uuid:candidate_id>/keperluan", duplicates.state_pair_purpose, name="duplicate-purpose"),
    path("anak-ganda/<uuid:candidate_id>/gabung", duplicates.join, name="duplicate-join"),
    path("anak-ganda/<uuid:candidate_id>/pisah", duplicates.apart, name="duplicate-apart"),
    path("wilayah/<str:code>/anak", views.child_list, name="children"),
]
