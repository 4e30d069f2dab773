"""The door of the accounts room."""

from tumbuh.accounts.actions import assign_role, create_user
from tumbuh.accounts.models import Assignment, User
from tumbuh.accounts.queries import find_user, get_scope, list_assignments
from tumbuh.accounts.rules import (
    IMPORT,
    MANAGE_ACCOUNTS,
    MANAGE_REGIONS,
    READ_FIGURES,
    READ_PEOPLE,
    ROLES,
    UNDO_IMPORT,
    Role,
    Scope,
)

__all__ = [
    "IMPORT",
    "MANAGE_ACCOUNTS",
    "MANAGE_REGIONS",
    "READ_FIGURES",
    "READ_PEOPLE",
    "ROLES",
    "UNDO_IMPORT",
    "Assignment",
    "Role",
    "Scope",
    "User",
    "assign_role",
    "create_user",
    "find_user",
    "get_scope",
    "list_assignments",
]
