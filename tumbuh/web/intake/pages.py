"""What the pages of an import show, put into words."""

from typing import Any

from django.utils.translation import get_language, gettext

from tumbuh.accounts.api import READ_PEOPLE, User, get_scope
from tumbuh.intake.api import (
    GUESS,
    WORKING,
    Decision,
    Import,
    Outcome,
    Row,
    State,
    can_undo,
    count_undecided,
    find_source,
    list_choices,
    list_examples,
    list_reasons,
    list_source_fields,
    list_source_names,
    render_reason,
)
from tumbuh.records.api import Person
from tumbuh.regions.api import get_code

LOOKS = {
    State.UPLOADED: ("clock", "info"), State.CONFIRM: ("alert", "warn"), State.CHECKING: ("clock", "info"),
    State.PREVIEW: ("alert", "warn"), State.COMMITTING: ("clock", "info"), State.COMMITTED: ("check", "good"),
    State.UNDOING: ("clock", "info"), State.UNDONE: ("cross", "plain"), State.CANCELLED: ("cross", "plain"),
    State.REFUSED: ("cross", "bad"),
}  # fmt: skip
OUTCOME_LOOKS = {
    Outcome.NEW: ("up", "good"), Outcome.CHANGED: ("next", "info"), Outcome.ALREADY_THERE: ("same", "plain"),
    Outcome.NEEDS_REVIEW: ("alert", "warn"), Outcome.REFUSED: ("cross", "bad"),
}  # fmt: skip


def describe_import(job: Import) -> dict[str, Any]:
    """The import with its state in words, icon and colour."""
    icon, look = LOOKS[State(job.state)]
    return {"job": job, "state": gettext(State(job.state).label), "icon": icon, "look": look}


def read_page(user: User, job: Import) -> dict[str, Any]:
    """All that the import's page shows in its state."""
    page = describe_import(job) | {
        "source": name_source(job.source),
        "is_working": job.state in WORKING,
        "percent": min(100, round(100 * job.rows_done / job.rows_total)) if job.rows_total else None,
        "sentence": say(job),
    }
    if job.state == State.CONFIRM:
        page |= describe_columns(job)
    if job.state in {State.PREVIEW, State.COMMITTED, State.UNDONE}:
        page |= describe_result(job)
    if job.state in {State.PREVIEW, State.COMMITTED}:
        page |= {"undecided": count_undecided(job), "decided": job.rows.filter(
            outcome=Outcome.NEEDS_REVIEW).exclude(decision="").count()}  # fmt: skip
    return page | {"may_undo": can_undo(user, job)}


def say(job: Import) -> str:
    """The one sentence above the page."""
    counts = job.counts
    values = {"file": job.file_name, "rows": counts.get("rows", 0), "new": counts.get("new", 0),
              "changed": counts.get("changed", 0), "refused": counts.get("refused", 0),
              "review": counts.get("needs_review", 0)}  # fmt: skip
    sentences = {
        State.UPLOADED: gettext("%(file)s sedang dibaca."),
        State.CONFIRM: gettext("%(file)s sudah dibaca: pastikan arti kolomnya."),
        State.CHECKING: gettext("%(file)s sedang diperiksa; belum ada yang disimpan."),
        State.PREVIEW: gettext(
            "%(rows)d baris diperiksa: %(new)d baru, %(changed)d berubah, %(review)d perlu ditinjau, "
            "%(refused)d ditolak. Belum ada yang disimpan."
        ),
        State.COMMITTING: gettext("%(file)s sedang disimpan."),
        State.COMMITTED: gettext("%(file)s tersimpan: %(new)d baris baru, %(changed)d berubah, %(refused)d ditolak.")
        if find_source(job.source)
        else gettext("%(file)s tersimpan: %(new)d pengukuran baru, %(changed)d berubah, %(refused)d ditolak."),
        State.UNDOING: gettext("Impor %(file)s sedang dibatalkan."),
        State.UNDONE: gettext("Impor %(file)s sudah dibatalkan; isinya tidak dihitung lagi."),
        State.CANCELLED: gettext("Impor %(file)s dihentikan; tidak ada yang disimpan."),
        State.REFUSED: gettext("%(file)s tidak dapat diterima."),
    }  # fmt: skip
    return sentences[State(job.state)] % values


