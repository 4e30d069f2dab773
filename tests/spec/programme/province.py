"""The real regulation in a made-up province of as many regions as it counts."""

from decimal import Decimal
from functools import cache

from tests.factories.programme import BENGKULU
from tumbuh.programme.actions.duties import describe_evidence
from tumbuh.programme.actions.folder import read_folder
from tumbuh.programme.rules import Clause, Per, TargetReading, Term, read_rule

PROVINCE = 17 * 10**8


@cache
def get_term() -> Term:
    """10 kabupaten, 129 kecamatan and 1,513 desa, spread evenly."""
    kabupaten = [PROVINCE + number * 10**6 for number in range(1, 11)]
    kecamatan = [kabupaten[number % 10] + (number // 10 + 1) * 10**4 for number in range(129)]
    desa = [kecamatan[number % 129] + 2001 + number // 129 for number in range(1513)]
    regions = {Per.PROVINSI: [PROVINCE], Per.KABUPATEN: kabupaten, Per.KECAMATAN: kecamatan, Per.DESA: desa}
    return Term(2025, 2029, regions, {2025: Decimal("17.7")} | dict.fromkeys(range(2026, 2030), Decimal(15)))


@cache
def list_clauses() -> dict[str, Clause]:
    bundle = read_folder(BENGKULU)
    found = {
        output.id: Clause(
            output.id,
            [read_target(target) for target in output.targets],
            [read_rule(describe_evidence(entry)) for entry in bundle.evidence if entry.output == output.id],
        )
        for output in bundle.outputs
    }
    return found | {
        duty.id: Clause(duty.id, [read_target(duty)], [read_rule(describe_evidence(duty))]) for duty in bundle.duties
    }


def read_target(entry) -> TargetReading:
    return TargetReading(
        tuple(entry.years), entry.quantity, entry.unit, entry.per, entry.frequency, entry.at_least, entry.cumulative
    )
