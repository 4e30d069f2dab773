"""Addresses of children. A child is addressed by its public id, never by name or NIK."""

from django.urls import path

from tumbuh.web.records import care, corrections, days, duplicates, life_pages, lost, newcomers, views

urlpatterns = [
    path("anak/<uuid:public_id>", views.child, name="child"),
    path("anak/<uuid:public_id>/keperluan", views.state_purpose, name="child-purpose"),
    path("anak/<uuid:public_id>/nik", views.show_nik, name="child-nik"),
    path("anak/<uuid:public_id>/identitas", corrections.correct, name="child-correct"),
    path("anak/<uuid:public_id>/layanan", care.person_services, name="person-services"),
    path("anak/<uuid:public_id>/keluarga", care.household, name="household"),
    path("anak/<uuid:public_id>/catat", life_pages.life_forms_page, name="life-forms"),
    path("anak/<uuid:public_id>/catat/<slug:event>", life_pages.record_life, name="life-record"),
    path("wilayah/<str:code>/catat", days.posyandu_day, name="posyandu-day"),
    path("wilayah/<str:code>/orang-baru", newcomers.new_person, name="new-person"),
    path("wilayah/<str:code>/orang-baru/mirip", newcomers.alike_people, name="new-person-alike"),
    path("wilayah/<str:code>/hilang-pantau", lost.lost, name="lost"),
    path("anak-ganda", duplicates.pair_list, name="duplicates"),
    path("anak-ganda/gabungan", duplicates.merge_list, name="merges"),
    path("anak-ganda/gabungan/<uuid:merge_id>/batal", duplicates.unmerge, name="unmerge"),
    path("anak-ganda/<uuid:candidate_id>", duplicates.pair, name="duplicate"),
    path("anak-ganda/<uuid:candidate_id>/keperluan", duplicates.state_pair_purpose, name="duplicate-purpose"),
    path("anak-ganda/<uuid:candidate_id>/gabung", duplicates.join, name="duplicate-join"),
    path("anak-ganda/<uuid:candidate_id>/pisah", duplicates.apart, name="duplicate-apart"),
    path("wilayah/<str:code>/anak", views.child_list, name="children"),
    path("wilayah/<str:code>/layanan", care.work_list, name="work-list"),
]
