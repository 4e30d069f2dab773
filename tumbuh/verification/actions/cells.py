"""Sending single cells back, answering them; and noting who put data in."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.audit.api import record_event
from tumbuh.regions.api import Region
from tumbuh.verification.actions.moving import check_right, lock_package, take_step
from tumbuh.verification.errors import MoveError, ReasonError
from tumbuh.verification.models import CellReturn, Step
from tumbuh.verification.queries.packages import read_reasons
from tumbuh.verification.rules import GROWTH, Move, State, Tier, Wish

LARGEST_EVIDENCE = 5_000_000  # bytes
EVIDENCE = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n\x1a\n": ".png"}  # first bytes: how it is stored


@dataclass(frozen=True)
class Cell:
    """One field of one row, why it goes back, what stands there now, and an uploaded file that shows it or None."""

    object_kind: str
    object_id: int
    field: str
    reason: str
    note: str = ""
    value: str = ""
    evidence: Any = None


@transaction.atomic
def return_cells(
    *, by: User, region: Region, month: date, tier: Tier, cells: Collection[Cell], reason: str = "",
    data_set: str = GROWTH, version: int | None = None,
) -> Step:  # fmt: skip
    """Send the package back to its desa with only these cells open; the caller made sure that they belong to it."""
    if not cells:
        raise ReasonError(_("Tandai paling sedikit satu isian, atau kembalikan seluruh paket."))
    for cell in cells:
        check_cell(cell)
    words = reason or _("%(count)d isian perlu diperbaiki.") % {"count": len(cells)}
    wish = Wish(Move.RETURN, tier, State.RETURNED_DESA, words)
    step = take_step(by=by, region=region, month=month, wish=wish, data_set=data_set, version=version)
    step.package.is_whole_open = False
    step.package.save(update_fields=["is_whole_open"])
    step.package.cells.filter(closed_at__isnull=True).update(closed_at=timezone.now())
    for cell in cells:
        keep_cell(step, cell)
    return step


def keep_cell(step: Step, cell: Cell) -> None:
    kept = CellReturn(
        package=step.package, step=step, object_kind=cell.object_kind, object_id=cell.object_id, field=cell.field,
        reason=cell.reason, note=cell.note, value=cell.value,
    )  # fmt: skip
    if cell.evidence is not None:
        kept.evidence_name = cell.evidence.name[-120:]
        kept.evidence.save(f"{kept.public_id}{find_suffix(cell.evidence)}", cell.evidence, save=False)
    kept.save()


def check_cell(cell: Cell) -> None:
    """ReasonError: an unknown reason, `other` without words, evidence that is too large or of another kind."""
    if cell.reason not in read_reasons():
        raise ReasonError(_("Pilih alasan pengembalian dari daftar."))
    if cell.reason == "other" and not cell.note.strip():
        raise ReasonError(_("Tulis alasannya bila memilih “Lainnya”."))
    if cell.evidence is not None:
        if cell.evidence.size > LARGEST_EVIDENCE:
            limit = LARGEST_EVIDENCE // 1_000_000
            raise ReasonError(_("Berkas bukti lebih besar dari %(limit)d MB. Perkecil fotonya.") % {"limit": limit})
        if not find_suffix(cell.evidence):
            raise ReasonError(_("Bukti harus berupa PDF, JPEG, atau PNG."))


def find_suffix(file: Any) -> str:
    """The suffix for what the file's first bytes say it is; empty for any other kind."""
    file.seek(0)
    start = file.read(8)
    file.seek(0)
    return next((suffix for signature, suffix in EVIDENCE.items() if start.startswith(signature)), "")


@transaction.atomic
def answer_cell(*, by: User, cell: CellReturn, answer: str) -> CellReturn:
    """The desa's word on a returned cell; it can be changed until the package is sent again."""
    check_right(by, Tier.DESA, cell.package.region_id)
    package = lock_package(cell.package.region, cell.package.month, cell.package.data_set)
    held = package.cells.select_for_update().get(pk=cell.pk)
    if held.closed_at or package.state != State.RETURNED_DESA:
        raise MoveError(_("Isian ini tidak sedang dikembalikan. Muat ulang halaman ini."))
    if not answer.strip():
        raise ReasonError(_("Tulis jawabannya: apa yang diperbaiki, atau mengapa nilainya sudah benar."))
    held.answer, held.answered_by, held.answered_at = answer.strip(), by, timezone.now()
    held.save(update_fields=["answer", "answered_by", "answered_at"])
    record_event(
        by=by,
        action="verification.cell_answered",
        object_kind="cell",
        object_id=held.public_id,
        region_id=package.region_id,
    )
    return held


@transaction.atomic
def note_contributions(*, by: User, desa_months: Collection[tuple[int, date]], data_set: str = GROWTH) -> None:
    """The user entered data of these desa and months. The caller records the event; saying it again changes nothing."""
    if not desa_months:
        return
    desa, months = (list(column) for column in zip(*desa_months, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO verification_contribution (region_id, month, data_set, user_id)
               SELECT d, m, %s, %s FROM unnest(%s::bigint[], %s::date[]) AS t(d, m) ON CONFLICT DO NOTHING""",
            [data_set, by.pk, desa, months],
        )
