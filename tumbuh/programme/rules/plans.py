"""Words and checks of teams and action plans."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class TeamPart(models.TextChoices):
    """What somebody is in a team, from the head down."""

    PATRON = "PATRON", _("Pengarah")
    CHAIR = "CHAIR", _("Ketua")
    DEPUTY = "DEPUTY", _("Wakil ketua")
    SECRETARY = "SECRETARY", _("Sekretaris")
    COORDINATOR = "COORDINATOR", _("Koordinator bidang")
    MEMBER = "MEMBER", _("Anggota")


class PlanState(models.TextChoices):
    DRAFT = "DRAFT", _("Rancangan")
    ENACTED = "ENACTED", _("Ditetapkan")


class PlanKind(models.TextChoices):
    """The four main and two supporting actions that a plan must hold."""

    SITUATION = "SITUATION", _("Analisis situasi")
    PLANNING = "PLANNING", _("Penguatan perencanaan")
    IMPLEMENTATION = "IMPLEMENTATION", _("Penguatan pelaksanaan")
    ASSESSMENT = "ASSESSMENT", _("Penilaian hasil monitoring dan evaluasi")
    REGULATION = "REGULATION", _("Regulasi")
    PUBLICATION = "PUBLICATION", _("Publikasi")


class WorkState(models.TextChoices):
    """Where an action of a plan stands."""

    PLANNED = "PLANNED", _("Direncanakan")
    RUNNING = "RUNNING", _("Berjalan")
    DONE = "DONE", _("Selesai")
    DROPPED = "DROPPED", _("Tidak dilanjutkan")


# Documents of the region in which a plan's actions must stand.
PLANNING_DOCUMENTS = ("RPJPD", "RPJMD", "RENSTRA", "RKA")
PLAN_DOCUMENT = "RENCANA_AKSI"
DECREES = ("KEPUTUSAN_GUBERNUR", "KEPUTUSAN_BUPATI", "KEPUTUSAN_CAMAT", "KEPUTUSAN_KEPALA_DESA")
ENACTING = (*DECREES[:3], "PERATURAN_KEPALA_DAERAH")


def holds_on(since: date, until: date | None, day: date) -> bool:
    """Whether something that runs from `since` to `until` (both included) holds on the day."""
    return since <= day and (until is None or day <= until)


def list_missing_kinds(kinds: set[str]) -> list[PlanKind]:
    """The actions of which a plan must hold at least one and does not yet."""
    return [kind for kind in PlanKind if kind not in kinds]
