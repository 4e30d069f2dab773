"""Many accounts from one workbook: read and checked first, made all at once."""

from collections import Counter
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.actions.invitations import draw_invitation
from tumbuh.accounts.errors import WorkbookError
from tumbuh.accounts.models import AccountBatch, Assignment, Invitation, User
from tumbuh.accounts.queries.batches import get_batch, read_known
from tumbuh.accounts.rules.workbook import (
    MOST_LINES,
    REQUIRED,
    Asked,
    Line,
    Outcome,
    check_lines,
    find_header,
    read_line,
)
from tumbuh.audit.api import record_event
from tumbuh.lib.spreadsheets.api import Limits, Row, SpreadsheetError, read_sheets

FORGOTTEN_AFTER = timedelta(days=30)  # what nobody confirmed; its names are kept no longer
BATCH_BYTES = 5_000_000
LIMITS = Limits(file_bytes=BATCH_BYTES, unzipped_bytes=60_000_000, rows=MOST_LINES + 100, columns=100, cells=300_000)


def check_username(name: str) -> None:
    """ValidationError for what no account name can be."""
    User.username_validator(name)
    if len(name) > 150:
        raise ValidationError("too long")


def read_workbook(path: Path) -> list[Asked]:
    """The filled-in lines of every visible sheet that has the header; WorkbookError where there is none."""
    sheets: dict[str, list[Row]] = {}
    try:
        for chunk in read_sheets(path, limits=LIMITS):
            if not chunk.is_hidden:
                rows = sheets.setdefault(chunk.sheet, [])
                rows += [[] for _gap in range(chunk.first_row - 1 - len(rows))]
                rows += chunk.rows
    except SpreadsheetError as error:
        raise WorkbookError(str(error)) from error
    headed = {name: header for name, rows in sheets.items() if (header := find_header(rows))}
    if not headed:
        words = _("Judul kolom tidak ditemukan. Unduh templatnya; kolom %(names)s harus ada, jangan diganti namanya.")
        raise WorkbookError(words % {"names": ", ".join(f"“{name}”" for name in REQUIRED)})
    lines = []
    for name, (start, places) in headed.items():
        for number, row in enumerate(sheets[name][start + 1 :], start + 2):
            if line := read_line(name, number, row, places):
                lines.append(line)
    return lines


def check_again(by: User, lines: list[Asked]) -> list[Line]:
    """The lines checked against what is there now."""
    return check_lines(lines, read_known(by, [line.username for line in lines if line.username]), check_username)


@transaction.atomic
def stage_accounts(*, by: User, path: Path, file_name: str) -> AccountBatch:
    """Read and check a workbook; nothing is made before `confirm_accounts`. One that waits is forgotten.

    WorkbookError when it cannot be read, has no header, or nobody is named in it.
    """
    lines = read_workbook(path)
    if not lines:
        raise WorkbookError(_("Belum ada nama yang diisi. Isi kolom “Nama” pada baris desa yang akan diberi akun."))
    if len(lines) > MOST_LINES:
        words = _("Berkas memuat %(found)d baris, batasnya %(limit)d. Bagi menjadi beberapa berkas.")
        raise WorkbookError(words % {"found": len(lines), "limit": MOST_LINES})
    forgotten = Q(made_by=by) | Q(made_at__lt=timezone.now() - FORGOTTEN_AFTER)
    AccountBatch.objects.filter(forgotten, confirmed_at__isnull=True).delete()
    checked = check_again(by, lines)
    return AccountBatch.objects.create(
        made_by=by, file_name=Path(file_name).name[:200], lines=[line.as_dict() for line in checked],
        counts=count_outcomes(checked),
    )  # fmt: skip


def count_outcomes(lines: list[Line]) -> dict[str, int]:
    found = Counter(line.outcome for line in lines)
    return {outcome.value: found[outcome] for outcome in Outcome}


@transaction.atomic
def confirm_accounts(*, by: User, key: UUID) -> AccountBatch:
    """Make the accounts of a staged workbook, with roles and invitations: all or none; saying it again changes nothing.

    What was made or taken since the preview counts as already there or refused. Names leave the batch with it.
    """
    AccountBatch.objects.select_for_update().filter(pk=key).first()
    batch = get_batch(by, key)
    if batch.confirmed_at is not None:
        return batch
    refused = [Line(**line) for line in batch.lines if line["outcome"] == Outcome.REFUSED]
    asked = [ask_again(line) for line in batch.lines if line["outcome"] != Outcome.REFUSED]
    lines = sorted([*refused, *check_again(by, asked)], key=lambda line: (line.sheet, line.row))
    try:
        with transaction.atomic():
            made = make_accounts(by, batch, [line for line in lines if line.outcome == Outcome.NEW])
    except IntegrityError as error:  # a name was taken between the look and the write
        raise WorkbookError(_("Sementara itu ada nama akun yang dipakai orang lain. Tekan Buat akun lagi.")) from error
    batch.counts = count_outcomes(lines)
    batch.lines = [line.as_dict() for line in lines if line.outcome == Outcome.REFUSED]
    batch.confirmed_at = timezone.now()
    batch.save(update_fields=["counts", "lines", "confirmed_at"])
    tell_trail(by, batch, made)
    return batch


def ask_again(line: dict[str, str | int]) -> Asked:
    """The question of a line that was answered."""
    code = str(line["region_id"])
    return Asked(
        str(line["sheet"]), int(line["row"]), code, str(line["role"]), str(line["name"]), str(line["email"]),
        str(line["username"]), str(line.get("institution", "")), int(line.get("institution_id", 0)),
    )  # fmt: skip


def make_accounts(by: User, batch: AccountBatch, lines: list[Line]) -> list[tuple[User, Line]]:
    """Users with a password that nobody can use, their roles and invitations, in three statements."""
    users = User.objects.bulk_create(
        User(username=line.username, first_name=line.name, email=line.email, password=make_password(None))
        for line in lines
    )
    today = timezone.localdate()
    pairs = list(zip(users, lines, strict=True))
    Assignment.objects.bulk_create(
        Assignment(
            user=user,
            role=line.role,
            region_id=line.region_id,
            valid_from=today,
            institution_id=line.institution_id or None,
        )
        for user, line in pairs
    )
    Invitation.objects.bulk_create(draw_invitation(by, user, batch) for user in users)
    return pairs


def tell_trail(by: User, batch: AccountBatch, made: list[tuple[User, Line]]) -> None:
    """One event for each account, so that its history is whole, and one for the workbook."""
    today = timezone.localdate().isoformat()
    for user, line in made:
        after = {"role": line.role, "valid_from": today, "batch": str(batch.pk)}
        if line.institution:
            after["institution"] = line.institution
        record_event(
            by=by, action="accounts.user.created", object_kind="user", object_id=user.pk, after=after,
            region_id=line.region_id,
        )  # fmt: skip
    record_event(
        by=by, action="accounts.batch.confirmed", object_kind="account_batch", object_id=batch.pk, after=batch.counts
    )
