"""Reading regulations. What is read here is public; no viewer's scope applies."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Prefetch, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from tumbuh.programme.errors import NoRegulationError
from tumbuh.programme.models import (
    Article,
    Institution,
    Instrument,
    Interpretation,
    InterpretationSubject,
    Involvement,
    Output,
    Pillar,
    PrevalenceTarget,
    Regulation,
    Strategy,
)
from tumbuh.programme.rules import Role

WHOLE_TEXT = "document"


@dataclass(frozen=True)
class InstrumentView:
    """An instrument with its outputs in order."""

    instrument: Instrument
    outputs: list[Output]


@dataclass(frozen=True)
class StrategyView:
    strategy: Strategy
    instruments: list[InstrumentView]


@dataclass(frozen=True)
class PillarView:
    pillar: Pillar
    strategies: list[StrategyView]

    @property
    def outputs(self) -> list[Output]:
        return [output for one in self.strategies for two in one.instruments for output in two.outputs]


def list_regulations() -> QuerySet[Regulation]:
    """Every loaded regulation, the newest first."""
    return Regulation.objects.all()


def find_regulation(
    *, on: date | None = None, code: str | None = None, province: str | None = None
) -> Regulation | None:
    """The regulation with this code, or the newest in force on a date (today when none is given), or None."""
    if code is not None:
        return Regulation.objects.filter(code=code).first()
    return select_in_force(on, province).first()


def select_in_force(on: date | None, province: str | None) -> QuerySet[Regulation]:
    """The regulations in force on a date (today when none is given), the newest first."""
    day = on or timezone.localdate()
    valid = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    regulations = Regulation.objects.filter(valid)
    if province is not None:
        regulations = regulations.filter(province_code=province)
    return regulations.order_by("-valid_from", "-pk")


def get_regulation(*, on: date | None = None, code: str | None = None, province: str | None = None) -> Regulation:
    """As find_regulation; raises NoRegulationError."""
    regulation = find_regulation(on=on, code=code, province=province)
    if regulation is None:
        raise NoRegulationError
    return regulation


def list_articles(regulation: Regulation, *, institution: str | None = None, words: str = "") -> QuerySet[Article]:
    """Every item of every article in document order, or those that bind an institution or hold all the words."""
    articles = regulation.articles.order_by("position")
    if institution:
        articles = articles.filter(institutions__code=institution)
    for word in words.split():
        articles = articles.filter(Q(text__icontains=word) | Q(reading__icontains=word) | Q(actor__icontains=word))
    return articles


def list_outputs(
    regulation: Regulation,
    *,
    pillar: int | None = None,
    institution: str | None = None,
    role: Role | None = None,
    words: str = "",
) -> QuerySet[Output]:
    """Outputs in document order, three queries: each with pillar, strategy, instrument, targets and involvements.

    Narrowed to one pillar's number, to an institution's code (in any role or one), to words in the text.
    """
    outputs = regulation.outputs.select_related("instrument__strategy__pillar").order_by("position")
    if pillar is not None:
        outputs = outputs.filter(instrument__strategy__pillar__number=pillar)
    if institution or role:
        named = Involvement.objects.filter(output__regulation=regulation)
        named = named.filter(name__institutions__code=institution) if institution else named
        outputs = outputs.filter(pk__in=(named.filter(role=role) if role else named).values("output_id"))
    for word in words.split():
        fields = ("text", "instrument__text", "target_raw", "involvement_raw", "code")
        match = Q()
        for name in fields:
            match |= Q(**{f"{name}__icontains": word})
        outputs = outputs.filter(match)
    involvements = Involvement.objects.select_related("name")
    return outputs.prefetch_related("targets", Prefetch("involvements", involvements))


def list_pillars(regulation: Regulation, outputs: QuerySet[Output] | None = None) -> list[PillarView]:
    """The pillars with strategies, instruments and outputs; three queries. `outputs` from list_outputs narrows them."""
    found = list(list_outputs(regulation) if outputs is None else outputs)
    pillars = []
    for pillar, in_pillar in groupby(found, lambda output: output.instrument.strategy.pillar):
        strategies = []
        for strategy, in_strategy in groupby(in_pillar, lambda output: output.instrument.strategy):
            groups = groupby(in_strategy, lambda output: output.instrument)
            strategies.append(StrategyView(strategy, [InstrumentView(one, list(several)) for one, several in groups]))
        pillars.append(PillarView(pillar, strategies))
    return pillars


def list_prevalence_targets(regulation: Regulation, indicator: str | None = None) -> QuerySet[PrevalenceTarget]:
    """The yearly targets with the article that sets each, oldest first."""
    targets = regulation.prevalence_targets.select_related("article").order_by("year")
    return targets if indicator is None else targets.filter(indicator=indicator)


def list_province_targets(province: str, indicator: str, *, on: date | None = None) -> QuerySet[PrevalenceTarget]:
    """The yearly targets of the newest regulation in force in a province, oldest first; one query."""
    newest = Subquery(select_in_force(on, province).values("pk")[:1])
    return PrevalenceTarget.objects.filter(regulation=newest, indicator=indicator).order_by("year")


def list_institutions(regulation: Regulation) -> QuerySet[Institution]:
    """Institutions that the articles or the annex name, in the order of the folder."""
    return regulation.institutions.order_by("position")


def list_notes(regulation: Regulation) -> dict[str, list[Interpretation]]:
    """Notes by the code of the article or output, and under WHOLE_TEXT those about the text; one query."""
    subjects = InterpretationSubject.objects.filter(interpretation__regulation=regulation)
    notes: dict[str, list[Interpretation]] = {}
    subjects = subjects.annotate(about=Coalesce("article__code", "output__code", Value(WHOLE_TEXT)))
    for subject in subjects.select_related("interpretation").order_by("interpretation__position", "pk"):
        notes.setdefault(subject.about, []).append(subject.interpretation)
    return notes


def describe_output(output: Output) -> dict[str, object]:
    """One output as the export gives it; ask for it with list_outputs."""
    named = {role: [one.name.text for one in output.involvements.all() if one.role == role] for role in Role}
    return {
        "id": output.code,
        "pillar": output.instrument.strategy.pillar.number,
        "strategy": output.instrument.strategy.text,
        "instrument": output.instrument.text,
        "output": output.text,
        "target_raw": output.target_raw,
        "targets": [describe_target(target) for target in output.targets.all()],
        "responsible": named[Role.RESPONSIBLE],
        "supporting": named[Role.SUPPORTING],
        "starred": output.is_starred,
    }


def describe_target(target) -> dict[str, object]:
    """A structured target with the folder's words; whole quantities as whole numbers."""
    quantity = target.quantity
    return {
        "years": target.years,
        "quantity": quantity if quantity is None else int(quantity) if quantity == int(quantity) else float(quantity),
        "unit": target.unit,
        "per": target.get_per_display() or None,
        "frequency": target.get_frequency_display(),
        "at_least": target.at_least,
        "cumulative": target.cumulative,
        "note": target.note or None,
        "note_en": target.note_en or None,
    }
