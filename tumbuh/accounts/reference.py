"""Roles and institutions as pages of the reference documentation."""

from tumbuh.accounts.rules import NEEDED, ROLES, InstitutionKind, Role
from tumbuh.accounts.sources.institutions import Listed, list_listed

HEADING = """# Roles

Generated from `tumbuh/accounts/rules/roles.py` by `tumbuh docs build`; change it there.

A role is given to a user for one region and reaches that region and everything below it. Who holds no role reads
what is published, without an account.

| Role | Label | What for | Held at | Permissions | Second factor |
| --- | --- | --- | --- | --- | --- |
"""
INSTITUTIONS = """# Institutions

Generated from `definitions/institutions.yaml` and `tumbuh/accounts/rules/institutions.py` by `tumbuh docs build`.

`tumbuh institutions load` makes one of each entry in every region of its level and can be run again at any time. An
entry without a level is only a name, of people or of many, so that every name which a regulation uses is found here
exactly once, under the code that the regulation's own file gives it. Puskesmas come from the list of facilities.

## Roles and institutions

Roles that are not named are held for any institution of their region or above it, or for none.

| Role | Kinds of institution | Needed | Also one of a region above |
| --- | --- | --- | --- |
"""
LIST = """
## The list

| Code | Name | Short | Kind | Level | Called by texts |
| --- | --- | --- | --- | --- | --- |
"""


def render_roles() -> str:
    """The whole page: one line per role, in the order of the table."""
    return HEADING + "".join(f"{_line(role)}\n" for role in ROLES.values())


def _line(role: Role) -> str:
    levels = ", ".join(level.name for level in sorted(role.levels))
    permissions = ", ".join(f"`{permission}`" for permission in sorted(role.permissions)) or "none"
    factor = "asked for" if role.needs_mfa else "not by default"
    return f"| `{role.code}` | {role.label} | {role.description} | {levels} | {permissions} | {factor} |"


def render_institutions() -> str:
    """The whole page: which role needs which kind, and every entry of the list in its order."""
    needs = ""
    for role, needed in NEEDED.items():
        kinds = ", ".join(f"`{kind}`" for kind in InstitutionKind if kind in needed.kinds)
        needs += f"| `{role}` | {kinds} | {_say(needed.is_required)} | {_say(needed.may_lie_above)} |\n"
    return INSTITUTIONS + needs + LIST + "".join(f"{_entry(entry)}\n" for entry in list_listed())


def _entry(entry: Listed) -> str:
    level = entry.level.name if entry.level else "–"
    names = "; ".join(entry.aliases)
    return f"| `{entry.code}` | {entry.name} | {entry.short_name or '–'} | `{entry.kind}` | {level} | {names} |"


def _say(value: bool) -> str:
    return "yes" if value else "no"
