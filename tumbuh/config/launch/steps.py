"""What is loaded before the site opens, as data, and which of it this database already has."""

import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg
import yaml

from tumbuh.config.launch.console import say, step
from tumbuh.config.launch.errors import StepError
from tumbuh.config.launch.places import PYTHON, ROOT
from tumbuh.config.launch.stamps import compute_digest

SIZES = ("none", "normal", "full")  # of the demo province; DEMO=…


@dataclass(frozen=True)
class Step:
    """A command of `tumbuh`. It runs when its inputs changed since it last ended well on this database.

    `inputs` are patterns below the checkout; None means every time. `sizes`: the values of DEMO with which it runs.
    `{province}` in the title or command stands for each province that a regulation names.
    """

    title: str
    command: tuple[str, ...]
    inputs: tuple[str, ...] | None = ()
    sizes: tuple[str, ...] = SIZES


STEPS = (
    Step("Database tables", ("migrate", "--no-input", "--verbosity=0"), inputs=None),
    Step(
        "Regions of province {province}",
        ("regions", "load", "--province", "{province}"),
        inputs=("tumbuh/regions/**/*.py", "requirements/run.txt", "regulations/*/regulation.yaml"),
        sizes=("normal", "full"),
    ),
    Step("Regulation", ("regulation", "load"), inputs=("regulations/**/*.yaml", "tumbuh/programme/**/*.py")),
    Step(
        "Institutions of each region",
        ("institutions", "load"),
        inputs=("definitions/institutions.yaml", "tumbuh/accounts/**/*.py", "regulations/*/regulation.yaml"),
        sizes=("normal", "full"),
    ),
    Step(
        "Obligations of the regulation",
        ("obligations", "make"),
        inputs=("regulations/**/*.yaml", "tumbuh/programme/**/*.py", "tumbuh/regions/**/*.py", "requirements/run.txt"),
        sizes=("normal", "full"),
    ),
    Step("Demo province: invented children, plainly labelled", ("demo", "make"), sizes=("normal",)),
    Step(
        "Demo province in full: invented children, plainly labelled",
        ("demo", "make", "--size", "full"),
        sizes=("full",),
    ),
)


def run_steps(size: str, environment: Mapping[str, str], steps: tuple[Step, ...] = STEPS) -> None:
    """Every step that is due has run; StepError at the first that fails, with what it said above."""
    for due in _spell_out(steps, size):
        digest = None if due.inputs is None else compute_digest(_list_inputs(due), *due.command)
        name = " ".join(due.command)
        if digest and find_done(environment["DATABASE_URL"], name) == digest:
            continue
        with step(due.title):
            _run(due, environment)
        if digest:
            record_done(environment["DATABASE_URL"], name, digest)


def list_provinces() -> list[str]:
    """The Kemendagri codes of the provinces whose regulations lie in `regulations/`."""
    files = sorted((ROOT / "regulations").glob("*/regulation.yaml"))
    codes = [yaml.safe_load(file.read_text()).get("province_code") for file in files]
    return sorted({str(code) for code in codes if code})


def find_done(address: str, name: str) -> str | None:
    """The digest with which this database last had the step done."""
    with psycopg.connect(address) as connection:
        if connection.execute("select to_regclass('launch_step')").fetchone() == (None,):
            return None
        found = connection.execute("select inputs from launch_step where name = %s", [name]).fetchone()
    return found[0] if found else None


def record_done(address: str, name: str, digest: str) -> None:
    """The database itself remembers, so that another or a restored one is never taken for this one."""
    with psycopg.connect(address) as connection:
        connection.execute(
            "create table if not exists launch_step "
            "(name text primary key, inputs text not null, done_at timestamptz not null)"
        )
        connection.execute(
            "insert into launch_step values (%s, %s, now()) "
            "on conflict (name) do update set inputs = excluded.inputs, done_at = excluded.done_at",
            [name, digest],
        )


def _spell_out(steps: tuple[Step, ...], size: str) -> Iterator[Step]:
    for each in steps:
        if size not in each.sizes:
            continue
        if "{province}" not in each.title:
            yield each
            continue
        for code in list_provinces():
            command = tuple(part.replace("{province}", code) for part in each.command)
            yield Step(each.title.replace("{province}", code), command, each.inputs, each.sizes)


def _list_inputs(due: Step) -> list[Path]:
    return [file for pattern in due.inputs or () for file in ROOT.glob(pattern)]


def _run(due: Step, environment: Mapping[str, str]) -> None:
    """Runs the command; its lines are shown indented as they come."""
    with subprocess.Popen(
        [str(PYTHON), "-m", "tumbuh", *due.command],
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        try:
            for line in process.stdout or ():
                say(f"      {line.rstrip()}")
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise StepError(f"The step “{due.title}” failed: see above. Nothing is running; run the same command again.")
