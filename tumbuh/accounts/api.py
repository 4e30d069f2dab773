"""The door of the accounts room."""

from tumbuh.accounts.acting import acting_as, acting_for, acting_for_scope, whole_country
from tumbuh.accounts.actions.accounts import assign_role, create_first_user, create_user, settle_province
from tumbuh.accounts.actions.delegation import end_role, grant_role, set_active
from tumbuh.accounts.actions.sessions import end_sessions, raise_stamp
from tumbuh.accounts.actions.signing import record_failure, record_signing
from tumbuh.accounts.errors import AccountError, AlreadyStartedError, NotGrantableError, RoleLevelError
from tumbuh.accounts.models import Assignment, User
from tumbuh.accounts.queries import (
    find_account,
    find_settling,
    find_user,
    get_scope,
    get_scopes,
    has_users,
    list_assignments,
)
from tumbuh.accounts.reference import render_roles
from tumbuh.accounts.rules import (
    IMPORT,
    MANAGE_ACCOUNTS,
    MANAGE_DEADLINES,
    MANAGE_PROGRAMME,
    MANAGE_REGIONS,
    PUBLIC,
    READ_AUDIT,
    READ_FIGURES,
    READ_PEOPLE,
    ROLES,
    SUBMIT,
    UNDO_IMPORT,
    VERIFY_KABUPATEN,
    VERIFY_KECAMATAN,
    VERIFY_PROVINSI,
    Role,
    Scope,
    Signing,
    list_factor_roles,
)
from tumbuh.accounts.tasks import settle_province_job

__all__ = [
    "IMPORT",
    "MANAGE_ACCOUNTS",
    "MANAGE_DEADLINES",
    "MANAGE_PROGRAMME",
    "MANAGE_REGIONS",
    "PUBLIC",
    "READ_AUDIT",
    "READ_FIGURES",
    "READ_PEOPLE",
    "ROLES",
    "SUBMIT",
    "UNDO_IMPORT",
    "VERIFY_KABUPATEN",
    "VERIFY_KECAMATAN",
    "VERIFY_PROVINSI",
    "AccountError",
    "AlreadyStartedError",
    "Assignment",
    "NotGrantableError",
    "Role",
    "RoleLevelError",
    "Scope",
    "Signing",
    "User",
    "acting_as",
    "acting_for",
    "acting_for_scope",
    "assign_role",
    "create_first_user",
    "create_user",
    "end_role",
    "end_sessions",
    "find_account",
    "find_settling",
    "find_user",
    "get_scope",
    "get_scopes",
    "grant_role",
    "has_users",
    "list_assignments",
    "list_factor_roles",
    "raise_stamp",
    "record_failure",
    "record_signing",
    "render_roles",
    "set_active",
    "settle_province",
    "settle_province_job",
    "whole_country",
]
