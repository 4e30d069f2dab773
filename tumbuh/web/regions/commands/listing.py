"""Showing what is loaded: `list`, `show`, `count`."""

import csv
import json
from argparse import Namespace
from collections.abc import Iterator
from typing import Any, TextIO

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from tumbuh.regions.api import (
    Kind,
    Level,
    Region,
    check_code,
    count_regions,
    find_region,
    list_ancestors,
    list_children,
    list_regions,
)
from tumbuh.web.regions.commands.stated import list_stated_counts

COLUMNS = ("code", "name", "level", "parent_code", "kind")
VILLAGES = (Kind.DESA, Kind.DESA_ADAT, Kind.KELURAHAN)
STATED_KINDS = {
    "kabupaten": (Kind.KABUPATEN,),
    "kota": (Kind.KOTA,),
    "kabupaten/kota": (Kind.KABUPATEN, Kind.KOTA),
    "kecamatan": (Kind.KECAMATAN,),
    "desa": (Kind.DESA, Kind.DESA_ADAT),
    "kelurahan": (Kind.KELURAHAN,),
    "desa/kelurahan": (*VILLAGES, Kind.UPT),
}


def iterate_rows(options: Namespace) -> Iterator[dict[str, Any]]:
    """Active regions as plain rows."""
    if options.within:
        require(options.within)
    regions = list_regions(within=options.within, level=Level(options.level) if options.level else None)
    values = regions.values_list("code", "name", "level", "parent__code", "kind")
    for code, name, level, parent, kind in values.iterator(chunk_size=5000):
        yield dict(zip(COLUMNS, (code, name, level, parent or "", kind.lower()), strict=True))


def listing(options: Namespace, out: TextIO) -> None:
    """All regions, as CSV, JSON or text."""
    rows = iterate_rows(options)
    if options.json:
        out.write(json.dumps(list(rows), ensure_ascii=False) + "\n")
    elif options.csv:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    else:
        for row in rows:
            out.write(f"{'  ' * (row['level'] - 1)}{row['code']}  {row['name']} ({row['kind']})\n")


def require(code: str) -> Region:
    """The region, or CommandError."""
    region = find_region(check_code(code))
    if region is None:
        text = _("Wilayah %(code)s belum dimuat. Muat dahulu dengan: tumbuh regions load --province %(province)s")
        raise CommandError(text % {"code": code, "province": code[:2]})
    return region


def show(options: Namespace, out: TextIO) -> None:
    """One region with what is above and directly below it."""
    region = require(options.code)
    content = {
        "code": region.code,
        "name": region.full_name,
        "kind": region.kind.lower(),
        "level": region.level,
        "bps_code": region.bps_code,
        "postal_code": region.postal_code,
        "legal_basis": region.legal_basis,
        "is_active": region.is_active,
        "is_local": region.is_local,
        "above": [above.code for above in list_ancestors(region)],
        "children": [child.code for child in list_children(region)],
        "counts": {kind.lower(): number for kind, number in count_regions(within=region.code).items()},
    }
    if options.json:
        out.write(json.dumps(content, ensure_ascii=False) + "\n")
        return
    for name, value in content.items():
        text = ", ".join(map(str, value)) if isinstance(value, list) else value
        if isinstance(value, dict):
            text = ", ".join(f"{number} {kind}" for kind, number in value.items())
        out.write(f"{name:12} {text}\n")


def count(options: Namespace, out: TextIO) -> None:
    """How many regions are loaded, beside the numbers that a regulation states."""
    kinds = count_regions(within=options.within)
    loaded = {kind.lower(): kinds.get(kind, 0) for kind in Kind.values if kinds.get(kind)}
    loaded["desa/kelurahan"] = sum(kinds.get(kind, 0) for kind in STATED_KINDS["desa/kelurahan"])
    stated = [
        {"province": code, "regulation": title, "counts": compare(code, numbers)}
        for code, title, numbers in list_stated_counts()
        if not options.within or options.within == code
    ]
    if options.json:
        out.write(json.dumps({"loaded": loaded, "stated": stated}, ensure_ascii=False) + "\n")
        return
    for kind, number in loaded.items():
        out.write(f"{kind:16} {number:>7}\n")
    for regulation in stated:
        head = _("%(regulation)s (provinsi %(province)s):")
        out.write("\n" + head % {"regulation": regulation["regulation"], "province": regulation["province"]} + "\n")
        for kind, numbers in regulation["counts"].items():
            line = _("%(kind)-16s %(loaded)7d dimuat, %(stated)7d menurut peraturan") % {"kind": kind, **numbers}
            note = "" if numbers["loaded"] == numbers["stated"] else "  ← " + _("berbeda")
            out.write(f"{line}{note}\n")


def compare(code: str, stated: dict[str, int]) -> dict[str, dict[str, int]]:
    """Loaded beside stated for each sort of region that the regulation counts."""
    kinds = count_regions(within=code)
    return {
        name: {"loaded": sum(kinds.get(kind, 0) for kind in STATED_KINDS[name]), "stated": number}
        for name, number in stated.items()
        if name in STATED_KINDS
    }
