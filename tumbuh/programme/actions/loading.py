"""From a regulation folder into the database."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from tumbuh.audit.api import Actor, record_event
from tumbuh.programme.actions.duties import describe_evidence, load_duties
from tumbuh.programme.actions.folder import read_folder
from tumbuh.programme.actions.merging import Difference, merge, merge_institutions, remove_gone
from tumbuh.programme.models import (
    Article,
    Institution,
    InstitutionName,
    Instrument,
    Interpretation,
    InterpretationSubject,
    Involvement,
    Output,
    Pillar,
    PrevalenceTarget,
    Regulation,
    Strategy,
    Target,
)
from tumbuh.programme.rules import Bundle, Role
from tumbuh.programme.rules.documents import AlternativeEntry, OutputEntry, TargetEntry

Rows = Iterator[dict[str, Any]]


@dataclass(frozen=True)
class LoadResult:
    """The regulation as it stands now and what loading it changed (`difference` is false when nothing)."""

    regulation: Regulation
    difference: Difference


@transaction.atomic
def load_regulation(*, by: Actor, folder: Path) -> LoadResult:
    """Make the database equal to the folder. Loading again changes nothing and leaves no event.

    Articles, outputs and institutions keep their primary key, found by code, so that evidence stays attached.
    Raises RegulationFolderError (nothing is written) and RegulationInUseError.
    """
    bundle = read_folder(folder)
    difference = Difference()
    regulation = load_head(bundle, difference)
    institutions = load_institutions(regulation, bundle, difference)
    articles = load_articles(regulation, bundle, institutions, difference)
    outputs = load_annex(regulation, bundle, difference)
    load_duties(regulation, bundle, articles, institutions, difference)
    load_involvements(regulation, bundle, institutions, outputs, difference)
    load_notes(regulation, bundle, articles, outputs, difference)
    remove_gone(difference)
    if difference:
        regulation.loaded_at = timezone.now()
        regulation.save(update_fields=["loaded_at"])
        record_event(
            by=by,
            action="programme.regulation.loaded",
            object_kind="regulation",
            object_id=regulation.code,
            after=difference.as_dict(),
        )
    return LoadResult(regulation, difference)


def load_head(bundle: Bundle, difference: Difference) -> Regulation:
    values = asdict(bundle.regulation)
    values["stated_counts"] = [{**count, "level": count["level"].value} for count in values["stated_counts"]]
    code = bundle.regulation.code
    return merge(Regulation.objects.filter(code=code), ("code",), [values], difference)[code]


def load_institutions(regulation: Regulation, bundle: Bundle, difference: Difference) -> dict[str, Institution]:
    rows = (
        {
            "regulation_id": regulation.pk,
            "code": entry.code,
            "name": entry.name,
            "kind": entry.kind.value,
            "level": entry.level.value if entry.level else "",
            "position": position,
        }
        for position, entry in enumerate(bundle.institutions, 1)
    )
    return merge(regulation.institutions.all(), ("code",), rows, difference)


def load_articles(
    regulation: Regulation, bundle: Bundle, institutions: dict[str, Institution], difference: Difference
) -> dict[str, Article]:
    """The articles by code, with the institutions they bind and the prevalence targets they set."""
    rows = []
    shown = {clause.article: clause.shown_by for clause in bundle.clauses}
    for position, entry in enumerate(bundle.articles, 1):
        values = asdict(entry)
        values.pop("institutions")
        values |= {"regulation_id": regulation.pk, "position": position, "code": values.pop("id")}
        values["shown_by"] = shown.get(entry.id, [])
        rows.append(values | {"kind": entry.kind.value, "frequency": entry.frequency.value if entry.frequency else ""})
    articles = merge(regulation.articles.all(), ("code",), rows, difference)
    merge_institutions(
        Article.institutions.through.objects.filter(article__regulation=regulation),
        "article_id",
        ((articles[entry.id].pk, institutions[code].pk) for entry in bundle.articles for code in entry.institutions),
        difference,
    )
    targets = (
        {
            "regulation_id": regulation.pk,
            "indicator": bundle.prevalence.indicator,
            "year": entry.year,
            "percent": entry.percent,
            "article_id": articles[entry.article].pk,
        }
        for entry in bundle.prevalence.targets
    )
    merge(PrevalenceTarget.objects.filter(regulation=regulation), ("indicator", "year"), targets, difference)
    return articles


def load_annex(regulation: Regulation, bundle: Bundle, difference: Difference) -> dict[str, Output]:
    """Pillars, strategies, instruments, outputs and targets; the outputs by code."""
    ours = {"regulation_id": regulation.pk}
    pillars = merge(
        Pillar.objects.filter(regulation=regulation),
        ("number",),
        (ours | {"number": pillar.number, "title": pillar.title} for pillar in bundle.pillars),
        difference,
    )
    strategies = merge(
        Strategy.objects.filter(regulation=regulation),
        ("code",),
        (
            ours | {"pillar_id": pillars[pillar.number].pk, "code": entry.id, "position": position, "text": entry.text}
            for pillar in bundle.pillars
            for position, entry in enumerate(pillar.strategies, 1)
        ),
        difference,
    )
    instruments = merge(
        Instrument.objects.filter(regulation=regulation),
        ("code",),
        (
            ours | {"strategy_id": strategies[above.id].pk, "code": entry.id, "position": position, "text": entry.text}
            for pillar in bundle.pillars
            for above in pillar.strategies
            for position, entry in enumerate(above.instruments, 1)
        ),
        difference,
    )
    ours = Output.objects.filter(regulation=regulation)
    outputs = merge(ours, ("code",), list_outputs(regulation, bundle, instruments), difference)
    pairs = {entry.output: outputs[entry.counted_with].pk for entry in bundle.evidence if entry.counted_with}
    same = ({"code": code, "counted_with_id": pairs.get(code)} for code in outputs)
    merge(Output.objects.filter(regulation=regulation), ("code",), same, difference)
    targets = Target.objects.filter(output__regulation=regulation)
    merge(targets, ("output_id", "position"), list_targets(bundle, outputs), difference)
    return outputs


def list_outputs(regulation: Regulation, bundle: Bundle, instruments: dict[str, Instrument]) -> Rows:
    above = {
        output.id: instrument.id
        for pillar in bundle.pillars
        for strategy in pillar.strategies
        for instrument in strategy.instruments
        for output in instrument.outputs
    }
    for position, entry in enumerate(bundle.outputs, 1):
        yield {
            "regulation_id": regulation.pk,
            "instrument_id": instruments[above[entry.id]].pk,
            "code": entry.id,
            "position": position,
            "text": entry.text,
            "target_raw": entry.target_raw,
            "involvement_raw": entry.involvement_raw,
            "is_starred": bool(entry.starred_in),
            "starred_in": entry.starred_in,
            "source": entry.source,
            "evidence": [describe_evidence(one) for one in bundle.evidence if one.output == entry.id],
        }


def list_targets(bundle: Bundle, outputs: dict[str, Output]) -> Rows:
    for output in bundle.outputs:
        for position, entry in enumerate(output.targets, 1):
            values = asdict(entry) | {"output_id": outputs[output.id].pk, "position": position}
            yield values | {"per": entry.per.value if entry.per else "", "frequency": entry.frequency.value}


def load_involvements(
    regulation: Regulation,
    bundle: Bundle,
    institutions: dict[str, Institution],
    outputs: dict[str, Output],
    difference: Difference,
) -> None:
    """Names with the institutions they mean, and who stands in which output's cell."""
    names = merge(
        InstitutionName.objects.filter(regulation=regulation),
        ("text",),
        ({"regulation_id": regulation.pk, "text": entry.text} for entry in bundle.names),
        difference,
    )
    merge_institutions(
        InstitutionName.institutions.through.objects.filter(institutionname__regulation=regulation),
        "institutionname_id",
        ((names[entry.text].pk, institutions[code].pk) for entry in bundle.names for code in entry.means),
        difference,
    )
    merge(
        Involvement.objects.filter(output__regulation=regulation),
        ("output_id", "role", "position"),
        (
            {"output_id": outputs[entry.id].pk, "role": role.value, "position": position, "name_id": names[text].pk}
            for entry in bundle.outputs
            for role, texts in list_roles(entry)
            for position, text in enumerate(texts, 1)
        ),
        difference,
    )


