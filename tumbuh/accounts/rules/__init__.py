"""Pure decisions about roles and scope."""

from tumbuh.accounts.rules.factors import list_factor_roles
from tumbuh.accounts.rules.granting import Held, can_grant
from tumbuh.accounts.rules.institutions import (
    ADDED_KINDS,
    NEEDED,
    InstitutionKind,
    Needed,
    can_serve,
    get_needed,
)
from tumbuh.accounts.rules.invitations import can_accept, hash_token, make_token
from tumbuh.accounts.rules.roles import (
    IMPORT,
    MANAGE_ACCOUNTS,
    MANAGE_ACTIVITIES,
    MANAGE_DEADLINES,
    MANAGE_PROGRAMME,
    MANAGE_REGIONS,
    PUBLIC,
    READ_ACTIVITIES,
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
)
from tumbuh.accounts.rules.scope import Scope, join_spans
from tumbuh.accounts.rules.signing import Signing

__all__ = [
    "ADDED_KINDS",
    "IMPORT",
    "MANAGE_ACCOUNTS",
    "MANAGE_ACTIVITIES",
    "MANAGE_DEADLINES",
    "MANAGE_PROGRAMME",
    "MANAGE_REGIONS",
    "NEEDED",
    "PUBLIC",
    "READ_ACTIVITIES",
    "READ_AUDIT",
    "READ_FIGURES",
    "READ_PEOPLE",
    "ROLES",
    "SUBMIT",
    "UNDO_IMPORT",
    "VERIFY_KABUPATEN",
    "VERIFY_KECAMATAN",
    "VERIFY_PROVINSI",
    "Held",
    "InstitutionKind",
    "Needed",
    "Role",
    "Scope",
    "Signing",
    "can_accept",
    "can_grant",
    "can_serve",
    "get_needed",
    "hash_token",
    "join_spans",
    "list_factor_roles",
    "make_token",
]
