"""Rows that point to a person: found from the models themselves, so that a new table is moved without being named here.

Rows are kept as the database writes them (`to_jsonb`, as text), so that they come back to the last digit.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from tumbuh.records.models import Person
from tumbuh.records.rules import Moves

NEVER_FILLED = frozenset({"id", "public_id", "batch_id", "recorded_at", "desa_id"})
NIK = ("nik_index", "nik_encrypted", "nik_status")  # one thing in three columns


@dataclass(frozen=True)
class Relation:
    """A column that points to people, what is unique about its rows, and which of their blanks may be filled."""

    table: str
    column: str
    rule: Moves
    keys: tuple[tuple[str, ...], ...]
    blanks: tuple[tuple[str, bool], ...]  # column, and whether blank is an empty text


def list_relations() -> Iterator[Relation]:
    """Every column that moves, table by table. A relation that does not say `when_merged` stops the work."""
    for model in sorted(apps.get_models(), key=lambda model: model._meta.db_table):
        for field in model._meta.local_fields:
            if field.is_relation and field.related_model is Person:
                rule = model.when_merged[field.name]
                if isinstance(rule, Moves):
                    yield describe(model, field, rule)


def describe(model: type[models.Model], field: Any, rule: Moves) -> Relation:
    column_of = {one.name: one.column for one in model._meta.local_fields}
    uniques = [one.fields for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    keys = [tuple(column_of[name] for name in names if name != field.name) for names in uniques if field.name in names]
    unique = {name for key in keys for name in key}
    blanks = [
        (one.column, not one.null)
        for one in model._meta.local_concrete_fields
        if not one.generated
        and one.column not in NEVER_FILLED | unique | {field.column, *rule.repeats}
        and (one.null or (one.blank and isinstance(one, models.CharField)))
    ]  # fmt: skip
    return Relation(model._meta.db_table, field.column, rule, tuple(keys), tuple(blanks))


def read_rows(cursor, table: str, keys: list[int]) -> dict[int, str]:
    """Whole rows by key, as text."""
    cursor.execute(f"SELECT t.id, to_jsonb(t)::text FROM {table} t WHERE t.id = ANY(%s) ORDER BY 1", [keys])
    return dict(cursor.fetchall())


def write_row(cursor, table: str, row: str) -> None:
    """A row put back as it was read, its key too."""
    cursor.execute(
        "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute "
        "WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
        [table],
    )
    columns = cursor.fetchone()[0]
    cursor.execute(
        f"INSERT INTO {table} ({columns}) SELECT {columns} FROM jsonb_populate_record(NULL::{table}, %s::jsonb)", [row]
    )


def restore_row(cursor, table: str, key: int, before: str, after: str) -> None:
    """The row's columns as they were before, but for those that were written anew since."""
    old, new = json.loads(before), json.loads(after)
    changed = [name for name in old if old[name] != new[name] and name != "age_days"]
    for names in [NIK] * bool(set(NIK) & set(changed)) + [(name,) for name in changed if name not in NIK]:
        sets = ", ".join(f"{name} = b.{name}" for name in names)
        cursor.execute(
            f"UPDATE {table} t SET {sets} FROM jsonb_populate_record(NULL::{table}, %s::jsonb) b, "
            f"jsonb_populate_record(NULL::{table}, %s::jsonb) a "
            f"WHERE t.id = %s AND t.{names[0]} IS NOT DISTINCT FROM a.{names[0]}",
            [before, after, key],
        )


def set_aside(cursor, relation: Relation, kept: int, absorbed: int) -> list[dict[str, Any]]:
    """Rows of the absorbed that stand where the kept has one: they fill its blanks and are kept whole."""
    aside = []
    for key in relation.keys:
        same = " AND ".join(f"k.{name} = a.{name}" for name in key) or "true"
        cursor.execute(
            f"SELECT a.id, k.id FROM {relation.table} a JOIN {relation.table} k ON {same} "
            f"WHERE a.{relation.column} = %s AND k.{relation.column} = %s ORDER BY 1",
            [absorbed, kept],
        )
        for theirs, ours in cursor.fetchall():
            before, row = (read_rows(cursor, relation.table, [one])[one] for one in (ours, theirs))
            fill(cursor, relation, ours, theirs)
            cursor.execute(f"DELETE FROM {relation.table} WHERE id = %s", [theirs])
            after = read_rows(cursor, relation.table, [ours])[ours]
            aside.append({"table": relation.table, "row": row, "key": ours, "before": before, "after": after})
    return aside


def fill(cursor, relation: Relation, ours: int, theirs: int) -> None:
    """What our row leaves blank, from theirs."""
    sets = []
    for column, is_text in relation.blanks:
        leader = relation.rule.together.get(column)
        is_blank = f"t.{column} = ''" if is_text else f"t.{column} IS NULL"
        if leader:
            is_blank += f" AND t.{leader} IS NULL AND a.{leader} IS NOT NULL"
        sets.append(f"{column} = CASE WHEN {is_blank} THEN a.{column} ELSE t.{column} END")
    if sets:
        cursor.execute(
            f"UPDATE {relation.table} t SET {', '.join(sets)} FROM {relation.table} a WHERE t.id = %s AND a.id = %s",
            [ours, theirs],
        )


def move(cursor, relation: Relation, source: int, target: int, keys: list[int] | None = None) -> list[int]:
    """Point rows of the source (all, or those with the keys) to the target; their keys."""
    repeats = "".join(f", {name} = p.{name}" for name in relation.rule.repeats)
    cursor.execute(
        f"UPDATE {relation.table} t SET {relation.column} = p.id{repeats} FROM records_person p "
        f"WHERE p.id = %s AND t.{relation.column} = %s AND (%s::bigint[] IS NULL OR t.id = ANY(%s::bigint[])) "
        "RETURNING t.id",
        [target, source, keys, keys],
    )
    return sorted(key for (key,) in cursor.fetchall())


def find_relation(table: str, column: str) -> Relation:
    return next(one for one in list_relations() if (one.table, one.column) == (table, column))
