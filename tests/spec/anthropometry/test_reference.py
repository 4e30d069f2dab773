"""The reference page is what the tables say."""

from tests.spec.anthropometry.reference import TARGET, write_reference


def test_reference_is_current():
    assert TARGET.read_text(encoding="utf-8") == write_reference(), "run python -m tests.spec.anthropometry.reference"
