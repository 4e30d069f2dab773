"""Users with a role somewhere."""

from datetime import date

from tumbuh.accounts.api import User, assign_role, create_user
from tumbuh.audit.api import SYSTEM

PASSWORD = "padi-menguning-2026"


def make_user(username: str = "siti", *, role: str | None = None, region=None, since: date = date(2025, 1, 1)) -> User:
    """An account, with a role in a region when both are given."""
    user = create_user(by=SYSTEM, username=username, password=PASSWORD)
    if role:
        assign_role(by=SYSTEM, user=user, role=role, region=region, valid_from=since)
    return user
