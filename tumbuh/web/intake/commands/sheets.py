"""What `tumbuh intake kinds` and `tumbuh intake export` do."""

import json
from argparse import Namespace
from datetime import date
from typing import TextIO

from django.core.management.base import CommandError

from tumbuh.intake.api import export_sheet, find_source, list_sources, write_template
from tumbuh.regions.api import Region, find_region
from tumbuh.web.intake.commands.imports import get_user, read_month


def list_kinds(options: Namespace, out: TextIO) -> bool:
    """Every list that we know; or the template of one."""
    source = find_source(options.template or "")
    if source is not None:
        if not options.to:
            raise CommandError("Sebutkan nama berkasnya: --to templat.xlsx.")
        write_template(source, options.to)
        out.write(f"Ditulis: {options.to}")
        return True
    kinds = [{"kind": one.name, "title": one.title, "note": one.note} for one in list_sources()]
    if options.json:
        out.write(json.dumps(kinds, ensure_ascii=False))
    for kind in [] if options.json else kinds:
        out.write(f"{kind['kind']:<20} {kind['title']}")
    return True


def write_sheet(options: Namespace, out: TextIO) -> bool:
    """One sheet of a region and month."""
    region, month = find_region(options.region), read_month(options.month)
    if region is None:
        raise CommandError(f"Wilayah “{options.region}” tidak ada. Periksa kodenya, misalnya 17.01.01.2001.")
    lines = write(options, region, month)
    report = {"sheet": options.sheet, "region": region.code, "month": options.month, "lines": lines}
    out.write(json.dumps(report) if options.json else f"Ditulis: {options.path} ({lines} baris).")
    return True


def write(options: Namespace, region: Region, month: date) -> int:
    user = get_user(options.user)
    return export_sheet(
        by=user, name=options.sheet, region=region, month=month, purpose=options.purpose, path=options.path
    )
