"""The page docs/reference/notifications.md, written from the kinds."""

from tumbuh.notifications.queries.kinds import read_kinds

INTRO = """# Notices

Generated from `definitions/notifications/kinds.yaml`; do not edit here. A notice stands on the page *Pemberitahuan*;
what else happens with it is the user's choice for each kind, and until they choose it is the channel given here:
`IN_APP` (that page alone), `DIGEST` (one letter a day), `EMAIL` (a letter at once), `WEBHOOK` (a text message at once,
by a gateway). A kind that *gathers* is told again under the same key by a higher count on the same notice; any other
kind is told once. Texts name regions, months and numbers, never a child.
"""


def render_reference() -> str:
    """The page: a table of the kinds, then what each says in both languages."""
    kinds = read_kinds().values()
    rows = [
        "| kind | what it is about | channel | gathers | can be off | link |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    rows += [
        f"| `{kind.code}` | {kind.label['id']} ({kind.label['en']}) | {kind.channel} | {'yes' if kind.gathers else ''} "
        f"| {'yes' if kind.can_be_off else '**no**'} | `{kind.link}` |"
        for kind in kinds
    ]
    texts = [
        f"### `{kind.code}`\n\n"
        + "\n".join(f"- {kind.subject[language]}: {kind.text[language]}" for language in ("id", "en"))
        for kind in kinds
    ]
    return "\n\n".join([INTRO, "\n".join(rows), "## Texts", *texts]) + "\n"
