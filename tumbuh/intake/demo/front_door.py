"""The last month of the first kabupaten as workbooks; a few of them come in the way every file does."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np

from tumbuh.accounts.api import User
from tumbuh.engines.anthropometry.api import MISSING, compute_zscores
from tumbuh.intake.actions.checking import check_import
from tumbuh.intake.actions.committing import commit_import, start_commit
from tumbuh.intake.actions.confirming import confirm_columns
from tumbuh.intake.actions.reading import read_import
from tumbuh.intake.actions.uploads import create_import, read_blocks
from tumbuh.intake.demo.errors import DemoError
from tumbuh.intake.demo.province import POSYANDUS, Province
from tumbuh.intake.demo.workbooks import Line, write_workbook
from tumbuh.intake.models import Import
from tumbuh.intake.rules import State


def list_kecamatan(province: Province) -> list[int]:
    """Keys of the first kabupaten's kecamatan, in code order."""
    first = province.regions[0].pk // 10**6
    return list(dict.fromkeys(region.parent_id for region in province.regions if region.pk // 10**6 == first))


def select_visits(province: Province, kecamatan: int) -> np.ndarray:
    """Positions of the last month's visits in one kecamatan."""
    inside = np.array([region.parent_id == kecamatan for region in province.regions])
    last = province.visits.month == province.plan.months - 1
    return np.flatnonzero(inside[province.children.desa[province.visits.child]] & last)


def list_lines(province: Province, which: np.ndarray) -> Iterator[Line]:
    """Chosen visits as lines of an export, with z-scores by WHO's rules."""
    children, visits = province.children, province.visits
    child = visits.child[which]
    days = (visits.measured_on[which] - children.born[child]).astype(int)
    scores = compute_zscores(
        children.is_girl[child] + 1, days, visits.weight_kg[which], visits.lenhei_cm[which], visits.mode[which],
        indicators=("haz", "waz", "whz"),
    )  # fmt: skip
    for row, (visit, index) in enumerate(zip(which.tolist(), child.tolist(), strict=True)):
        region = province.regions[children.desa[index]]
        yield Line(
            nik=children.niks[index], name=children.names[index], is_girl=bool(children.is_girl[index]),
            born=to_date(children.born[index]), mother=children.mothers[index],
            provinsi=region.parent.parent.parent.name, kabupaten=region.parent.parent.name,
            kecamatan=region.parent.name, desa=region.name, posyandu=POSYANDUS[children.posyandu[index]],
            rt=children.homes.rts[index], rw=children.homes.rws[index], address=children.homes.addresses[index],
            measured_on=to_date(visits.measured_on[visit]), weight_kg=float(visits.weight_kg[visit]),
            lenhei_cm=to_number(visits.lenhei_cm[visit]), mode=int(visits.mode[visit]),
            muac_cm=to_number(visits.muac_cm[visit]),
            waz=to_score(scores.waz[row]), haz=to_score(scores.haz[row]), whz=to_score(scores.whz[row]),
        )  # fmt: skip


def to_date(value: np.datetime64) -> date:
    return value.item()


def to_number(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def to_score(value: int) -> int | None:
    return None if value == MISSING else int(value)


def write_workbooks(province: Province, folder: Path) -> dict[int, Path]:
    """One workbook for each kecamatan of the first kabupaten; kecamatan key → file."""
    folder.mkdir(parents=True, exist_ok=True)
    written = {}
    for kecamatan in list_kecamatan(province):
        which = select_visits(province, kecamatan)
        name = province.regions[province.children.desa[province.visits.child[which[0]]]].parent.name
        path = folder / f"eppgbm-contoh-{name.lower().replace(' ', '-')}.xlsx"
        write_workbook(path, list_lines(province, which), seed=province.plan.seed + kecamatan % 10**6)
        written[kecamatan] = path
    return written


def import_workbook(*, by: User, path: Path, commit: bool) -> Import:
    """Take one workbook through the steps that a user goes through; without `commit` it waits at the preview."""
    taken = create_import(by=by, blocks=read_blocks(path), file_name=path.name)
    read_import(import_id=taken.pk)
    confirm_columns(by=by, import_id=taken.pk)
    check_import(import_id=taken.pk)
    if commit:
        start_commit(by=by, import_id=taken.pk)
        commit_import(import_id=taken.pk)
    taken.refresh_from_db()
    if taken.state not in {State.PREVIEW, State.COMMITTED}:
        raise DemoError(f"Berkas contoh {path.name} tidak dapat diimpor: {taken.error_message}")
    return taken


def import_some(*, by: User, paths: list[Path], say: Callable[[str], None]) -> int:
    """Import the workbooks in turn, the last only as far as its preview; how many were new to us."""
    known = set(Import.objects.filter(by=by).values_list("file_name", flat=True))
    new = [path for path in paths if path.name not in known]
    for path in new:
        taken = import_workbook(by=by, path=path, commit=path != paths[-1])
        say(f"{path.name}: {State(taken.state).label.lower()}")
    return len(new)
