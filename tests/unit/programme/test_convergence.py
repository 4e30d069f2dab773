"""The convergence checklist: the definition is whole, a step is done by verified evidence only."""

from uuid import UUID

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.programme import BENGKULU
from tumbuh.activities.api import read_kinds
from tumbuh.documents.api import list_kinds
from tumbuh.programme.queries.convergence import get_checklist, read_checklists
from tumbuh.programme.rules import Per, Proof, SubjectKind
from tumbuh.programme.rules.convergence import ChecklistStep, StepState, judge_action, judge_step
from tumbuh.programme.rules.plans import DECREES, ENACTING, PLAN_DOCUMENT, PLANNING_DOCUMENTS, PlanKind

KECAMATAN = [1701010000, 1701020000]
KABUPATEN = [1701000000]
DONE, WAITING, OPEN = StepState


def make_step(at=Per.KABUPATEN, *, each=False) -> ChecklistStep:
    return ChecklistStep("langkah", "Langkah", "Step", at, each, ("LAPORAN",), ())


def make_proof(region_id, *, year=2026, verified=True, source=SubjectKind.DOCUMENT) -> Proof:
    level = Per.KABUPATEN if region_id % 10**6 == 0 else Per.KECAMATAN
    return Proof(source, UUID(int=region_id), "LAPORAN", region_id, level, year, verified)


ROWS = [
    ("nothing", make_step(), [], OPEN),
    ("verified", make_step(), [make_proof(KABUPATEN[0])], DONE),
    ("waits for review", make_step(), [make_proof(KABUPATEN[0], verified=False)], WAITING),
    ("of a kecamatan, where the kabupaten's is asked", make_step(), [make_proof(KECAMATAN[0])], OPEN),
    ("a document of an earlier year is there", make_step(), [make_proof(KABUPATEN[0], year=2025)], DONE),
    ("a document of a later year is not", make_step(), [make_proof(KABUPATEN[0], year=2027)], OPEN),
    (
        "a meeting of an earlier year is over",
        make_step(),
        [make_proof(KABUPATEN[0], year=2025, source=SubjectKind.ACTIVITY)],
        OPEN,
    ),
    (
        "a meeting of the year",
        make_step(),
        [make_proof(KABUPATEN[0], source=SubjectKind.ACTIVITY)],
        DONE,
    ),
    ("one kecamatan of two", make_step(Per.KECAMATAN, each=True), [make_proof(KECAMATAN[0])], WAITING),
    ("each kecamatan", make_step(Per.KECAMATAN, each=True), [make_proof(one) for one in KECAMATAN], DONE),
    ("any kecamatan", make_step(Per.KECAMATAN), [make_proof(KECAMATAN[1])], DONE),
    ("a kecamatan that is no more", make_step(Per.KECAMATAN), [make_proof(1701990000)], WAITING),
]


@pytest.mark.parametrize(("case", "step", "proofs", "state"), ROWS, ids=[row[0] for row in ROWS])
def test_step(case, step, proofs, state):
    regions = KECAMATAN if step.at == Per.KECAMATAN else KABUPATEN
    assert judge_step(step, 2026, proofs, regions) == state


RANK = {OPEN: 0, WAITING: 1, DONE: 2}
PIECES = st.lists(
    st.builds(
        make_proof,
        st.sampled_from([*KABUPATEN, *KECAMATAN, 1701990000]),
        year=st.integers(2024, 2028),
        verified=st.booleans(),
        source=st.sampled_from([SubjectKind.DOCUMENT, SubjectKind.ACTIVITY]),
    ),
    max_size=6,
)


@given(pieces=PIECES, more=PIECES, level=st.sampled_from([Per.KABUPATEN, Per.KECAMATAN]), each=st.booleans())
def test_more_evidence_never_sets_a_step_back_and_none_verified_never_proves_it(pieces, more, level, each):
    regions = KECAMATAN if level == Per.KECAMATAN else KABUPATEN
    step = make_step(level, each=each)
    before, after = (judge_step(step, 2026, some, regions) for some in (pieces, [*pieces, *more]))
    assert RANK[after] >= RANK[before]
    unverified = [piece._replace(is_verified=False) for piece in pieces]
    assert judge_step(step, 2026, unverified, regions) != DONE


def test_each_of_no_regions_is_not_done():
    assert judge_step(make_step(Per.KECAMATAN, each=True), 2026, [make_proof(KECAMATAN[0])], []) != DONE


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ([DONE, DONE], DONE),
        ([DONE, OPEN], WAITING),
        ([WAITING, OPEN], WAITING),
        ([OPEN, OPEN], OPEN),
        ([], OPEN),
    ],
)
def test_action(states, state):
    assert judge_action(states) == state


def test_the_definition_names_kinds_that_there_are_and_each_step_once():
    for checklist in read_checklists():
        steps = [step for action in checklist.actions for step in action.steps]
        assert len({step.code for step in steps}) == len(steps)
        for step in steps:
            assert set(step.documents) <= set(list_kinds())
            assert set(step.activities) <= set(read_kinds())
            assert step.documents or step.activities
            assert step.at in {Per.KABUPATEN, Per.KECAMATAN, Per.DESA}


def test_the_actions_are_those_of_the_plan_and_of_the_duties():
    actions = get_checklist(2026).actions
    assert [action.code for action in actions] == PlanKind.values
    assert [action.is_main for action in actions] == [True] * 4 + [False] * 2
    duties = yaml.safe_load((BENGKULU / "duties.yaml").read_text())["duties"]
    named = {duty["id"]: duty["convergence"] for duty in duties if "convergence" in duty}
    assert named == {"PS5.3.a": PlanKind.values[:4], "PS5.3.b": PlanKind.values[4:]}


def test_a_year_before_the_first_version_is_read_by_it():
    assert get_checklist(2020) == read_checklists()[-1]


def test_documents_of_plans_are_kinds_that_there_are():
    assert {*DECREES, *ENACTING, *PLANNING_DOCUMENTS, PLAN_DOCUMENT} <= set(list_kinds())
