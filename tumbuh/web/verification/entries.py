"""The review of a package of services: who got anything, who is due and got nothing, odd records and a sample."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Scope
from tumbuh.engines.convergence.api import read_content
from tumbuh.records.api import (
    Entry,
    Oddity,
    count_groups,
    find_persons,
    list_month_entries,
    list_unserved,
    read_lives,
    read_month,
)
from tumbuh.verification.api import Row
from tumbuh.web.indicators.figures import list_months
from tumbuh.web.records.names import name_household
from tumbuh.web.verification.samples import MOST_ROWS, pick
from tumbuh.web.verification.words import KINDS, show_code, show_value, write

MOST_UNSERVED = 30  # people named before all are asked for
MOST_MISSING = 3  # services named of each
HIDDEN = ("checked_on", "row")
ODD = {
    Oddity.UNKNOWN: _("layanan tidak dikenal"),
    Oddity.QUANTITY: _("jumlah tidak wajar"),
    Oddity.AGE: _("tidak sesuai umur"),
    Oddity.GROUP: _("bukan sasaran layanan ini"),
    Oddity.AGAIN: _("sudah pernah diterima, seharusnya sekali seumur hidup"),
    Oddity.BEFORE_BIRTH: _("sebelum lahir"),
    Oddity.AFTER_LEAVING: _("setelah keluar dari daftar"),
}


def review_entries(scope: Scope, row: Row, month: date, *, is_whole: bool) -> dict[str, Any]:
    """What the page shows of the desa's month."""
    desa_id, before = row.region.pk, list_months(month, 2)[0]
    now, past = read_month(scope, desa_id, month), read_month(scope, desa_id, before)
    entries = list_month_entries(scope, desa_id, month, now.codes)
    older = list_month_entries(scope, desa_id, before, past.codes)
    counts = zip(count_groups(now), count_groups(past), strict=True)
    unserved = describe_unserved(scope, list_unserved(now), None if is_whole else MOST_UNSERVED)
    return {
        "groups": [(write(one.group.title), one, former) for one, former in counts if one.people or former.people],
        "picture": [
            *compare(entries, older),
            *compare_lives(read_lives(scope, desa_id, month), read_lives(scope, desa_id, before)),
        ],
        "entries": [describe_entry(entry) for entry in pick(entries, row, month, is_whole=is_whole)],
        "total": len(entries),
        **unserved,
    }


def list_returnable(scope: Scope, desa_id: int, month: date) -> list[tuple[str, str, Any]]:
    """(key in the form, kind, row) of what can be marked to be sent back."""
    return [(write_key(entry), entry.kind, entry.row) for entry in list_month_entries(scope, desa_id, month)]


def write_key(entry: Entry) -> str:
    return f"{entry.kind}{entry.row.pk}"


def compare(now: list[Entry], past: list[Entry]) -> list[tuple[Any, Any, Any, Any]]:
    """(label, this month, the month before, what to look at) of each sign of what was recorded."""
    pairs = [
        (_("Layanan tercatat"), lambda rows: sum(one.kind == "service" for one in rows), ""),
        (_("Orang yang menerima"), lambda rows: len({one.person.pk for one in rows if one.person}), ""),
        (_("Pemeriksaan kesehatan"), lambda rows: sum(one.kind == "check" for one in rows), ""),
        (_("Catatan janggal"), lambda rows: sum(one.is_odd for one in rows), _("periksa satu per satu")),
        (_("Dicatat setelah bulannya lewat"), lambda rows: sum(one.is_late for one in rows), _("susulan")),
    ]
    return [(label, count(now), count(past), hint) for label, count, hint in pairs]


def compare_lives(now: Any, past: Any) -> list[tuple[Any, Any, Any, Any]]:
    """The same of pregnancies, couples and statements."""
    return [
        (_("Kehamilan dimulai atau berakhir"), now.pregnancies, past.pregnancies, ""),
        (
            _("Kehamilan lewat HPL tanpa hasil persalinan"), now.overdue, past.overdue,
            _("catat persalinannya, atau tanyakan ibunya"),
        ),
        (_("Calon pengantin terdaftar"), now.couples, past.couples, ""),
        (_("Keterangan air, jamban, jaminan, dan lainnya"), now.statements, past.statements, ""),
    ]  # fmt: skip


def describe_unserved(scope: Scope, found: dict[int, list[str]], most: int | None) -> dict[str, Any]:
    """People who are due and got nothing: each with what is missing first; all of them, or the first ones."""
    people = find_persons(scope, found)
    named = sorted((people[key] for key in found if key in people), key=lambda person: person.name_key)
    titles = list_titles()
    shown = [
        (person, [titles[code] for code in found[person.pk][:MOST_MISSING]], len(found[person.pk]) - MOST_MISSING)
        for person in named[:most][:MOST_ROWS]
    ]
    return {"unserved": shown, "unserved_total": len(named)}


def list_titles() -> dict[str, str]:
    """Every service of the definitions in words."""
    return {rule.service.code: write(rule.service.title) for rule in read_content().rules}


def describe_entry(entry: Entry) -> dict[str, Any]:
    """A row of the list: whose, what, and in words what is odd."""
    row = entry.row
    if entry.kind == "service":
        what = f"{show_code(row.code)}: {row.quantity}"
    else:
        values = [(label, show_value(row, field)) for field, label in KINDS["check"].items() if field not in HIDDEN]
        what = ", ".join(f"{label} {value}" for label, value in values if value != "–")
    return {
        "key": write_key(entry), "entry": entry, "what": what, "fields": KINDS[entry.kind],
        "home": "" if entry.person else name_household(row.household),
        "odd": [str(ODD[one]) for one in entry.odd],
    }  # fmt: skip
