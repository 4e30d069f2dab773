"""Errors of the accounts room."""


class AccountError(Exception):
    """Something with an account cannot be done; the text says what and what to do."""

    code = "account"


class AlreadyStartedError(AccountError):
    """The first administrator exists already."""

    code = "already_started"


class RoleLevelError(AccountError):
    """The role cannot be held in a region of that level."""

    code = "role_level"


class NotGrantableError(AccountError):
    """The administrator may not give or end this role there, or not to this person."""

    code = "not_grantable"


class InstitutionError(AccountError):
    """The role needs an institution, or another one."""

    code = "institution"


class TakenError(AccountError):
    """The account name or the institution is there already."""

    code = "taken"


class InvitationError(AccountError):
    """The invitation cannot be used: unknown, used, replaced or expired."""

    code = "invitation"


class WorkbookError(AccountError):
    """The workbook of new accounts cannot be read, or what it holds can no longer be made."""

    code = "workbook"
