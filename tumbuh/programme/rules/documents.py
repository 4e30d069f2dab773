"""The shape of a regulation folder: one dataclass per kind of entry, field names as in the YAML files."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tumbuh.programme.rules.words import ArticleKind, Frequency, InstitutionKind, NoteKind, Per


@dataclass(frozen=True)
class ChapterEntry:
    """A chapter (bab) and the articles in it, both ends included."""

    number: str
    title: str
    first: int
    last: int


@dataclass(frozen=True)
class StatedCount:
    """How many regions of a level the text itself states, and where."""

    level: Per
    count: int
    source: str
    quote: str


@dataclass(frozen=True)
class RegulationEntry:
    code: str
    type: str
    number: str
    year: int
    title: str
    title_en: str
    issuer: str
    province_code: str
    enacted_on: date
    promulgated_on: date
    valid_from: date
    first_year: int
    last_year: int
    chapters: list[ChapterEntry]
    gazette: str = ""
    valid_to: date | None = None
    stated_counts: list[StatedCount] = field(default_factory=list)


@dataclass(frozen=True)
class ArticleEntry:
    """One item of an article, verbatim: `number` is the article (pasal), `paragraph` its ayat, `item` its letter."""

    id: str
    number: int
    kind: ArticleKind
    text: str
    paragraph: int | None = None
    item: str = ""
    term: str = ""
    reading: str = ""
    reading_en: str = ""
    actor: str = ""
    institutions: list[str] = field(default_factory=list)
    recipient: str = ""
    frequency: Frequency | None = None
    min_per_year: int | None = None


@dataclass(frozen=True)
class PrevalenceEntry:
    year: int
    article: str
    percent: Decimal


@dataclass(frozen=True)
class PrevalenceFile:
    indicator: str
    targets: list[PrevalenceEntry]


@dataclass(frozen=True)
class TargetEntry:
    years: list[int]
    unit: str
    frequency: Frequency
    quantity: Decimal | None = None
    per: Per | None = None
    at_least: bool = False
    cumulative: bool = False
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class OutputEntry:
    id: str
    text: str
    target_raw: str
    targets: list[TargetEntry]
    responsible: list[str]
    supporting: list[str]
    involvement_raw: str
    source: str
    starred_in: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class InstrumentEntry:
    id: str
    text: str
    outputs: list[OutputEntry]


@dataclass(frozen=True)
class StrategyEntry:
    id: str
    text: str
    instruments: list[InstrumentEntry]


@dataclass(frozen=True)
class PillarEntry:
    number: int
    title: str
    strategies: list[StrategyEntry]


@dataclass(frozen=True)
class InstitutionEntry:
    code: str
    name: str
    kind: InstitutionKind
    level: Per | None = None


@dataclass(frozen=True)
class NameEntry:
    """A name exactly as the annex writes it, and the institutions it means."""

    text: str
    means: list[str]


@dataclass(frozen=True)
class AlternativeEntry:
    """Another possible reading; `targets` maps an output's id to the targets that would follow."""

    id: str
    text: str
    text_en: str
    targets: dict[str, list[TargetEntry]] = field(default_factory=dict)


@dataclass(frozen=True)
class NoteEntry:
    """A doubt and our reading. `about` names articles, outputs, or `document` for the text as a whole."""

    id: str
    kind: NoteKind
    about: list[str]
    question: str
    question_en: str
    reading: str
    reading_en: str
    alternatives: list[AlternativeEntry] = field(default_factory=list)


@dataclass(frozen=True)
class EvidenceEntry:
    """What proves an output (for the parts of its target in `targets`, or for all). Ours, not the text's.

    Kinds of verified evidence count by themselves, or each piece after a person confirmed it (`confirmed`).
    `counted_with`: the output that is the same, and where both are counted once. `left_out`: parts not counted.
    """

    output: str
    targets: list[int] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    system: str = ""
    confirmed: bool = False
    levels: list[Per] = field(default_factory=list)
    counted_with: str = ""
    left_out: list[int] = field(default_factory=list)
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class DutyEntry:
    """A duty that an article sets beside the annex: who owes what, when, and what proves it."""

    id: str
    article: str
    text: str
    text_en: str
    institutions: list[str]
    years: list[int]
    unit: str
    frequency: Frequency
    per: Per | None = None
    quantity: Decimal | None = None
    at_least: bool = False
    cumulative: bool = False
    documents: list[str] = field(default_factory=list)
    activities: list[str] = field(default_factory=list)
    partners: list[str] = field(default_factory=list)
    convergence: list[str] = field(default_factory=list)
    system: str = ""
    indicator: str = ""
    confirmed: bool = False
    levels: list[Per] = field(default_factory=list)
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True)
class ClauseEntry:
    """An item of an article whose fulfilment shows in duties, outputs or whole parts of the annex, by their codes."""

    article: str
    shown_by: list[str]


@dataclass(frozen=True)
class EvidenceFile:
    evidence: list[EvidenceEntry]


@dataclass(frozen=True)
class DutyFile:
    duties: list[DutyEntry]
    clauses: list[ClauseEntry] = field(default_factory=list)


@dataclass(frozen=True)
class ArticleFile:
    articles: list[ArticleEntry]


@dataclass(frozen=True)
class InstitutionFile:
    institutions: list[InstitutionEntry]
    names: list[NameEntry]


@dataclass(frozen=True)
class NoteFile:
    interpretations: list[NoteEntry]


@dataclass(frozen=True)
class Bundle:
    """A whole folder, read."""

    regulation: RegulationEntry
    prevalence: PrevalenceFile
    articles: list[ArticleEntry]
    pillars: list[PillarEntry]
    institutions: list[InstitutionEntry]
    names: list[NameEntry]
    notes: list[NoteEntry]
    evidence: list[EvidenceEntry] = field(default_factory=list)
    duties: list[DutyEntry] = field(default_factory=list)
    clauses: list[ClauseEntry] = field(default_factory=list)

    @property
    def outputs(self) -> list[OutputEntry]:
        """All outputs in document order."""
        return [
            output
            for pillar in self.pillars
            for strategy in pillar.strategies
            for instrument in strategy.instruments
            for output in instrument.outputs
        ]