def list_roles(entry: OutputEntry) -> list[tuple[Role, list[str]]]:
    return [(Role.RESPONSIBLE, entry.responsible), (Role.SUPPORTING, entry.supporting)]


def load_notes(
    regulation: Regulation,
    bundle: Bundle,
    articles: dict[str, Article],
    outputs: dict[str, Output],
    difference: Difference,
) -> None:
    rows = (
        {
            "regulation_id": regulation.pk,
            "code": entry.id,
            "position": position,
            "kind": entry.kind.value,
            "question": entry.question,
            "question_en": entry.question_en,
            "reading": entry.reading,
            "reading_en": entry.reading_en,
            "alternatives": [describe_alternative(other) for other in entry.alternatives],
        }
        for position, entry in enumerate(bundle.notes, 1)
    )
    notes = merge(Interpretation.objects.filter(regulation=regulation), ("code",), rows, difference)
    merge(
        InterpretationSubject.objects.filter(interpretation__regulation=regulation),
        ("interpretation_id", "article_id", "output_id"),
        (
            {
                "interpretation_id": notes[entry.id].pk,
                "article_id": articles[about].pk if about in articles else None,
                "output_id": outputs[about].pk if about in outputs else None,
            }
            for entry in bundle.notes
            for about in dict.fromkeys(entry.about)
        ),
        difference,
    )


def describe_alternative(entry: AlternativeEntry) -> dict[str, Any]:
    """The alternative as JSON; the words of targets as in the folder."""
    targets = {output: [describe_target(target) for target in entries] for output, entries in entry.targets.items()}
    return {"id": entry.id, "text": entry.text, "text_en": entry.text_en, "targets": targets}


def describe_target(entry: TargetEntry) -> dict[str, Any]:
    values = asdict(entry)
    values["quantity"] = None if entry.quantity is None else str(entry.quantity)
    return values | {"per": entry.per.label if entry.per else None, "frequency": entry.frequency.label}
