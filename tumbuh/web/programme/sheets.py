"""What the regulation's pages show, put together from the rooms."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.cache import caches
from django.db.models import Count
from django.http import Http404, QueryDict
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language

from tumbuh.programme.api import (
    WHOLE_TEXT,
    Article,
    Output,
    Per,
    PillarView,
    Regulation,
    Role,
    list_articles,
    list_institutions,
    list_notes,
    list_outputs,
    list_pillars,
    list_regulations,
    list_year_targets,
)
from tumbuh.regions.api import Level, list_regions
from tumbuh.web.programme.phrases import say_found, say_outline

LONGEST_SEARCH = 100
LEVELS = {
    Per.PROVINSI: Level.PROVINSI,
    Per.KABUPATEN: Level.KABUPATEN,
    Per.KECAMATAN: Level.KECAMATAN,
    Per.DESA: Level.DESA,
}


@dataclass(frozen=True)
class Search:
    """What the visitor asked for: an institution's code, a role, a year, words; all empty without a search."""

    institution: str = ""
    role: str = ""
    year: int | None = None
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.institution or self.role or self.year or self.words)

    @property
    def only_outputs(self) -> bool:
        """A role or a year is told of outputs only, so articles are not searched."""
        return bool(self.role or self.year)


@dataclass(frozen=True)
class Chapter:
    """A chapter with its articles: [(number, items), ...]."""

    number: str
    title: str
    articles: list[tuple[int, list[Article]]]


@dataclass(frozen=True)
class CountBeside:
    """How many regions of a level the text states and how many are loaded (None: no region of the province is)."""

    level: str
    stated: int
    loaded: int | None
    source: str
    quote: str


def choose_regulation(query: QueryDict) -> tuple[Regulation | None, list[Regulation]]:
    """The regulation asked for, else the newest in force, else the newest; and all that are loaded. One query."""
    regulations = list(list_regulations())
    wanted = query.get("peraturan")
    if wanted:
        chosen = next((one for one in regulations if one.code == wanted), None)
        if chosen is None:
            raise Http404
        return chosen, regulations
    today = timezone.localdate()
    valid = [one for one in regulations if one.valid_from <= today and (one.valid_to is None or today <= one.valid_to)]
    return next(iter(valid or regulations), None), regulations


def read_search(query: QueryDict) -> Search:
    """The search in an address; what cannot be one is left out."""
    role, year = query.get("peran", ""), query.get("tahun", "")
    return Search(
        institution=query.get("instansi", "")[:LONGEST_SEARCH],
        role=role if role in Role.values else "",
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
        words=query.get("cari", "")[:LONGEST_SEARCH].replace("\x00", "").strip(),
    )


def find_pillars(regulation: Regulation, search: Search, number: int | None = None) -> list[PillarView]:
    """The pillars, or one of them, with the outputs that match; three queries."""
    role = Role(search.role) if search.role else None
    outputs = list_outputs(regulation, pillar=number, institution=search.institution, role=role, words=search.words)
    if search.year:
        outputs = [output for output in outputs if search.year in list_due_years(regulation, output)]
    return list_pillars(regulation, outputs)


def find_articles(regulation: Regulation, search: Search) -> list[Article]:
    """The articles that match; none when only outputs can (a role or a year was asked for)."""
    if search.only_outputs:
        return []
    return list(list_articles(regulation, institution=search.institution, words=search.words))


def list_due_years(regulation: Regulation, output: Output) -> set[int]:
    """The years in which the output asks for something."""
    term = regulation.first_year, regulation.last_year
    return {due.year for target in output.targets.all() for due in list_year_targets(target.as_read, *term)}


def count_due(regulation: Regulation, pillars: Iterable[PillarView], year: int) -> int:
    return sum(year in list_due_years(regulation, output) for pillar in pillars for output in pillar.outputs)


def list_chapters(regulation: Regulation, articles: list[Article]) -> list[Chapter]:
    """The articles under their chapters, in order; chapters without any are left out."""
    chapters = []
    for entry in regulation.chapters:
        within = [article for article in articles if entry["first"] <= article.number <= entry["last"]]
        numbers = dict.fromkeys(article.number for article in within)
        groups = [(number, [article for article in within if article.number == number]) for number in numbers]
        if groups:
            chapters.append(Chapter(entry["number"], entry["title"], groups))
    return chapters


def list_counts(regulation: Regulation) -> list[CountBeside]:
    """Each number of regions that the text states, beside the number loaded; one query."""
    regions = list_regions(within=regulation.province_code)
    loaded = dict(regions.order_by().values_list("level").annotate(Count("pk")))
    return [
        CountBeside(
            level=Per(count["level"]).label,
            stated=count["count"],
            loaded=loaded.get(LEVELS[Per(count["level"])], 0) if loaded else None,
            source=count["source"],
            quote=count["quote"],
        )
        for count in regulation.stated_counts
    ]


def gather(regulation: Regulation, search: Search) -> dict[str, object]:
    """Articles, pillars and notes that match, and the counts that the first sentence tells; five queries."""
    pillars, articles = find_pillars(regulation, search), find_articles(regulation, search)
    outputs = sum(len(pillar.outputs) for pillar in pillars)
    notes, year = list_notes(regulation), timezone.localdate().year
    return {
        "pillars": pillars,
        "chapters": list_chapters(regulation, articles),
        "shown": {article.code: article.shown_by for article in articles if article.shown_by},
        "notes": notes,
        "notes_on_text": notes.get(WHOLE_TEXT, []),
        "outline": say_outline(len(articles), outputs, len(pillars)),
        "found": say_found(len(articles), outputs, only_outputs=search.only_outputs),
        "year": year if year in regulation.term else None,
        "due": count_due(regulation, pillars, year),
    }


def gather_whole(regulation: Regulation) -> dict[str, object]:
    """The whole regulation, its text rendered; kept until it is loaded anew, in each language and year."""
    stamp = int(regulation.loaded_at.timestamp() * 1000)
    key = f"regulation:{regulation.pk}:{stamp}:{timezone.localdate().year}:{get_language()}"
    whole = caches["pages"].get(key)
    if whole is None:
        context = gather(regulation, Search()) | {"regulation": regulation}
        whole = {name: context[name] for name in ("outline", "year", "due", "shown")}
        whole["text"] = render_to_string("programme/parts/whole.html", context)
        caches["pages"].set(key, whole, timeout=None)
    return whole


def list_choices(regulation: Regulation, search: Search) -> dict[str, object]:
    """What the search form offers; one query."""
    return {
        "institutions": list_institutions(regulation),
        "roles": Role.choices,
        "years": regulation.term,
        "search": search,
    }
