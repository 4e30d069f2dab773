"""Pure decisions about roles and scope."""

from tumbuh.accounts.rules.factors import list_factor_roles
from tumbuh.accounts.rules.granting import Held, can_grant
from tumbuh.accounts.rules.roles import (
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
)
from tumbuh.accounts.rules.scope import Scope, join_spans
from tumbuh.accounts.rules.signing import Signing

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
    "Held",
    "Role",
    "Scope",
    "Signing",
    "can_grant",
    "join_spans",
    "list_factor_roles",
]
