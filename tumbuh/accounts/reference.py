"""The roles as a page of the reference documentation."""

from tumbuh.accounts.rules import ROLES, Role

HEADING = """# Roles

Generated from `tumbuh/accounts/rules/roles.py` by `tumbuh docs build`; change it there.

A role is given to a user for one region and reaches that region and everything below it. Who holds no role reads
what is published, without an account.

| Role | Label | What for | Held at | Permissions | Second factor |
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