def describe_columns(job: Import) -> dict[str, Any]:
    """The sheets, and what a list may leave to be said once for all of its lines: desa and month."""
    source, desa = find_source(job.source), job.columns.get("desa")
    names = {field.name: label_of(field) for field in list_source_fields(job.source)}
    sheets = enumerate(job.columns.get("sheets", []))
    return {
        "sheets": [describe_sheet(number, sheet, names) for number, sheet in sheets],
        "sources": list_source_choices(), "is_list": source is not None, "note": source.note if source else "",
        "is_monthly": source is not None and source.is_monthly,
        "desa_code": get_code(desa) if desa else "", "month": job.columns.get("month", "")[:7],
    }  # fmt: skip


def describe_sheet(number: int, sheet: dict[str, Any], names: dict[str, str]) -> dict[str, Any]:
    """A sheet with its columns, samples and guesses."""
    reading = sheet["reading"]
    columns = [
        {**column, "name": f"c{number}-{column['index']}-{column['visit']}",
         "samples": sheet["samples"].get(str(column["index"]), []), "is_sure": column["confidence"] >= 0.9}
        for column in reading["columns"]
    ]  # fmt: skip
    return {"number": number, "title": reading["sheet"], "rows": sheet["rows"], "use": sheet["use"],
            "hidden": sheet["hidden"], "header_row": reading["header_row"], "columns": columns,
            "missing": [names.get(name, name) for name in reading["missing"]],
            "fields": sorted(names.items(), key=lambda item: item[1])}  # fmt: skip


def name_source(name: str) -> str:
    """A source in the reader's language."""
    source = find_source(name)
    if source is None:
        return "" if name == GUESS else "e-PPGBM"
    return source.title_en if is_english() else source.title


def list_source_choices() -> list[tuple[str, str]]:
    """Every source with its name in words."""
    return [(name, name_source(name)) for name in list_source_names()]


def label_of(field: Any) -> str:
    return field.label_en if is_english() else field.label


def is_english() -> bool:
    return (get_language() or "id").startswith("en")


def describe_result(job: Import) -> dict[str, Any]:
    """Counts with examples, reasons by code."""
    outcomes = []
    examples, firsts = list_examples(job), list_reasons(job)
    for outcome, (icon, look) in OUTCOME_LOOKS.items():
        count = job.counts.get(outcome, 0)
        outcomes.append({"label": gettext(outcome.label), "icon": icon, "look": look, "count": count,
                         "examples": [describe_row(row) for row in examples.get(outcome, [])]})  # fmt: skip
    return {
        "outcomes": outcomes,
        "reasons": [
            {**reason, "text": write_reason(firsts[reason["code"]]) if reason["code"] in firsts else reason["code"]}
            for reason in job.counts.get("reasons", [])[:30]
        ],
        "zscores": job.counts.get("zscores", {}),
        "to_correct": job.counts.get("refused", 0) + job.counts.get("needs_review", 0),
        "is_figures": (source := find_source(job.source)) is not None and source.figures is not None,
        "to_save": job.counts.get("new", 0) + job.counts.get("changed", 0),
    }


def write_reason(reason: dict[str, Any]) -> str:
    """A stored reason in the reader's language."""
    if not is_english():
        return reason["message"]
    return render_reason(reason["column"], reason["code"], reason["values"], "en")


def describe_row(row: Row) -> dict[str, Any]:
    """A row with what can be read of it and what is said about it."""
    return {"row": row,
            "reasons": [{"column": reason["column"], "severity": reason["severity"], "text": write_reason(reason)}
                        for reason in row.reasons]}  # fmt: skip


def name_choice(row: Row, choice: Decision) -> str:
    """The choice in words; lists are not only of children."""
    words = {Decision.SAME: gettext("Orang yang sama"), Decision.OTHER: gettext("Orang lain")}
    return words.get(choice) if row.told is not None and choice in words else gettext(Decision(choice).label)


def describe_rows(user: User, rows: Any) -> list[dict[str, Any]]:
    """Waiting rows with the child or row that each may belong with, as far as the user may see it, and the choices."""
    rows = list(rows)
    scope = get_scope(user, READ_PEOPLE)
    people = (
        Person.objects.filter(scope.q("desa_id"))
        .select_related("desa")
        .in_bulk([r.person_id for r in rows if r.person_id])
    )
    others = Row.objects.in_bulk([row.same_as for row in rows if row.same_as])
    return [
        describe_row(row) | {
            "person": people.get(row.person_id), "other": others.get(row.same_as),
            "choices": [(choice.value, name_choice(row, choice)) for choice in list_choices(row)],
        }
        for row in rows
    ]  # fmt: skip
