"""The demo's packages: older months accepted, the last ones waiting at every tier, one with cells sent back.

Those of services (`make_service_packages`) stand as those of measurements do, once the demo has services.
"""

from datetime import date
from decimal import Decimal

from tumbuh.accounts.api import User
from tumbuh.audit.api import Actor
from tumbuh.intake.actions.remarks import show
from tumbuh.intake.demo.province import Province
from tumbuh.records.api import HealthCheck, Measurement, ServiceReceived
from tumbuh.regions.api import Region, get_region
from tumbuh.verification.api import (
    GROWTH,
    SERVICES,
    Cell,
    DataSet,
    Package,
    State,
    Tier,
    backfill_packages,
    return_cells,
)

STATEMENT = "Data contoh"
PEOPLE = {
    Tier.DESA: "operator.desa",
    Tier.KECAMATAN: "verifikator.kecamatan",
    Tier.KABUPATEN: "verifikator.kabupaten",
    Tier.PROVINSI: "verifikator.provinsi",
}
UNDERWAY = (State.SUBMITTED, State.VERIFIED_KECAMATAN, State.VERIFIED_KABUPATEN, State.ACCEPTED)


def make_packages(*, by: Actor, users: dict[str, User], province: Province) -> int:
    """All but the last two months accepted, the last but one on its way, the last one open; how many were made."""
    made = make_states(by, users, province, GROWTH)
    if made:
        send_one_back(users[PEOPLE[Tier.KECAMATAN]], province, list_months(province)[-2])
    return made


def make_service_packages(*, by: Actor, users: dict[str, User], province: Province) -> int:
    """The same of the services that the demo has by then, with two of their cells sent back; how many were made."""
    made = make_states(by, users, province, SERVICES)
    if made:
        send_services_back(users[PEOPLE[Tier.KECAMATAN]], province, list_months(province)[-2])
    return made


def make_states(by: Actor, users: dict[str, User], province: Province, data_set: DataSet) -> int:
    """Each desa's packages of a data set on their way; how many were made."""
    months = list_months(province)
    wanted = [(region.pk, month, State.ACCEPTED) for month in months[:-2] for region in province.regions]
    first = province.regions[0]
    wanted += [(region.pk, months[-2], choose_state(region, first)) for region in province.regions]
    people = {tier: users[name] for tier, name in PEOPLE.items()}
    return backfill_packages(by=by, people=people, wanted=wanted, statement=STATEMENT, data_set=data_set)


def find_demo_people() -> dict[Tier, User]:
    """The demo account that stands for each tier; empty without a demo."""
    users = {user.username: user for user in User.objects.filter(is_demo=True, username__in=PEOPLE.values())}
    return {tier: users[name] for tier, name in PEOPLE.items() if name in users}


def has_packages() -> bool:
    """Whether packages of both data sets are there."""
    return all(Package.objects.filter(data_set=one).exists() for one in (GROWTH, SERVICES))


def list_months(province: Province) -> list[date]:
    """The months of the plan, oldest first."""
    first = province.plan.first_month
    numbers = range(first.year * 12 + first.month - 1, first.year * 12 + first.month - 1 + province.plan.months)
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def choose_state(region: Region, first: Region) -> State:
    """Where a desa's package stands: in the first kecamatan it waits there, else by kabupaten in turn.

    So each tier has something to do, and whole kabupaten/kota can be seen at each stage.
    """
    number = region.pk // 10**6 - first.pk // 10**6
    if number == 0:
        return State.SUBMITTED if region.parent_id == first.parent_id else State.VERIFIED_KECAMATAN
    return UNDERWAY[number % len(UNDERWAY)]


def send_one_back(verifier: User, province: Province, month: date) -> None:
    """The first desa of the verifier's kecamatan gets two cells back, so that an operator has something to answer."""
    desa = get_region(province.regions[0].code)
    visits = list(Measurement.objects.filter(desa=desa, month=month, lenhei_cm__isnull=False).order_by("pk")[:2])
    doubts = (
        (visits[0], "weight_kg", "differs_from_register", "Di buku posyandu tertulis lain."),
        (visits[1], "lenhei_cm", "implausible", ""),
    )
    cells = [
        Cell("measurement", visit.pk, field, reason, note, show_measure(getattr(visit, field)))
        for visit, field, reason, note in doubts
    ]
    return_cells(by=verifier, region=desa, month=month, tier=Tier.KECAMATAN, cells=cells)


def show_measure(value: Decimal) -> str:
    """As the review page shows it, with one decimal at least: what did not change must read the same."""
    text = show(value)
    return text if "," in text else f"{text},0"


def send_services_back(verifier: User, province: Province, month: date) -> None:
    """A quantity and an arm of the same desa come back, where the month has any."""
    desa = get_region(province.regions[0].code)
    given = ServiceReceived.objects.filter(desa=desa, month=month, person__isnull=False).order_by("pk").first()
    checks = HealthCheck.objects.filter(desa=desa, checked_on__gte=month, muac_cm__isnull=False).order_by("checked_on")
    check = checks.filter(checked_on__month=month.month, checked_on__year=month.year).first()
    cells = []
    if given is not None:
        cells.append(Cell("service", given.pk, "quantity", "differs_from_register", "", str(given.quantity)))
    if check is not None:
        cells.append(Cell("check", check.pk, "muac_cm", "implausible", "Ukur ulang.", show_measure(check.muac_cm)))
    if cells:
        return_cells(by=verifier, region=desa, month=month, tier=Tier.KECAMATAN, cells=cells, data_set=SERVICES)
