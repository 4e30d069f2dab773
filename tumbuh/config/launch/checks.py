"""`make test`, `make test-fast` and `make bench`: what is checked, as data, in this order."""

import os
import subprocess
from dataclasses import dataclass

from tumbuh.config.launch.assets import ensure_assets
from tumbuh.config.launch.chromium import ensure_chromium
from tumbuh.config.launch.console import complain, say, step
from tumbuh.config.launch.errors import LaunchError
from tumbuh.config.launch.places import PYTHON, ROOT, get_var
from tumbuh.config.launch.postgres.cluster import Cluster
from tumbuh.config.launch.postgres.holding import hold_server, release_server
from tumbuh.config.launch.shell import run_quietly


@dataclass(frozen=True)
class Check:
    """A program that finds faults without running the product; `is_fast`: also part of the fast set."""

    title: str
    command: tuple[str, ...]
    is_fast: bool = True


CHECKS = (
    Check("Lint", ("ruff", "check", ".")),
    Check("Format", ("ruff", "format", "--check", ".")),
    Check("Types", ("mypy",), is_fast=False),
)
TESTS = ("tests/architecture", "tests/spec", "tests/unit", "tests/integration")
BROWSER_TESTS = "tests/browser"
WORKERS = "2"  # more of them only fight for a small machine's memory


def run_all() -> int:
    """Every check and every test; 0 when all of them passed and none was left out that had to run."""
    ensure_assets()
    missing = ensure_chromium()
    faults = _run_checks(CHECKS)
    if missing:
        complain(f"\nBrowser tests: NOT RUN, because {missing}.\n")
        if os.environ.get("CI") == "true":
            faults.append("browser tests not run")
    return _run_pytest(faults, *TESTS, *(() if missing else (BROWSER_TESTS,)))


def run_fast() -> int:
    """The checks and tests that end within a minute: no browser, nothing marked slow, no types."""
    ensure_assets()
    return _run_pytest(
        _run_checks(tuple(check for check in CHECKS if check.is_fast)), *TESTS, "-m", "not slow and not browser"
    )


def run_benchmarks() -> int:
    """Every module of tests/bench, each of which prints its own table; on a server of its own."""
    names = sorted(file.stem for file in (ROOT / "tests" / "bench").glob("*.py") if not file.stem.startswith("_"))
    with step("PostgreSQL server for the benchmarks"):
        holding = hold_server(
            Cluster(get_var() / "pg-bench", get_var() / "pg-bench" / "keys", may_create_databases=True)
        )
    environment = {**os.environ, "DATABASE_URL": os.environ.get("DATABASE_URL") or holding.address}
    failed = []
    for name in names:
        say(f"\n{name}")
        command = [PYTHON, "-m", f"tests.bench.{name}"]
        if subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
    release_server(holding)
    if failed:
        complain(f"\nBenchmarks that failed: {', '.join(failed)}.")
    return 1 if failed else 0


def _run_checks(checks: tuple[Check, ...]) -> list[str]:
    faults = []
    for check in checks:
        try:
            with step(check.title):
                run_quietly([PYTHON, "-m", *check.command], f"{check.title} found faults ({' '.join(check.command)}):")
        except LaunchError as problem:
            complain(str(problem))
            faults.append(check.title.lower())
    return faults


def _run_pytest(faults: list[str], *arguments: str) -> int:
    """pytest's closing line comes last, unless something else failed too."""
    command = [PYTHON, "-m", "pytest", "-q", "-n", WORKERS, "--dist", "loadfile", *arguments]
    code = subprocess.run(command, cwd=ROOT, check=False).returncode
    if faults:
        complain(f"\nFailed beside the tests: {', '.join(faults)} (see above).")
    return code or (1 if faults else 0)
