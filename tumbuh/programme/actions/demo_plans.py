"""Teams, plans and checklist of the made-up province, as definitions/demo/programme.yaml has them: plainly marked."""

from collections.abc import Iterator
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction

from tumbuh.accounts.api import User
from tumbuh.documents.api import Document, DocumentFact, list_documents
from tumbuh.programme.actions.convergence import attach_evidence
from tumbuh.programme.actions.demo import draw
from tumbuh.programme.actions.plans import ActionDetails, enact_plan, write_plan, write_plan_action
from tumbuh.programme.actions.teams import MemberDetails, TeamDetails, change_member, set_up_team
from tumbuh.programme.models import Regulation, Team
from tumbuh.programme.queries.convergence import get_checklist
from tumbuh.programme.rules import SubjectKind
from tumbuh.regions.api import Level, Region, list_regions

Papers = dict[tuple[int, str], DocumentFact]


@transaction.atomic
def make_demo_plans(*, by: User, regulation: Regulation) -> int:
    """Teams, action plans and attached evidence of the province; how many teams. 0 where there is a team already.

    `by` keeps the teams and plans of the province and of all regions below it.
    """
    if Team.objects.exists():
        return 0
    content = yaml.safe_load((settings.DEFINITIONS / "demo" / "programme.yaml").read_text(encoding="utf-8"))
    regions = list(list_regions(within=regulation.province_code).filter(is_active=True))
    papers = {(one.region_id, one.kind): one for one in list_documents(years=[content["since"].year])}
    made = [set_up(by, region, content, papers) for region in choose(regions, content["teams"]["levels"])]
    plans = content["plans"]
    for region in choose(regions, plans["levels"]):
        if (region.pk, plans["of"]) in papers:
            write(by, region, plans, papers)
    for region in choose(regions, {"KABUPATEN": content["checklist"]["share"]}):
        fill_checklist(by, region, content["checklist"]["year"], papers)
    return len(made)


def choose(regions: list[Region], shares: dict[str, int]) -> Iterator[Region]:
    """The regions of each level that fall into its share."""
    for region in regions:
        if draw("plans", region.pk) < shares.get(Level(region.level).name, 0):
            yield region


def find_paper(region: Region, kinds: list[str], papers: Papers) -> Document | None:
    """The region's document of the first of these kinds that it has."""
    found = next((papers[region.pk, kind] for kind in kinds if (region.pk, kind) in papers), None)
    return Document.objects.get(pk=found.id) if found else None


def set_up(by: User, region: Region, content: dict[str, Any], papers: Papers) -> Team:
    """The region's team with its members."""
    wanted, since = content["teams"], content["since"]
    details = TeamDetails(
        name=wanted["name"].format(place=region.full_name),
        valid_from=since,
        decree=find_paper(region, wanted["decrees"], papers),
        decree_number=wanted["number"].format(code=region.code),
        decree_on=since,
    )
    team = set_up_team(by=by, region=region, details=details)
    for entry in wanted["members"]:
        change_member(by=by, team=team, details=MemberDetails(**entry, valid_from=since))
    return team


def write(by: User, region: Region, wanted: dict[str, Any], papers: Papers) -> None:
    """The region's plan with its actions, enacted where the region has the document for it."""
    plan = write_plan(
        by=by,
        region=region,
        first_year=wanted["first_year"],
        last_year=wanted["last_year"],
        situation=wanted["situation"],
    )
    for entry in wanted["actions"]:
        write_plan_action(by=by, plan=plan, details=ActionDetails(**entry))
    if document := find_paper(region, [wanted["enacted_by"]], papers):
        enact_plan(by=by, plan=plan, document=document)


def fill_checklist(by: User, region: Region, year: int, papers: Papers) -> None:
    """The region's own documents attached to the steps for which their kinds are offered."""
    for action in get_checklist(year).actions:
        for step in action.steps:
            found = next((papers[region.pk, kind] for kind in step.documents if (region.pk, kind) in papers), None)
            if found is not None:
                attach_evidence(
                    by=by,
                    region=region,
                    year=year,
                    step=step.code,
                    source=SubjectKind.DOCUMENT,
                    subject_id=found.public_id,
                )
