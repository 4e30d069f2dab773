"""From the regulation to obligations, and again when regulation, regions or readings change."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from tumbuh.audit.api import Actor, record_event
from tumbuh.programme.models import Obligation, Regulation
from tumbuh.programme.queries.clauses import Source, get_term, list_sources
from tumbuh.programme.rules import Measure, Planned, plan_obligations
from tumbuh.regions.api import get_number

CHUNK = 2000
FIELDS = ("year", "starts", "due_on", "tier", "measure", "quantity", "unit", "of", "pillar", "counts", "region_id")
START = dict.fromkeys((Measure.COUNT, Measure.REGIONS, Measure.SHARE), Decimal(0))  # the others: not known yet


@dataclass
class Expansion:
    """What an expansion changed: how many obligations are new, changed, back, retired, and as they were."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    revived: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unchanged: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.revived or self.retired)

    def count(self) -> dict[str, int]:
        kinds = ("added", "changed", "revived", "retired")
        return {kind: len(getattr(self, kind)) for kind in kinds} | {"unchanged": self.unchanged}


@transaction.atomic
def expand_obligations(*, by: Actor, regulation: Regulation) -> Expansion:
    """Make the obligations equal to what the regulation asks for now; again without effect.

    Obligations keep their key and what is achieved; what is no longer asked for is retired, not deleted. Evidence is
    attached to outputs and duties, so that nothing of it is lost. Empty where the province's regions are not loaded.
    """
    Regulation.objects.select_for_update().get(pk=regulation.pk)
    result = Expansion()
    term = get_term(regulation)
    if len({number for numbers in term.regions.values() for number in numbers}) <= 1:
        return result
    there = {row.key: row for row in Obligation.objects.filter(regulation=regulation)}
    new, changed = [], []
    for source in list_sources(regulation):
        for planned in plan_obligations(source.clause, term):
            row = there.pop(planned.key, None)
            values = describe(planned, source)
            if row is None:
                new.append(Obligation(regulation=regulation, key=planned.key, code=planned.code, part=planned.part,
                                      output_id=source.output_id, duty_id=source.duty_id,
                                      achieved=START.get(planned.measure), **values))  # fmt: skip
                result.added.append(planned.key)
            elif bring_up_to_date(row, values, result):
                changed.append(row)
    retire([row for row in there.values() if row.retired_at is None], result)
    Obligation.objects.bulk_create(new, batch_size=CHUNK)
    Obligation.objects.bulk_update(changed, [*FIELDS, "retired_at"], batch_size=CHUNK)
    if result:
        record_event(
            by=by, action="programme.obligations.expanded", object_kind="regulation", object_id=regulation.code,
            after=result.count(), region_id=get_number(regulation.province_code),
        )  # fmt: skip
    return result


def describe(planned: Planned, source: Source) -> dict[str, object]:
    """The fields of an obligation that the regulation decides."""
    return {name: getattr(planned, name) for name in FIELDS[:8]} | {
        "pillar": source.pillar,
        "counts": source.counts,
        "region_id": planned.region_id,
    }


def bring_up_to_date(row: Obligation, values: dict[str, object], result: Expansion) -> bool:
    """Whether the row had to change; what happened to it is noted."""
    different = {name: value for name, value in values.items() if not is_same(getattr(row, name), value)}
    for name, value in different.items():
        setattr(row, name, value)
    if row.retired_at is not None:
        row.retired_at = None
        result.revived.append(row.key)
        return True
    if different:
        result.changed.append(row.key)
    else:
        result.unchanged += 1
    return bool(different)


def is_same(there: object, wanted: object) -> bool:
    """Quantities are kept with two decimals."""
    if isinstance(there, Decimal) and isinstance(wanted, Decimal):
        return there == wanted.quantize(Decimal("0.01"))
    return there == wanted


def retire(rows: list[Obligation], result: Expansion) -> None:
    now = timezone.now()
    for row in rows:
        row.retired_at = now
        result.retired.append(row.key)
    Obligation.objects.bulk_update(rows, ["retired_at"], batch_size=CHUNK)
