"""The people behind one line of a desa's scorecard, each with its why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.http import Http404

from tumbuh.accounts.api import Scope
from tumbuh.engines.scorecard.api import CHILD, Life, Mark, Result, explain, mark_person, read_content, share
from tumbuh.records.api import Person, list_named_people
from tumbuh.web.indicators.pages import say
from tumbuh.web.indicators.scorecard.asked import Asked
from tumbuh.web.indicators.scorecard.pages import read_people

FIRST_LINE = "{0.code}.{0.indicators[0].code}".format(read_content().groups[0])
RESULTS = {one.value: one for one in Result}


@dataclass(frozen=True)
class Why:
    """Somebody, the result and the sentence; `share` is the person's own percentage over all their indicators."""

    person: Person
    is_child: bool
    born_on: date
    result: Result
    sentence: str
    share: Decimal | None
    rt: str


def find_line(line: str) -> str:
    """The line's words; Http404 where table 3 has no such line."""
    for group in read_content().groups:
        for indicator in group.indicators:
            if line == f"{group.code}.{indicator.code}":
                return say(indicator.title)
    raise Http404


def find_result(code: str) -> Result:
    """The result asked for, T for none."""
    if code and code not in RESULTS:
        raise Http404
    return RESULTS[code or Result.NO]


def list_why(asked: Asked, scope: Scope, line: str, result: Result) -> list[Why]:
    """Everybody in scope with that result on that line, by name."""
    found: list[tuple[Life, Mark, Decimal | None, str]] = []
    for named in read_people(asked):
        marks = mark_person(read_content(), named.life, asked.reading.code) if asked.includes(named.person) else []
        found += [
            (named.life, mark, share(marks), named.person.rt)
            for mark in marks
            if mark.line == line and mark.result == result
        ]
    people = list_named_people(scope, [life.person_id for life, *_ in found])
    rows = [
        Why(people[life.person_id], life.kind == CHILD, life.born_on, mark.result, say(explain(mark, life)), part, rt)
        for life, mark, part, rt in found
        if life.person_id in people
    ]
    return sorted(rows, key=lambda row: (row.person.name, row.person.pk))
