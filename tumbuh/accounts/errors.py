"""Errors of the accounts room."""


class AccountError(Exception):
    """Something with an account cannot be done; the text says what and what to do."""

    code = "account"


class AlreadyStartedError(AccountError):
    """The first administrator exists already."""

    code = "already_started"
