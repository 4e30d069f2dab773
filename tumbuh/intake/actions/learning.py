"""What officials said that headings mean: kept with the confirmed columns, used for the next file of the same work."""

from collections import defaultdict
from typing import Any

from tumbuh.accounts.api import IMPORT, User, get_scope
from tumbuh.intake.eppgbm.fields import fold_heading
from tumbuh.intake.models import Import, KeptHeading
from tumbuh.intake.sources.api import Learned, find_source
from tumbuh.regions.api import find_enclosing

LONGEST = 200


def find_place(user: User) -> int | None:
    """The smallest region that holds wherever the user may import; colleagues there share what they explained."""
    return find_enclosing(number for span in get_scope(user, IMPORT).spans for number in span)


def read_learned(user: User) -> Learned:
    """What is kept for the user's region, by source."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for kept in KeptHeading.objects.filter(region_id=find_place(user)):
        found[kept.source][kept.heading] = kept.field
    return found


def keep_headings(by: User, job: Import, sheets: list[dict[str, Any]]) -> int:
    """Keep each heading whose confirmed meaning the list itself does not know, forget one that was taken away; in the
    caller's transaction. How many changed."""
    source = find_source(job.source)
    if source is None:
        return 0
    place, columns = (
        find_place(by),
        [column for sheet in sheets if sheet["use"] for column in sheet["reading"]["columns"]],
    )
    told = {fold_heading(column["heading"])[:LONGEST]: column["field"] for column in columns if column["heading"]}
    rows = KeptHeading.objects.filter(source=job.source, region_id=place, heading__in=told)
    kept = {row.heading: row.field for row in rows}
    wanted = {
        heading: field
        for heading, field in told.items()
        if heading and field in source.labels and source.spellings.get(heading) != field
    }
    gone = [heading for heading in kept if heading not in wanted]
    rows.filter(heading__in=gone).delete()
    new = {heading: field for heading, field in wanted.items() if kept.get(heading) != field}
    for heading, field in new.items():
        KeptHeading.objects.update_or_create(
            source=job.source, region_id=place, heading=heading, defaults={"field": field, "by": by}
        )
    return len(gone) + len(new)
