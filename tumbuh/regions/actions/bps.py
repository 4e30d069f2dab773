"""BPS's codes beside Kemendagri's."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction

from tumbuh.audit.api import Actor, record_event
from tumbuh.regions.errors import RegionFileError
from tumbuh.regions.models import Region
from tumbuh.regions.rules import Problem, RegionCodeError, find_enclosing, get_level

DIGITS = {1: 2, 2: 4, 3: 7, 4: 10}


@dataclass
class BpsReport:
    """How many codes were set or were there already, and the regions of the file that are not loaded."""

    changed: int = 0
    unchanged: int = 0
    unknown: list[str] = field(default_factory=list)


@transaction.atomic
def set_bps_codes(*, by: Actor, pairs: Iterable[tuple[int, str, str]]) -> BpsReport:
    """Set BPS codes from (line, Kemendagri code, BPS code); regions that the list leaves out keep theirs.

    RegionFileError names the lines with a malformed or doubled code; then nothing is written.
    """
    listed = list(pairs)
    problems = list_problems(listed)
    if problems:
        raise RegionFileError(problems)
    wanted = {code: bps for _, code, bps in listed}
    regions = {region.code: region for region in Region.objects.filter(code__in=wanted).only("code", "bps_code")}
    changed = [region for code, region in regions.items() if region.bps_code != wanted[code]]
    for region in changed:
        region.bps_code = wanted[region.code]
    Region.objects.bulk_update(changed, ["bps_code"], batch_size=1000)
    report = BpsReport(len(changed), len(regions) - len(changed), sorted(set(wanted) - set(regions)))
    after = {"changed": report.changed, "unchanged": report.unchanged, "unknown": len(report.unknown)}
    record_event(
        by=by, action="regions.bps", object_kind="Region", object_id="*", after=after,
        region_id=find_enclosing(region.pk for region in regions.values()),
    )  # fmt: skip
    return report


def list_problems(pairs: list[tuple[int, str, str]]) -> list[Problem]:
    """Malformed codes and codes that stand twice."""
    problems = []
    codes, bps_codes = Counter(code for _, code, _ in pairs), Counter(bps for _, _, bps in pairs)
    for line, code, bps in pairs:
        try:
            digits = DIGITS[get_level(code)]
        except RegionCodeError as error:
            problems.append(Problem(line, str(error)))
            continue
        if not (bps.isascii() and bps.isdigit()) or len(bps) != digits:
            problems.append(Problem(line, f"Kode BPS “{bps}” untuk {code} harus {digits} angka tanpa titik."))
        if codes[code] > 1:
            problems.append(Problem(line, f"Kode {code} muncul lebih dari sekali. Hapus salah satunya."))
        if bps_codes[bps] > 1:
            problems.append(Problem(line, f"Kode BPS {bps} dipakai lebih dari sekali. Periksa barisnya."))
    return problems
