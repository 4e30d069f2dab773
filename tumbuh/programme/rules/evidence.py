"""What counts as proof of an output or a duty."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumbuh.programme.rules.words import Per


class SubjectKind(models.TextChoices):
    """Where a piece of evidence comes from."""

    DOCUMENT = "DOCUMENT", _("Dokumen")
    ACTIVITY = "ACTIVITY", _("Kegiatan")
    PARTNER = "PARTNER", _("Kemitraan")
    CHECKLIST = "CHECKLIST", _("Daftar periksa aksi konvergensi")


class System(models.TextChoices):
    """Parts of this platform that the regulation wants alive."""

    SATU_DATA = "SATU_DATA", _("Satu Data: angka resmi terbit pada tahun itu")
    SERVICE_DATA = "SERVICE_DATA", _("Data layanan: angka diperbarui pada tahun itu")
    TIERED_DATA = "TIERED_DATA", _("Data berjenjang: paket diterima provinsi pada tahun itu")
    AKSI_BANGDA = "AKSI_BANGDA", _("Pertukaran data dengan Web Aksi Bangda")
    BUDGET_TAGGING = "BUDGET_TAGGING", _("Penandaan dan pelacakan anggaran")
    PERFORMANCE = "PERFORMANCE", _("Penilaian kinerja")
    LEARNING = "LEARNING", _("Pelatihan jarak jauh")
    KNOWLEDGE = "KNOWLEDGE", _("Berbagi pengetahuan")
    COMPLAINTS = "COMPLAINTS", _("Layanan pengaduan")


class EvidenceRule(NamedTuple):
    """What proves a target. `kinds`: per source, which kinds; no kinds at all: any verified evidence, confirmed.

    `levels` empty: the level of the unit that owes. `parts` empty: all parts of the target.
    """

    kinds: Mapping[SubjectKind, frozenset[str]]
    system: str = ""
    indicator: str = ""
    confirmed: bool = False
    levels: tuple[Per, ...] = ()
    parts: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()

    @property
    def counts_earlier(self) -> bool:
        """A document that was there before the year still proves that it is there; a meeting does not."""
        return bool(self.kinds.get(SubjectKind.DOCUMENT))


ANY = EvidenceRule({}, confirmed=True)


def read_rule(entry: Mapping[str, Any]) -> EvidenceRule:
    """The rule as kept with an output or a duty: the folder's keys, levels by their codes."""
    kinds = {
        SubjectKind.DOCUMENT: frozenset(entry.get("documents", ())),
        SubjectKind.ACTIVITY: frozenset(entry.get("activities", ())),
        SubjectKind.PARTNER: frozenset(entry.get("partners", ())),
        SubjectKind.CHECKLIST: frozenset(entry.get("convergence", ())),
    }
    return EvidenceRule(
        kinds={source: codes for source, codes in kinds.items() if codes},
        system=entry.get("system", ""),
        indicator=entry.get("indicator", ""),
        confirmed=entry.get("confirmed", False),
        levels=tuple(Per(level) for level in entry.get("levels", ())),
        parts=frozenset(entry.get("targets", ())),
        left_out=frozenset(entry.get("left_out", ())),
    )


def find_rule(rules: Sequence[EvidenceRule], part: int) -> EvidenceRule | None:
    """The rule of the n-th part of a target (from 1); None when that part is left out, ANY when none was written."""
    if any(part in rule.left_out for rule in rules):
        return None
    return next((rule for rule in rules if not rule.parts or part in rule.parts), ANY)
