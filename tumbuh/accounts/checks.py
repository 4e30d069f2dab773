"""Says at each start (`tumbuh migrate`) and in `tumbuh check --database default` when the policies bind nobody."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import Tags, Warning, register
from django.db import connections

EXEMPT = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"


@register(Tags.database)
def check_row_level_security(databases: Sequence[str] | None = None, **options: Any) -> list[Warning]:
    """A warning for each database whose role row-level security does not bind."""
    return [
        Warning(
            f"Row-level security is not in force on the database “{alias}”: its role is exempt from it, so nothing but "
            "the application itself keeps people apart.",
            hint="Sign in as a role with NOBYPASSRLS: see docs/how-to/use-your-own-postgresql.md.",
            id="accounts.W001",
        )
        for alias in databases or ()
        if is_exempt(alias)
    ]


def is_exempt(alias: str) -> bool:
    """Whether the role passes all policies by."""
    with connections[alias].cursor() as cursor:
        cursor.execute(EXEMPT)
        return cursor.fetchone()[0]
