"""Definition files of groups and services: the shipped ones are whole, mistakes are told with file and key."""

import copy
import shutil
from pathlib import Path

import pytest
import yaml

from tumbuh.engines.convergence.api import (
    PACKAGES,
    Intervention,
    parse_codes,
    parse_groups,
    parse_service,
    read_content,
)
from tumbuh.engines.convergence.reading import FOLDER
from tumbuh.engines.definitions.api import DefinitionError

CONTENT = read_content()
GOOD = yaml.safe_load((FOLDER / "services/pregnancy_check.yaml").read_text())
GROUPS = yaml.safe_load((FOLDER / "groups.yaml").read_text())
CODES = yaml.safe_load((FOLDER / "receipts.yaml").read_text())


def change(content, *path, to):
    """A copy of good content with one thing changed; None takes it out."""
    content = copy.deepcopy(content)
    place = content
    for key in path[:-1]:
        place = place[key]
    if to is None:
        del place[path[-1]]
    else:
        place[path[-1]] = to
    return content


def service(*path, to):
    return change(GOOD, *path, to=to)


V = ("versions", 0)
B = (*V, "bands", 1)
SERVICE_MISTAKES = [
    (["nothing"], "pregnancy_check.yaml: expected keys code, order"),
    (service("order", to=None), "pregnancy_check.yaml: order is missing"),
    (service("colour", to="red"), "pregnancy_check.yaml: colour is not a known key"),
    (service("code", to="weighed"), "code 'weighed' must be the file's name"),
    (service("package", to="KIA"), "package: 'KIA' is not one of MATERNAL_CHILD_HEALTH"),
    (service("intervention", to="OTHER"), "intervention: 'OTHER' is not one of SPECIFIC, SENSITIVE"),
    (service("sources", to=[]), "sources: name at least one document"),
    (service("sources", 0, "dated", to="2020"), r"sources\[0\]: dated: expected date, found '2020'"),
    (service("versions", to=[]), "versions: name at least one group"),
    (service(*V, "groups", to=["MEN"]), r"versions\[0\].groups: 'MEN' is not one of COUPLE"),
    (service(*V, "window", to="WEEK"), r"versions\[0\].window: 'WEEK' is not one of MONTH"),
    (service(*V, "valid_from", to="2020"), r"versions\[0\]: valid_from: expected date"),
    (service(*V, "measure", to={"weight": 1}), r"versions\[0\].measure: write exactly one of times, kinds"),
    (service(*V, "measure", to={"times": ["dance"]}), r"measure.times: 'dance' is not one of"),
    (service(*V, "measure", to={"times": "weighed"}), r"measure.times: expected a list, found 'weighed'"),
    (service(*V, "measure", to={"times": ["water"]}), r"measure.times: 'water' is not one of"),
    (service(*V, "measure", to={"statement": "smoke"}), r"measure.statement: 'smoke' is not one of water"),
    (service(*V, "measure", to={"known": ["colour"]}), r"measure.known: 'colour' is not one of"),
    (service(*B, "needed", to=0), r"bands\[1\].needed: expected 1 or more, found 0"),
    (service(*B, "where", to={"column": "week", "below": 1}), r"bands\[1\].where.column: 'week' is no column"),
    (service(*B, "where", to={"column": "gestation_days", "between": [9, 1]}), r"between: expected \[low, high\]"),
    (service(*B, "where", to={"column": "gestation_days", "between": [9]}), r"between: expected \[low, high\]"),
    (service(*B, "where", to={"column": "gestation_days", "between": 9}), r"between: expected \[low, high\]"),
    (service(*B, "where", to={"column": "sex", "between": ["F", "M"]}), "between: sex is not a number"),
    (service("versions", to=[GOOD["versions"][0]] * 2), "versions: 2020-01-01 is there twice"),
    (
        service(
            *V,
            to={
                **GOOD["versions"][0],
                "bands": [{"where": {"all": []}, "needed": 1}],
                "otherwise": {"id": "-", "en": "-"},
            },
        ),
        "otherwise: the last band meets everyone",
    ),
]


