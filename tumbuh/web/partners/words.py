"""Records, figures and states in words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, gettext

from tumbuh.partners.api import (
    AgreementForm,
    ContributionForm,
    CsrState,
    Entry,
    Field,
    Kind,
    ResearchForm,
    Semester,
    list_indicators,
)
from tumbuh.verification.api import ReviewState
from tumbuh.web.partners.shelves import get_address
from tumbuh.web.templatetags.numbers import count, write_number
from tumbuh.web.templatetags.numbers import day as write_day

LOOKS = {
    None: ("info", "file"),
    ReviewState.SUBMITTED: ("warn", "clock"),
    ReviewState.VERIFIED: ("good", "check"),
    ReviewState.RETURNED: ("bad", "alert"),
    ReviewState.WITHDRAWN: ("info", "file"),
}
Fact = tuple[str, str]


def write_rupiah(value: int | None) -> str:
    """250000000 → “Rp250.000.000”; None → “–”."""
    return "–" if value is None else f"Rp{write_number(value)}"


def describe_state(state: ReviewState | None) -> dict[str, str]:
    """Where a record stands, with a look and an icon; None: never put forward."""
    look, icon = LOOKS[state]
    return {"label": str(state.label) if state else gettext("Belum diajukan"), "look": look, "icon": icon}


def describe_rows(kind: Kind, entries: Iterable[Any], states: dict[Any, ReviewState]) -> list[dict[str, Any]]:
    """One line of a list for each record."""
    return [describe_row(kind, one, states.get(one.public_id)) for one in entries]


def describe_row(kind: Kind, entry: Any, state: ReviewState | None) -> dict[str, Any]:
    what, who, when = SUMMARIES[kind](entry)
    told = {"title": entry_title(kind, entry), "what": what, "who": who, "when": when}
    return {**told, "href": get_address(kind, entry.public_id), "state": describe_state(state), "region": entry.region}


def entry_title(kind: Kind, entry: Entry) -> str:
    """What the record is called."""
    if kind == Kind.REPORT:
        return Semester(entry.year, entry.half).label
    return entry.title


def sum_up_agreement(entry: Any) -> tuple[str, str, str]:
    who = "; ".join(one.name for one in entry.parties.all())
    return AgreementForm(entry.form).label, who, write_day(entry.signed_on)


def sum_up_csr(entry: Any) -> tuple[str, str, str]:
    return f"{Field(entry.field).label}, {CsrState(entry.state).label.lower()}", entry.partner.name, f"{entry.year}"


def sum_up_research(entry: Any) -> tuple[str, str, str]:
    when = write_day(entry.finished_on) if entry.finished_on else f"{entry.year}"
    return ResearchForm(entry.form).label, entry.lead.name, when


def sum_up_contribution(entry: Any) -> tuple[str, str, str]:
    what = ContributionForm(entry.form).label
    money = f", {write_rupiah(entry.amount_idr)}" if entry.amount_idr else ""
    return f"{what}{money}", entry.institution.name, write_day(entry.given_on)


def sum_up_report(entry: Any) -> tuple[str, str, str]:
    return entry.receipt or gettext("belum dikirim"), entry.institution.name, Semester(entry.year, entry.half).label


SUMMARIES = {
    Kind.AGREEMENT: sum_up_agreement,
    Kind.CSR: sum_up_csr,
    Kind.RESEARCH: sum_up_research,
    Kind.CONTRIBUTION: sum_up_contribution,
    Kind.REPORT: sum_up_report,
}


def list_facts(kind: Kind, entry: Any) -> list[Fact]:
    """(label, value) of a record; what is not public only where it is open to the viewer. Empty values are left out."""
    public, inner = FACTS[kind](entry)
    return [(label, value) for label, value in [*public, *(inner if entry.is_open_to else [])] if value]


def tell_agreement(entry: Any) -> tuple[list[Fact], list[Fact]]:
    until = write_day(entry.valid_until) if entry.valid_until else gettext("tanpa batas waktu")
    what, who, when = sum_up_agreement(entry)
    public = [
        (gettext("Bentuk"), what), (gettext("Nomor"), entry.number), (gettext("Para pihak"), who),
        (gettext("Ditandatangani pada"), when), (gettext("Berlaku"), f"{write_day(entry.valid_from)} – {until}"),
    ]  # fmt: skip
    return public, [(gettext("Tujuan"), entry.purpose)]


def tell_csr(entry: Any) -> tuple[list[Fact], list[Fact]]:
    places = ", ".join(place.full_name for place in entry.places.all()) or entry.region.full_name
    public = [
        (gettext("Perusahaan"), entry.partner.name), (gettext("Bidang"), str(Field(entry.field).label)),
        (gettext("Tahun"), f"{entry.year}"), (gettext("Keadaan"), str(CsrState(entry.state).label)),
        (gettext("Lokasi"), places),
    ]  # fmt: skip
    inner = [
        (gettext("Nilai yang dijanjikan"), write_rupiah(entry.pledged_idr)),
        (gettext("Nilai yang terealisasi"), write_rupiah(entry.realised_idr)),
        (gettext("Orang yang dijangkau"), count(entry.reach)),
    ]
    return public, inner


def tell_research(entry: Any) -> tuple[list[Fact], list[Fact]]:
    what, who, _when = sum_up_research(entry)
    finished = write_day(entry.finished_on) if entry.finished_on else gettext("belum selesai")
    public = [
        (gettext("Jenis"), what), (gettext("Lembaga utama"), who),
        (gettext("Lembaga lain yang ikut"), "; ".join(one.name for one in entry.institutions.all())),
        (gettext("Tahun mulai"), f"{entry.year}"), (gettext("Selesai pada"), finished),
    ]  # fmt: skip
    inner = [
        (gettext("Temuan"), entry.finding), (gettext("Rekomendasi kebijakan"), entry.recommendation),
        (gettext("Indikator yang diperbaiki"), name_indicator(entry.indicator)),
        (gettext("Keputusan atau perbaikan yang lahir darinya"), entry.improved),
    ]  # fmt: skip
    return public, inner


def tell_contribution(entry: Any) -> tuple[list[Fact], list[Fact]]:
    what, who, when = ContributionForm(entry.form).label, entry.institution.name, write_day(entry.given_on)
    inner = [
        (gettext("Mitra"), who), (gettext("Bentuk"), what), (gettext("Diberikan pada"), when),
        (gettext("Nilai"), write_rupiah(entry.amount_idr)), (gettext("Apa yang diberikan"), entry.description),
        (gettext("Untuk apa"), entry.purpose),
    ]  # fmt: skip
    return [], inner


FACTS = {
    Kind.AGREEMENT: tell_agreement,
    Kind.CSR: tell_csr,
    Kind.RESEARCH: tell_research,
    Kind.CONTRIBUTION: tell_contribution,
}


def name_indicator(code: str) -> str:
    """An indicator's title in the reader's language; "" for none."""
    title = list_indicators().get(code)
    return title.get((get_language() or "id")[:2], title["id"]) if title else ""


def list_figures(figures: dict[str, int | None]) -> list[Fact]:
    """The figures that a report takes over from the records."""
    names = [
        ("agreements", gettext("Perjanjian yang berlaku")), ("signed", gettext("Perjanjian yang ditandatangani")),
        ("programmes", gettext("Program CSR berjalan atau selesai tahun itu")),
        ("pledged_idr", gettext("Nilai CSR yang dijanjikan")), ("realised_idr", gettext("Nilai CSR yang terealisasi")),
        ("reach", gettext("Orang yang dijangkau program CSR")), ("research", gettext("Riset yang selesai")),
        ("contributions", gettext("Kontribusi")), ("contributed_idr", gettext("Nilai kontribusi")),
    ]  # fmt: skip
    money = {name for name, _label in names if name.endswith("_idr")}
    known = [(name, label, figures[name]) for name, label in names if name in figures]
    return [
        (label, write_rupiah(value) if name in money and value is not None else count(value))
        for name, label, value in known
    ]
