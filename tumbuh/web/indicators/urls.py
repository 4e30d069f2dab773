"""Addresses of the figures' pages."""

from datetime import date

from django.urls import path, register_converter

from tumbuh.web.indicators import convergence, measuring, pace, two_numbers, views
from tumbuh.web.indicators.scorecard import views as scorecard
from tumbuh.web.indicators.sets import views as sets


class MonthConverter:
    """2026-09 ↔ the first day of that month."""

    regex = r"\d{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return f"{value:%Y-%m}"


register_converter(MonthConverter, "month")

urlpatterns = [
    path("", views.home, name="home"),
    path("wilayah/<str:code>", views.region_page, name="region"),
    path("wilayah/<str:code>/konvergensi", convergence.convergence, name="convergence"),
    path("wilayah/<str:code>/dua-angka", two_numbers.two_numbers, name="two_numbers"),
    path("wilayah/<str:code>/survei", two_numbers.enter_survey, name="enter_survey"),
    path("wilayah/<str:code>/mutu", measuring.measuring, name="measuring"),
    path("wilayah/<str:code>/mutu/baris", measuring.measuring_rows, name="measuring_rows"),
    path("wilayah/<str:code>/laju", pace.pace, name="pace"),
    path("wilayah/<str:code>/scorecard", scorecard.show, name="scorecard"),
    path("wilayah/<str:code>/scorecard.xlsx", scorecard.download, name="scorecard-book"),
    path("wilayah/<str:code>/scorecard/orang", scorecard.list_people, name="scorecard-people"),
    path("wilayah/<str:code>/scorecard/keperluan", scorecard.state_purpose, name="scorecard-purpose"),
    path("wilayah/<str:code>/himpunan/<slug:chosen>", sets.show, name="indicator-set"),
    path("wilayah/<str:code>/himpunan/<slug:chosen>.xlsx", sets.download_book, name="indicator-set-book"),
    path("wilayah/<str:code>/himpunan/<slug:chosen>.csv", sets.download_csv, name="indicator-set-csv"),
    path("mengapa/<slug:indicator>/<str:code>/<month:month>", views.why, name="why"),
    path("indikator", views.indicator_index, name="indicators"),
]
