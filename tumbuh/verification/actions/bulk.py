"""Approving many packages at once."""

from datetime import date

from django.db import connection, transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import User
from tumbuh.regions.api import Region
from tumbuh.verification.actions.moving import Approval, check_right, write_step
from tumbuh.verification.actions.telling import tell
from tumbuh.verification.errors import MoveError, ReasonError
from tumbuh.verification.models import Package, Step
from tumbuh.verification.queries.packages import count_open_below, get_code_above, list_own_work, list_rows
from tumbuh.verification.rules import GROWTH, Move, Standing, State, Tier, Wish, check_step

# The locks of every kabupaten/kota in the region, in one order for all.
LOCK = """
SELECT pg_advisory_xact_lock(key) FROM (
    SELECT DISTINCT verification_lock_key(id, %s) AS key FROM regions_region
    WHERE level = 4 AND id BETWEEN %s AND %s ORDER BY 1) k
"""


@transaction.atomic
def verify_all(
    *, by: User, region: Region, month: date, tier: Tier, statement: str, exception: str = "", data_set: str = GROWTH
) -> list[Step]:
    """Approve every package of the region that waits for the tier; a declaration is needed.

    Packages in another state, or of one's own work, are left as they are. MoveError when none could be approved;
    BelowOpenError as for a single one.
    """
    signer = check_right(by, tier, region.pk)
    if not statement.strip():
        raise ReasonError(_("Centang pernyataan bahwa data sudah diperiksa sebelum menyetujui semuanya."))
    with connection.cursor() as cursor:
        cursor.execute(LOCK, [month, region.span.low, region.span.high])
    waiting = list_approvable(by, region, month, tier, data_set)
    if not waiting:
        raise MoveError(_("Tidak ada paket yang menunggu persetujuan Anda di wilayah dan bulan ini."))
    wish, approval = Wish(Move.VERIFY, tier, exception=exception), Approval(statement=statement)
    above = {get_code_above(package.region, tier): package.region for package in waiting}
    below = {code: count_open_below(desa, tier, month, data_set) for code, desa in above.items()}
    targets = [
        check_step(Standing(State(package.state), open_below=below[get_code_above(package.region, tier)]), wish)
        for package in waiting
    ]
    places = [package.region for package in waiting]
    tell(by=by, region=region, desa=places, month=month, data_set=data_set, wish=wish, target=targets[0])
    return [
        write_step(signer, package, wish, target, approval) for package, target in zip(waiting, targets, strict=True)
    ]


def list_approvable(by: User, region: Region, month: date, tier: Tier, data_set: str) -> list[Package]:
    """Packages of the region that wait for the tier and that the user put no work into, with their regions."""
    rows = [row for row in list_rows(region, month, data_set) if row.owner == tier and row.package]
    own = list_own_work(by, [row.region.pk for row in rows], month, data_set)
    packages = []
    for row in rows:
        if row.package is not None and row.region.pk not in own:
            row.package.region = row.region
            packages.append(row.package)
    return packages
