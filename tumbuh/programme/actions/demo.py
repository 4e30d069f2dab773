"""Evidence of the made-up province, as definitions/demo/evidence.yaml has it: invented, seeded, plainly marked."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from hashlib import sha256
from io import BytesIO
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from docx import Document as Word

from tumbuh.accounts.api import User
from tumbuh.activities import api as activities
from tumbuh.audit.api import Actor
from tumbuh.documents import api as documents
from tumbuh.programme.actions.expanding import expand_obligations
from tumbuh.programme.actions.recomputing import recompute
from tumbuh.programme.models import EvidenceLink, Regulation
from tumbuh.programme.rules import SubjectKind
from tumbuh.regions.api import Level, Region, list_regions
from tumbuh.verification.api import Reviewed, ReviewState, Tier, backfill_reviews

WORDS = "Dokumen contoh untuk mencoba Tumbuh. Bukan dokumen sungguhan."
ALL = 100


@dataclass(frozen=True)
class Batch:
    """Evidence of one kind, level and year: from which share of the regions, how often, how much of it verified."""

    kind: str
    level: Level
    year: int
    share: int
    times: int = 1
    verified: int = ALL
    code: str = ""


def read_batches(entries: list[dict[str, Any]]) -> list[Batch]:
    return [
        Batch(
            entry["kind"],
            Level[entry["level"]],
            entry["year"],
            entry["share"],
            entry.get("times", 1),
            entry.get("verified", ALL),
            entry.get("for", ""),
        )
        for entry in entries
    ]


@transaction.atomic
def make_demo_evidence(*, by: Actor, regulation: Regulation, users: Mapping[Tier, User]) -> int:
    """Documents and held activities of the province with their reviews; how many. 0 where there is evidence already.

    `users`: who stands for each tier; the desa's is the maker of all, so that nobody reviews their own.
    """
    content = yaml.safe_load((settings.DEFINITIONS / "demo" / "evidence.yaml").read_text(encoding="utf-8"))
    if activities.list_held() or documents.list_documents():
        return 0
    regions = list(list_regions(within=regulation.province_code).filter(is_active=True))
    maker, reviews = users[Tier.DESA], []
    for batch in read_batches(content["documents"]):
        reviews += make_documents(by, maker, regulation, batch, regions, content)
    for batch in read_batches(content["activities"]):
        reviews += make_activities(by, maker, batch, regions, content)
    backfill_reviews(by=by, maker=maker, people=users, rows=reviews)
    expand_obligations(by=by, regulation=regulation)
    recompute(regulation)
    return len(reviews)


def draw(*words: object) -> int:
    """A number from 0 to 99 that follows from the words, the same each time."""
    return int.from_bytes(sha256("/".join(map(str, words)).encode()).digest()[:4]) % 100


def choose(batch: Batch, regions: list[Region]) -> Iterator[Region]:
    """The regions that have this evidence."""
    for region in regions:
        if region.level == batch.level and draw(batch.kind, batch.year, region.pk) < batch.share:
            yield region


def find_state(batch: Batch, region: Region, turn: int) -> ReviewState:
    is_verified = draw("review", batch.kind, batch.year, region.pk, turn) < batch.verified
    return ReviewState.VERIFIED if is_verified else ReviewState.SUBMITTED


def make_documents(
    by: Actor, maker: User, regulation: Regulation, batch: Batch, regions: list[Region], content: dict[str, Any]
) -> list[Reviewed]:
    """One document a region; confirmed for the output that the batch names."""
    places = list(choose(batch, regions))
    name = documents.name_kind(batch.kind)
    rows = [
        documents.Invented(batch.kind, place.pk, batch.year, write_title(content, name, place, batch.year))
        for place in places
    ]
    made = documents.backfill_documents(
        by=by,
        user=maker,
        rows=rows,
        file=write_file(f"{name} {batch.year} {batch.code}"),
        name=f"contoh-{batch.kind.lower()}.docx",
        on=min(date(batch.year, 3, 1), timezone.localdate()),
    )
    if batch.code:
        EvidenceLink.objects.bulk_create(
            EvidenceLink(
                regulation=regulation,
                code=batch.code,
                source=SubjectKind.DOCUMENT,
                by=maker,
                subject_id=one.public_id,
                region_id=one.region_id,
                passage=name,
            )
            for one in made
        )
    return [
        Reviewed(SubjectKind.DOCUMENT, one.public_id, place.pk, batch.level, find_state(batch, place, 0))
        for one, place in zip(made, places, strict=True)
    ]


def make_activities(
    by: Actor, maker: User, batch: Batch, regions: list[Region], content: dict[str, Any]
) -> list[Reviewed]:
    """So many held activities a region, spread over the year as far as it has gone."""
    places = [(place, turn) for place in choose(batch, regions) for turn in range(batch.times)]
    name = activities.get_kind(batch.kind).label
    rows = [
        activities.Invented(
            batch.kind,
            place.pk,
            find_moment(batch, place, turn),
            write_title(content, name, place, batch.year),
            8 + draw("came", batch.kind, place.pk, turn) // 4,
        )
        for place, turn in places
    ]
    made = activities.backfill_held(by=by, user=maker, rows=rows, place=content["place"])
    return [
        Reviewed(SubjectKind.ACTIVITY, one.public_id, place.pk, batch.level, find_state(batch, place, turn))
        for one, (place, turn) in zip(made, places, strict=True)
    ]


def write_title(content: dict[str, Any], kind: str, place: Region, year: int) -> str:
    words: str = content["title"].format(kind=kind, place=place.full_name, year=year)
    return words


def find_moment(batch: Batch, place: Region, turn: int) -> datetime:
    """Nine o'clock on a day of the batch's year, not after today."""
    month = 1 + (draw("month", batch.kind, place.pk) + turn * 3) % 12
    day = min(date(batch.year, month, 1 + draw("day", batch.kind, place.pk) % 28), timezone.localdate())
    return timezone.make_aware(datetime.combine(day, time(9)))


def write_file(title: str) -> bytes:
    """A Word file that says that it is an example."""
    word, target = Word(), BytesIO()
    word.add_heading(title)
    word.add_paragraph(WORDS)
    word.save(target)
    return target.getvalue()
