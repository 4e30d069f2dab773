"""The check of a list: its rows are kept, saved for the preview's sake, and what was saved is taken back at once."""

from django.db import transaction
from django.utils import timezone

from tumbuh.accounts.api import IMPORT, get_scope, whole_country
from tumbuh.intake.actions.lines import Placer
from tumbuh.intake.actions.lists.figures import find_missing, save_figures
from tumbuh.intake.actions.lists.reading import ListReader
from tumbuh.intake.actions.lists.saving import keep_outcomes, save_rows
from tumbuh.intake.actions.places import load_index
from tumbuh.intake.actions.steps import Aside, move
from tumbuh.intake.models import Import, Row
from tumbuh.intake.queries.counts import count_rows
from tumbuh.intake.rules import Outcome, State
from tumbuh.intake.sources.api import Source
from tumbuh.records.api import create_batch
from tumbuh.regions.api import find_enclosing


def check_list(job: Import, source: Source) -> None:
    """Read, then rehearse the save: the preview says of each row exactly what saving it does."""
    reader = ListReader(job, source, Placer(load_index(), get_scope(job.by, IMPORT)), timezone.localdate())
    with Aside(job) as aside, transaction.atomic():
        done = 0
        for rows in reader.read():
            with whole_country("rows of one import"):
                Row.objects.bulk_create(rows, batch_size=500)
            done += len(rows)
            aside.show(done)
            aside.check()
        rehearse(job, source)
        with whole_country("rows of one import"):
            counts = count_rows(job.pk) | {"skipped": reader.skipped}
            counts |= {"missing": find_missing(job)} if source.figures else {}
            desa = job.rows.exclude(outcome=Outcome.REFUSED).exclude(desa_id=None).values_list("desa_id", flat=True)
            region_id = find_enclosing(set(desa))
        move(job, State.PREVIEW, counts=counts, region_id=region_id, rows_done=done, rows_total=done)


def rehearse(job: Import, source: Source) -> None:
    """Save the rows that nothing speaks against, take all of it back, and keep what each row became."""
    with transaction.atomic():
        batch = create_batch(by=job.by, kind=job.source, name=job.file_name)
        write = save_figures if source.figures else save_rows
        _saved, entries = write(by=job.by, batch=batch, rows=list(job.rows.filter(outcome="").order_by("id")))
        transaction.set_rollback(True)
    for entry in entries:
        if entry.is_new:  # whoever the rehearsal took in is gone again
            entry.ids = {}
    keep_outcomes(entries)
