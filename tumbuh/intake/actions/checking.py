"""The check: read every row, place it, match it with the register, and keep all of it for the preview."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from tumbuh.accounts.api import IMPORT, get_scope, whole_country
from tumbuh.intake.actions.comparing import Comparison
from tumbuh.intake.actions.lines import Line, Placer, encode_lines
from tumbuh.intake.actions.lists.checking import check_list
from tumbuh.intake.actions.places import load_index
from tumbuh.intake.actions.reading import get_opener, refuse, stop
from tumbuh.intake.actions.remarks import keep_incoming
from tumbuh.intake.actions.staging import close_incoming, open_copy, open_incoming, stage_incoming
from tumbuh.intake.actions.steps import Aside, move, report_progress, work_alone
from tumbuh.intake.actions.tables import read_lines
from tumbuh.intake.errors import CancelledError
from tumbuh.intake.models import Import
from tumbuh.intake.queries.counts import count_rows
from tumbuh.intake.rules import State
from tumbuh.intake.sources.api import find_source
from tumbuh.lib.spreadsheets.api import Chunk, SpreadsheetError
from tumbuh.records.api import close_staging, match_staged, open_staging
from tumbuh.regions.api import find_enclosing

BATCH = 2500
SELDOM = 50_000
SPAN = "SELECT min(desa_id), max(desa_id) FROM intake_row WHERE owner_id = %s AND outcome <> 'refused'"


def check_import(*, import_id: UUID) -> None:
    """From CHECKING to PREVIEW. Does nothing in any other state; a run that was killed is simply run again."""
    with work_alone(import_id, State.CHECKING) as job:
        if job is None:
            return
        job.rows.all().delete()
        source = find_source(job.source)
        try:
            if source is None:
                check(job)
            else:
                check_list(job, source)
            with connection.cursor() as cursor:
                cursor.execute("SELECT intake_gather_statistics()")  # the save is planned by them
        except CancelledError as error:
            stop(job, error)
        except SpreadsheetError as error:
            refuse(job, str(error.code), str(error))
        finally:
            close_incoming()
            close_staging()


def check(job: Import) -> None:
    """Read and match; the rows and the state appear together."""
    report_progress(job, 0)
    comparison = Comparison()
    skipped: dict[str, int] = {}
    open_incoming()
    done = 0
    placer = Placer(load_index(), get_scope(job.by, IMPORT))
    batches = list_batches(job, placer, get_opener(job), skipped)
    # The database takes a batch in while we read the next.
    with Aside(job) as aside, collect_seldom(), open_copy() as copy:
        for lines, seen in gather(batches):
            comparison.add(lines)
            copy.write(encode_lines(lines))
            done += seen
            aside.show(done)
            aside.check()
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off")  # many short bulk statements
        open_staging()
        stage_incoming()
        match_staged()
        with whole_country("rows of one import"):
            keep_incoming(job.pk)
            counts = count_rows(job.pk) | {"skipped": skipped, "zscores": comparison.to_json()}
            region_id = find_region(job.pk)
        move(job, State.PREVIEW, counts=counts, region_id=region_id, rows_done=done, rows_total=done)


@contextmanager
def collect_seldom() -> Iterator[None]:
    """Python looks for circles of dead objects once in a batch or so: lines are many and never form any."""
    before = gc.get_threshold()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def gather(batches: Iterator[tuple[list[Line], int]], size: int = BATCH) -> Iterator[tuple[list[Line], int]]:
    """The same lines in batches of at least `size`, but for the last one."""
    lines: list[Line] = []
    seen = 0
    for more, count in batches:
        lines += more
        seen += count
        if len(lines) >= size:
            yield lines, seen
            lines, seen = [], 0
    if lines or seen:
        yield lines, seen


def list_batches(
    job: Import, placer: Placer, chunks: Callable[[], Iterator[Chunk]], skipped: dict[str, int]
) -> Iterator[tuple[list[Line], int]]:
    """Batches of placed lines, with the number of rows of the sheets behind them. Asks the database nothing."""
    for lines, seen in read_lines(job.columns["sheets"], chunks, timezone.localdate(), skipped):
        for line in lines:
            line.desa_id, reasons = placer.place(line.parsed)
            line.reasons = [*line.parsed.reasons, *reasons] if reasons else line.parsed.reasons
        yield lines, seen


def find_region(import_id: UUID) -> int | None:
    """The smallest region that holds every accepted row."""
    with connection.cursor() as cursor:
        cursor.execute(SPAN, [import_id])
        return find_enclosing(desa_id for desa_id in cursor.fetchone() if desa_id is not None)
