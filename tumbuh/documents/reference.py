"""The page docs/reference/documents.md, written from the kinds and the rules."""

from tumbuh.accounts.api import MANAGE_DOCUMENTS, MANAGE_OWN_DOCUMENTS, READ_DOCUMENTS, ROLES
from tumbuh.documents.queries.kinds import list_kinds
from tumbuh.documents.rules import Kind
from tumbuh.documents.rules.table import COLUMNS
from tumbuh.lib.attachments.api import AttachmentKind, ErrorCode, Limits
from tumbuh.lib.attachments.errors import SENTENCES

INTRO = """# Documents: kinds, rights, files

Generated from `definitions/documents/kinds.yaml`, `tumbuh/documents` and `tumbuh/lib/attachments`; do not edit here.

A document is a file with what it is, whose it is and which year it serves. The same file for the same region, kind and
year is the same document. Published documents are everybody's; all others are read and managed by role.
"""


def render_reference() -> str:
    """The page, in English with the Indonesian labels."""
    parts = [INTRO, "## Kinds", *list_kind_rows(), "## Who may do what", *list_rights(), "## Files", *list_files()]
    return (
        "\n\n".join([*parts, "## Why a file is not taken", *list_refusals(), "## Bulk table", *list_columns()]) + "\n"
    )


def list_kind_rows() -> list[str]:
    rows = ["| code | Indonesian | English | levels | year | number and date | usually published |",
            "| --- | --- | --- | --- | --- | --- | --- |"]  # fmt: skip
    return ["\n".join(rows + [describe_kind(kind) for kind in list_kinds().values()])]


def describe_kind(kind: Kind) -> str:
    levels = ", ".join(level.name for level in sorted(kind.levels))
    marks = ["yes" if is_so else "" for is_so in (kind.is_yearly, kind.is_legal, kind.is_open)]
    return f"| `{kind.code}` | {kind.label} | {kind.label_en} | {levels} | {' | '.join(marks)} |"


def list_rights() -> list[str]:
    rows = ["| role | reads unpublished documents | manages documents |", "| --- | --- | --- |"]
    for role in ROLES.values():
        reads = "of the region and below" if READ_DOCUMENTS in role.permissions else ""
        manages = "of the region and below" if MANAGE_DOCUMENTS in role.permissions else ""
        if MANAGE_OWN_DOCUMENTS in role.permissions:
            manages = "of the very region"
        if reads or manages:
            rows.append(f"| `{role.code}` | {reads} | {manages} |")
    return ["\n".join(rows)]


def list_files() -> list[str]:
    limits = Limits()
    kinds = ", ".join(f"`{kind.suffixes[0]}`" for kind in AttachmentKind)
    facts = [
        f"- Taken, by content: {kinds}. The name must not say otherwise.",
        f"- At most {limits.file_bytes // 1_000_000} MB; unfolded at most {limits.unzipped_bytes // 1_000_000} MB; "
        f"pictures at most {limits.pixels // 1_000_000} million pixels, drawn anew without place and camera.",
        f"- Looked into by a process with {limits.memory_bytes // 1_000_000} MB of memory and {limits.cpu_seconds} "
        "seconds of processor time.",
        "- Handed out only as an attachment, never shown by the browser, never under an address of its own.",
    ]
    return ["\n".join(facts)]


def list_refusals() -> list[str]:
    rows = ["| code | Indonesian | English |", "| --- | --- | --- |"]
    rows += [f"| `{code}` | {SENTENCES[code][0]} | {SENTENCES[code][1]} |" for code in ErrorCode]
    return ["\n".join(rows)]


def list_columns() -> list[str]:
    return ["Columns, in any order: " + ", ".join(f"*{heading}*" for heading in COLUMNS.values()) + "."]
