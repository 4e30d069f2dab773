"""Addresses of the regulation and of what it asks for."""

from django.urls import path

from tumbuh.web.programme import (
    boards,
    calendars,
    convergence,
    decisions,
    mine,
    plans,
    reviews,
    situation,
    supervision,
    teams,
    views,
)

urlpatterns = [
    path("regulasi", views.show_regulation, name="regulation"),
    path("regulasi/pilar/<int:number>", views.show_pillar, name="regulation_pillar"),
    path("program", boards.show_board, name="programme_board"),
    path("program/wilayah/<str:code>", boards.show_board, name="programme_board_of"),
    path("program/keluaran/<str:clause>", boards.show_clause, name="programme_clause"),
    path("program/kewajiban", mine.show_mine, name="programme_mine"),
    path("program/kewajiban/<int:obligation_id>/berlaku", decisions.waive, name="programme_waive"),
    path("program/lembar/wilayah/<str:code>/<int:year>", boards.show_region_sheet, name="programme_sheet_region"),
    path(
        "program/lembar/instansi/<slug:institution>/<int:year>",
        boards.show_institution_sheet,
        name="programme_sheet_institution",
    ),
    path("program/kalender/<str:code>.ics", calendars.show_calendar, name="programme_calendar"),
    path("program/bacaan/<slug:note>", decisions.reading, name="programme_reading"),
    path("program/tim/<str:code>", teams.show_team, name="programme_team"),
    path("wilayah/<str:code>/analisis-situasi", situation.show_situation, name="situation"),
    path("wilayah/<str:code>/analisis-situasi.xlsx", situation.download_situation, name="situation-book"),
    path("program/rencana/<str:code>", plans.show_plan, name="programme_plan"),
    path("program/konvergensi", convergence.show_overview, name="programme_convergence"),
    path("program/konvergensi/<str:code>/<int:year>", convergence.show_checklist, name="programme_checklist"),
    path("program/pengawasan", supervision.show_supervision, name="programme_supervision"),
    path("bukti", reviews.queue, name="evidence_queue"),
    path("bukti/<slug:source>/<uuid:subject_id>", reviews.piece, name="evidence_piece"),
    path("bukti/<slug:source>/<uuid:subject_id>/langkah", reviews.step, name="evidence_step"),
    path("bukti/<slug:source>/<uuid:subject_id>/untuk", reviews.link, name="evidence_link"),
]