@pytest.mark.parametrize("content, message", SERVICE_MISTAKES, ids=[message[:60] for _, message in SERVICE_MISTAKES])
def test_mistakes_in_a_service_name_file_and_key(content, message):
    parse_service(GOOD, "pregnancy_check.yaml", CONTENT.groups, CONTENT.codes)
    with pytest.raises(DefinitionError, match=message):
        parse_service(content, "pregnancy_check.yaml", CONTENT.groups, CONTENT.codes)


OTHER_MISTAKES = [
    (parse_groups, change(GROUPS, "groups", 0, "versions", to=[]), r"groups\[0\].versions: there must be at least one"),
    (parse_groups, change(GROUPS, "groups", 1, "code", to="COUPLE"), "groups: COUPLE is there twice"),
    (parse_groups, change(GROUPS, "groups", 0, "intervention", to="X"), r"groups\[0\].intervention: 'X'"),
    (parse_codes, change(CODES, "codes", 0, "kind", to="GIFT"), r"codes\[0\].kind: 'GIFT' is not one of EVENT"),
    (parse_codes, change(CODES, "codes", 0, "groups", to=["MEN"]), r"codes\[0\].groups: 'MEN' is not one of"),
    (
        parse_codes,
        change(CODES, "codes", 0, "quantity", to=[5, 1]),
        r"codes\[0\].quantity: expected \[lowest, highest\]",
    ),
    (parse_codes, change(CODES, "codes", -1, "code", to="wisdom"), r"code: 'wisdom' is not one of water"),
]


@pytest.mark.parametrize("parse, content, message", OTHER_MISTAKES, ids=[row[2][:50] for row in OTHER_MISTAKES])
def test_mistakes_in_groups_and_codes_name_file_and_key(parse, content, message):
    more = () if parse is parse_groups else (CONTENT.groups,)
    with pytest.raises(DefinitionError, match=message):
        parse(content, "file.yaml", *more)


def test_shipped_content_is_whole():
    assert [group.code for group in CONTENT.groups] == [
        *("COUPLE", "PREGNANT", "POSTPARTUM", "BREASTFEEDING", "CHILD_0_23", "CHILD_24_59", "GIRL_10_18"),
        "FAMILY_AT_RISK",
    ]
    assert {rule.group.code for rule in CONTENT.rules} == {group.code for group in CONTENT.groups}
    assert {rule.service.package for rule in CONTENT.rules} == set(PACKAGES)
    assert {rule.service.intervention for rule in CONTENT.rules} == set(Intervention)
    assert len({rule.key for rule in CONTENT.rules}) == len(CONTENT.rules)
    beside = {rule.service.code for rule in CONTENT.rules if not rule.service.in_package}
    assert beside == {"pregnancy_check_six", "postpartum_care_four", "fish_promotion", "yard_promotion"}


def test_every_code_is_asked_for_and_offered_where_it_is_due():
    """A code that no rule counts would be typed for nothing; one that its group is not offered could not be typed."""
    asked = {part: set() for part in CONTENT.codes}
    for rule in CONTENT.rules:
        for version in rule.versions:
            for part in version.measure.parts:
                asked.setdefault(part, set()).add(rule.group.code)
    assert [code for code in CONTENT.codes if not asked[code]] == []
    missing = {code.code: asked[code.code] - set(code.groups) for code in CONTENT.codes.values()}
    assert {code: groups for code, groups in missing.items() if groups} == {}


def test_two_services_of_one_order_and_unreadable_files_are_told(tmp_path: Path):
    for name in ("groups.yaml", "receipts.yaml", "parameters/poor-decile.yaml", "services/weighed.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(FOLDER / name, tmp_path / name)
    assert {rule.service.code for rule in read_content(tmp_path).rules} == {"weighed"}
    other = tmp_path / "services/other.yaml"
    content = yaml.safe_load((tmp_path / "services/weighed.yaml").read_text())
    other.write_text(yaml.safe_dump({**content, "code": "other"}))
    read_content.cache_clear()
    with pytest.raises(DefinitionError, match=r"weighed\.yaml: order: 410 is another service's"):
        read_content(tmp_path)
    other.write_text("a: [")
    with pytest.raises(DefinitionError, match=r"other\.yaml: not readable as YAML"):
        read_content(tmp_path)
