"""The duties of the articles and what proves outputs, from the folder into the database."""

from dataclasses import asdict
from typing import Any

from tumbuh.programme.actions.merging import Difference, merge, merge_institutions
from tumbuh.programme.models import Article, Duty, Institution, Regulation
from tumbuh.programme.rules import Bundle
from tumbuh.programme.rules.documents import DutyEntry, EvidenceEntry

RULE = ("targets", "documents", "activities", "partners", "convergence", "system", "indicator", "confirmed", "left_out")
NOTES = ("note", "note_en")


def load_duties(
    regulation: Regulation,
    bundle: Bundle,
    articles: dict[str, Article],
    institutions: dict[str, Institution],
    difference: Difference,
) -> None:
    """The duties with who owes them."""
    rows = (
        {
            "regulation_id": regulation.pk,
            "article_id": articles[entry.article].pk,
            "code": entry.id,
            "position": position,
            **{name: getattr(entry, name) for name in ("text", "text_en", "years", "quantity", "unit", *NOTES)},
            "per": entry.per.value if entry.per else "",
            "frequency": entry.frequency.value,
            "at_least": entry.at_least,
            "cumulative": entry.cumulative,
            "evidence": describe_evidence(entry),
        }
        for position, entry in enumerate(bundle.duties, 1)
    )
    duties = merge(regulation.duties.all(), ("code",), rows, difference)
    merge_institutions(
        Duty.institutions.through.objects.filter(duty__regulation=regulation),
        "duty_id",
        ((duties[entry.id].pk, institutions[code].pk) for entry in bundle.duties for code in entry.institutions),
        difference,
    )


def describe_evidence(entry: EvidenceEntry | DutyEntry) -> dict[str, Any]:
    """The entry as JSON, levels by their codes, without what is empty; notes only where an output's entry has them."""
    values = asdict(entry)
    kept = {name: values[name] for name in RULE if values.get(name)}
    kept |= {"levels": [level.value for level in entry.levels]} if entry.levels else {}
    if isinstance(entry, EvidenceEntry):
        kept |= {name: values[name] for name in NOTES if values[name]}
    return kept
