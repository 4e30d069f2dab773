"""What the page and the workbook of an analysis of the situation show."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from tumbuh.engines.convergence.api import EVERYBODY, read_content
from tumbuh.indicators.api import list_definitions
from tumbuh.programme.api import (
    Barrier,
    Picture,
    SituationAnalysis,
    count_missing,
    get_kinds,
    list_analyses,
    list_barriers,
    list_years,
    read_picture,
    write_barrier,
)
from tumbuh.regions.api import Level, Region
from tumbuh.web.indicators.pages import make_trail, say
from tumbuh.web.templatetags.numbers import count

MOST_SUMMED = 5  # gaps in the words of a plan
MOST_GAPS = 10  # before the rest is folded away


@dataclass(frozen=True)
class Asked:
    """A region and year with the conclusion that holds, else how it stands now.

    `missing`: GROUP/service → people who miss it now, where a conclusion is compared with it.
    """

    lineage: list[Region]
    year: int
    years: list[int]
    live: Picture | None
    missing: dict[str, int]
    barriers: list[Barrier]
    analyses: list[SituationAnalysis]

    @property
    def region(self) -> Region:
        return self.lineage[-1]

    @property
    def concluded(self) -> SituationAnalysis | None:
        return next((one for one in self.analyses if one.year == self.year and one.reopened_at is None), None)

    @property
    def picture(self) -> Picture | None:
        """What was concluded, else how it stands now."""
        return self.concluded.content if self.concluded else self.live


def read_asked(lineage: list[Region], text: str, *, wants_figures: bool) -> Asked | None:
    """The year asked for, the newest with figures for none; None for a year without.

    Seven queries, three where the figures are not wanted, four where the year is concluded.
    """
    region = lineage[-1]
    months = list_years(region)
    newest = next(reversed(months), timezone.localdate().year)
    year = int(text) if text.isdecimal() and int(text) in months else newest
    if text and text != str(year):
        return None
    analyses, barriers = list_analyses(region), list_barriers(region, year)
    concluded = any(one.year == year and one.reopened_at is None for one in analyses)
    live, missing = None, {}
    if concluded:
        missing = count_missing(region, months[year]) if year in months else {}
    elif year in months and wants_figures:
        live = read_picture(region, months[year])
    return Asked(lineage, year, sorted(months, reverse=True), live, missing, barriers, analyses)


def name_key(key: str) -> tuple[str, str] | None:
    """Titles of a group and its service, None for what is not in the definitions."""
    return list_names().get(key)


def list_names() -> dict[str, tuple[str, str]]:
    """GROUP/service → titles of the two."""
    content = read_content()
    whole, everybody = gettext("paket lengkap"), gettext("Semua kelompok")
    names = {"/".join(rule.key): (say(rule.group.title), say(rule.service.title)) for rule in content.rules}
    names |= {f"{group.code}/{EVERYBODY}": (say(group.title), whole) for group in content.groups}
    return names | {f"{EVERYBODY}/{EVERYBODY}": (everybody, whole)}


def share(pair: list[int] | None) -> Decimal | None:
    """Percent of (part, whole)."""
    return Decimal(100) * pair[0] / pair[1] if pair and pair[1] else None


def describe(asked: Asked) -> dict[str, Any]:
    """All that page and workbook need; no query."""
    picture = asked.picture
    page: dict[str, Any] = {
        "asked": asked, "region": asked.region, "year": asked.year, "concluded": asked.concluded, "picture": picture,
        "kinds": get_kinds(asked.year), "barriers": list_standing(asked), "ended": list_ended(asked),
        "earlier": [one for one in asked.analyses if one.year == asked.year and one.reopened_at],
        "trail": [*make_trail(asked.lineage), ("", gettext("Analisis situasi"))],
    }  # fmt: skip
    if picture is None:
        return page
    gaps = list_gaps(asked, picture)
    services = [gap for gap in gaps if not gap["is_whole"]]
    return page | {
        "month": date.fromisoformat(picture["month"]), "before": date.fromisoformat(picture["before"]),
        "first": services[:MOST_GAPS], "rest": services[MOST_GAPS:],
        "packages": [gap for gap in gaps if gap["is_whole"]], "gaps": gaps, "sentence": tell(asked, services),
        "units": [one | {"share": share([one["received"] or 0, one["due"] or 0]),
                         "stunted": share(one["stunting"])} for one in picture["units"]],
        "unit_level": Level(asked.region.level + 1).label, "above": asked.lineage[-2],
        "growth": list_growth(picture),
        "trend": [(date.fromisoformat(at), number, of, share([number, of])) for at, number, of in picture["trend"]],
        "at_risk": next((gap for gap in gaps if gap["key"] == f"FAMILY_AT_RISK/{EVERYBODY}"), None),
        "changed": sum(bool(gap["change"]) for gap in gaps),
    }  # fmt: skip


def list_gaps(asked: Asked, picture: Picture) -> list[dict[str, Any]]:
    """The gaps with their words, shares, barriers, and how many more or fewer miss it since the conclusion."""
    names = list_names()
    noted: dict[str, int] = {}
    for barrier in list_standing(asked):
        noted[barrier["key"]] = noted.get(barrier["key"], 0) + 1
    rows = []
    for gap in picture["gaps"]:
        group, title = names.get(gap["key"], ("", gap["key"]))
        now = asked.missing.get(gap["key"])
        rows.append(gap | {
            "group": group, "title": title, "is_whole": gap["key"].endswith(EVERYBODY),
            "share": share([gap["received"], gap["due"]]), "above_share": share(gap["above"]),
            "before_share": share(gap["before"]), "noted": noted.get(gap["key"], 0),
            "before_due": gap["before"][1] if gap["before"] else None,
            "change": None if now is None else now - gap["missing"],
        })  # fmt: skip
    return rows


def list_standing(asked: Asked) -> list[dict[str, Any]]:
    """The barriers of the conclusion, else those that stand now, with their words."""
    if asked.concluded:
        rows = [dict(one) for one in asked.concluded.content["barriers"]]
    else:
        rows = [write_barrier(one) | {"pk": one.pk} for one in asked.barriers if one.ended_at is None]
    return [name_barrier(asked, row) for row in rows]


def name_barrier(asked: Asked, row: dict[str, Any]) -> dict[str, Any]:
    group, title = list_names().get(row["key"], ("", row["key"]))
    kind = get_kinds(asked.year).find(row["kind"])
    return row | {"group": group, "title": title, "kind_name": kind.label if kind else row["kind"]}


def list_ended(asked: Asked) -> list[dict[str, Any]]:
    """What was noted once and does not stand any more."""
    return [
        name_barrier(asked, write_barrier(one)) | {"at": one.ended_at, "reason": one.reason}
        for one in asked.barriers
        if one.ended_at is not None
    ]


def list_growth(picture: Picture) -> list[dict[str, Any]]:
    titles = {one.code: say(one.title) for one in list_definitions()}
    return [
        {"title": titles.get(row["indicator"], row["indicator"]), "now": row["now"], "share": share(row["now"]),
         "before_share": share(row["before"])}
        for row in picture["growth"]
    ]  # fmt: skip


def tell(asked: Asked, services: list[dict[str, Any]]) -> str:
    """One sentence: the first gap."""
    words = {"place": asked.region.full_name, "year": str(asked.year)}
    if not services or services[0]["rank"] is None:
        return gettext("%(place)s pada %(year)s: tidak ada layanan yang kurang.") % words
    first = services[0]
    return gettext(
        "%(place)s pada %(year)s: kesenjangan terbesar pada %(service)s (%(group)s); %(missing)s dari %(due)s orang "
        "belum menerima."
    ) % (words | {"service": first["title"], "group": first["group"], "missing": count(first["missing"]),
                  "due": count(first["due"])})  # fmt: skip


def write_summary(region: Region, analysis: SituationAnalysis) -> str:
    """A concluded analysis as a plan begins with it: the first gaps and the barriers, in lines."""
    names = list_names()
    lines = [
        gettext("Analisis situasi %(place)s %(year)s, angka bulan %(month)s.")
        % {"place": region.full_name, "year": analysis.year, "month": f"{analysis.month:%Y-%m}"}
    ]
    services = [gap for gap in analysis.content["gaps"] if not gap["key"].endswith(EVERYBODY) and gap["rank"]]
    for gap in services[:MOST_SUMMED]:
        group, title = names.get(gap["key"], ("", gap["key"]))
        lines.append(
            gettext("%(rank)s. %(service)s (%(group)s): %(missing)s dari %(due)s belum menerima.")
            % {"rank": gap["rank"], "service": title, "group": group, "missing": count(gap["missing"]),
               "due": count(gap["due"])}
        )  # fmt: skip
    for row in analysis.content["barriers"]:
        lines.append(gettext("Hambatan: %(text)s Usul: %(proposal)s") % row)
    return "\n".join(lines)
