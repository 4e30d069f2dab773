"""Making tables equal to lists of rows without touching what is equal already."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, ProtectedError, QuerySet

from tumbuh.programme.errors import RegulationInUseError


@dataclass
class Difference:
    """How many rows of each kind were new, changed and removed; `gone` holds rows still to be removed."""

    new: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    removed: Counter[str] = field(default_factory=Counter)
    gone: list[Model] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any(self.as_dict().values())

    def as_dict(self) -> dict[str, dict[str, int]]:
        """{"new": {"output": 107, ...}, "changed": {...}, "removed": {...}}, kinds without any left out."""
        return {name: {k: n for k, n in getattr(self, name).items() if n} for name in ("new", "changed", "removed")}


def merge_institutions(
    links: QuerySet[Any], owner: str, pairs: Iterable[tuple[int, int]], difference: Difference
) -> None:
    """Make the links equal to the pairs of (primary key of the owner, of the institution)."""
    wanted = ({owner: own, "institution_id": institution} for own, institution in pairs)
    merge(links, (owner, "institution_id"), wanted, difference)


def merge(
    rows: QuerySet[Any], key: tuple[str, ...], wanted: Iterable[dict[str, Any]], difference: Difference
) -> dict[Any, Any]:
    """Make the rows equal to `wanted` and return them by key (a plain value when the key is one field).

    Rows are recognised by their key and keep their primary key, so that what points to them stays. Rows that are not
    wanted any more are put into `difference.gone`; remove_gone deletes them when all tables are merged.
    """
    there = {get_key(row, key): row for row in rows}
    new, changed, kept = [], [], {}
    names: list[str] = []
    for values in wanted:
        names = [name for name in values if name not in key]
        identity = tuple(values[name] for name in key)
        row = there.pop(identity, None)
        if row is None:
            row = rows.model(**values)
            new.append(row)
        elif set_values(row, values):
            changed.append(row)
        kept[identity if len(key) > 1 else identity[0]] = row
    rows.model.objects.bulk_create(new)
    if changed and names:
        rows.model.objects.bulk_update(changed, names)
    kind = rows.model._meta.model_name
    difference.new[kind] += len(new)
    difference.changed[kind] += len(changed)
    difference.gone += there.values()
    return kept


def get_key(row: Model, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)


def set_values(row: Model, values: dict[str, Any]) -> bool:
    """Set the fields; whether any of them was different."""
    different = [name for name, value in values.items() if getattr(row, name) != value]
    for name in different:
        setattr(row, name, values[name])
    return bool(different)


def remove_gone(difference: Difference) -> None:
    """Delete what is no longer wanted, the lowest first; raises RegulationInUseError when something points to it."""
    for row in reversed(difference.gone):
        kind = row._meta.model_name
        try:
            row.delete()
        except ProtectedError as error:
            raise RegulationInUseError(kind, [str(row)]) from error
        difference.removed[kind] += 1
    difference.gone.clear()
