"""Addresses of activities: the calendar, plans, one activity with its parts, follow-ups."""

from django.urls import path

from tumbuh.web.activities import calendar, follow_ups, guests, invitations, minutes, pages, parts, plans, records

urlpatterns = [
    path("kegiatan", calendar.index, name="activities"),
    path("kegiatan/baru", plans.new, name="activity_new"),
    path("kegiatan/massal", plans.units, name="activity_units"),
    path("kegiatan/kalender.ics", invitations.feed, name="activity_feed"),
    path("kegiatan/langganan", invitations.subscription, name="activity_subscription"),
    path("kegiatan/<uuid:activity_id>", pages.activity, name="activity"),
    path("kegiatan/<uuid:activity_id>/ubah", plans.change, name="activity_change"),
    path("kegiatan/<uuid:activity_id>/catat", records.record, name="activity_record"),
    path("kegiatan/<uuid:activity_id>/langkah", plans.step, name="activity_step"),
    path("kegiatan/<uuid:activity_id>/periksa", pages.decide, name="activity_decide"),
    path("kegiatan/<uuid:activity_id>/foto", parts.photo_add, name="photo_add"),
    path("kegiatan/<uuid:activity_id>/foto/<uuid:photo_id>", parts.photo, name="photo"),
    path("kegiatan/<uuid:activity_id>/foto/<uuid:photo_id>/hapus", parts.photo_remove, name="photo_remove"),
    path("kegiatan/<uuid:activity_id>/jangkauan", parts.reach, name="activity_reach"),
    path("kegiatan/<uuid:activity_id>/survei", parts.survey, name="activity_survey"),
    path("kegiatan/<uuid:activity_id>/undangan.ics", invitations.invitation, name="invitation"),
    path("kegiatan/<uuid:activity_id>/undangan", guests.letter, name="invitation_letter"),
    path("kegiatan/<uuid:activity_id>/daftar-undangan", guests.guests, name="activity_guests"),
    path("kegiatan/<uuid:activity_id>/notulen", minutes.minutes, name="minutes"),
    path("kegiatan/<uuid:activity_id>/notulen.docx", minutes.minutes_docx, name="minutes_docx"),
    path("tindak-lanjut", follow_ups.board, name="follow-ups"),
    path("tindak-lanjut/<uuid:follow_up_id>", follow_ups.change, name="follow_up_change"),
]
