"""What is planned, what is recorded, and what speaks against either."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from tumbuh.activities.errors import FollowUpError, MissingPartsError, PlanError
from tumbuh.activities.rules.kinds import Kind
from tumbuh.activities.rules.participants import Attendee
from tumbuh.activities.rules.states import Mode
from tumbuh.regions.api import Level

LONGEST = timedelta(days=366)
MOST_AGENDA, MOST_TEXT = 40, 20_000


@dataclass(frozen=True)
class Plan:
    """What an activity is to be, wherever it is held."""

    kind: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str = ""
    mode: str = Mode.ONSITE
    organiser: str = ""
    institution_id: int | None = None
    agenda: tuple[str, ...] = ()


@dataclass(frozen=True)
class Task:
    """A follow-up as it is agreed: what, who owns it, until when."""

    text: str
    owner_name: str = ""
    owner_region_id: int | None = None
    owner_institution_id: int | None = None
    due_on: date | None = None


@dataclass(frozen=True)
class Observation:
    """A finding with its recommendation, which becomes a follow-up."""

    text: str
    task: Task


@dataclass(frozen=True)
class Record:
    """What happened: everything that is written down after an activity."""

    people: tuple[Attendee, ...] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    decisions: tuple[str, ...] = ()
    tasks: tuple[Task, ...] = ()
    findings: tuple[Observation, ...] = ()


def check_plan(plan: Plan, kind: Kind, level: int) -> None:
    """Raises PlanError when such an activity cannot be planned at a region of that level."""
    if level not in kind.levels:
        levels = ", ".join(Level(each).label for each in sorted(kind.levels))
        words = _("%(kind)s tidak diadakan pada tingkat wilayah ini. Pilih wilayah pada tingkat: %(levels)s.")
        raise PlanError(words % {"kind": kind.label, "levels": levels})
    if not plan.title.strip():
        raise PlanError(_("Judul kegiatan belum ditulis. Tulis judul yang dikenali pesertanya."))
    if plan.ends_at <= plan.starts_at:
        raise PlanError(_("Waktu selesai tidak sesudah waktu mulai. Periksa kedua waktunya."))
    if plan.ends_at - plan.starts_at > LONGEST:
        raise PlanError(_("Kegiatan ini lebih lama dari setahun. Periksa tanggalnya, atau bagi menjadi beberapa."))
    if plan.mode not in Mode.values:
        raise PlanError(_("Cara kegiatan tidak dikenal. Pilih luring atau daring."))
    if len(plan.agenda) > MOST_AGENDA or any(len(point) > 300 for point in plan.agenda):
        raise PlanError(_("Agenda terlalu panjang. Tulis paling banyak 40 butir, masing-masing 300 huruf."))


def check_task(task: Task) -> None:
    """Raises FollowUpError when a follow-up has no words, no owner or no day."""
    if not task.text.strip():
        raise FollowUpError(_("Tindak lanjut belum ditulis. Tulis apa yang harus dikerjakan."))
    if not (task.owner_name.strip() or task.owner_region_id or task.owner_institution_id):
        raise FollowUpError(_("Tindak lanjut belum punya penanggung jawab. Pilih wilayahnya atau tulis lembaganya."))
    if task.due_on is None:
        raise FollowUpError(_("Tindak lanjut belum punya tenggat. Tulis tanggalnya."))


def count_present(record: Record) -> int:
    return sum(one.is_present for one in record.people)


def list_missing(kind: Kind, record: Record, *, follow_ups: int = 0, photos: int = 0, reach: int = 0) -> list[str]:
    """A sentence for each part that the kind asks for and the record lacks; the counts are what is there already."""
    needs, missing = kind.needs, []
    if (present := count_present(record)) < needs.participants:
        words = _("Peserta hadir baru %(count)d, paling sedikit %(least)d. Lengkapi daftar hadir.")
        missing.append(words % {"count": present, "least": needs.participants})
    if needs.minutes:
        for section in kind.sections:
            if section.is_required and not record.sections.get(section.key, "").strip():
                missing.append(_("Bagian notulen “%(section)s” kosong. Isi bagian itu.") % {"section": section.label})
    if len(record.decisions) < needs.decisions:
        missing.append(_("Keputusan belum ditulis. Tulis paling sedikit satu, satu baris satu keputusan."))
    if follow_ups + len(record.tasks) + len(record.findings) < needs.follow_ups:
        missing.append(_("Tindak lanjut belum ada. Tulis paling sedikit satu, dengan penanggung jawab dan tenggat."))
    if photos < needs.photos:
        missing.append(_("Foto kegiatan belum ada. Unggah paling sedikit satu foto, lalu catat pelaksanaannya."))
    if reach < needs.reach:
        missing.append(_("Jangkauan kampanye belum ada. Catat dahulu jangkauan tiap saluran."))
    return missing


def check_record(
    kind: Kind, record: Record, *, starts_at: datetime, now: datetime,
    follow_ups: int = 0, photos: int = 0, reach: int = 0,
) -> None:  # fmt: skip
    """Raises MissingPartsError or FollowUpError when the record is not whole, or comes before the activity."""
    if now < starts_at:
        raise MissingPartsError([_("Kegiatan ini belum mulai. Catat sesudah mulai, atau ubah waktunya.")])
    for task in [*record.tasks, *(finding.task for finding in record.findings)]:
        check_task(task)
    if any(len(text) > MOST_TEXT for text in record.sections.values()):
        raise MissingPartsError([_("Satu bagian notulen lebih dari 20.000 huruf. Ringkas bagian itu.")])
    if missing := list_missing(kind, record, follow_ups=follow_ups, photos=photos, reach=reach):
        raise MissingPartsError(missing)
