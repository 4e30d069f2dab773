"""The log tells where and why something failed, and nothing about a person."""

import logging
import sys

import psycopg
import pytest
from django.db import IntegrityError

from tumbuh.config.logs import LineFormatter

NAME = "SITI AISYAH"
MESSAGE = f'new row violates check constraint "weight"\nDETAIL:  Failing row contains (7, {NAME},\n2024-07-01).'


def write(error: Exception) -> str:
    try:
        raise error
    except Exception:
        return LineFormatter("%(message)s").format(
            logging.LogRecord("x", logging.ERROR, "", 0, "Job failed", (), sys.exc_info())
        )


def wrap(cause: psycopg.Error) -> Exception:
    try:
        raise IntegrityError(*cause.args) from cause
    except IntegrityError as error:
        return error


def wrap_again(cause: psycopg.Error) -> Exception:
    error = RuntimeError("the import stopped")
    error.__cause__ = wrap(cause)
    return error


@pytest.mark.parametrize("dress", [lambda error: error, wrap, wrap_again])
def test_details_of_a_database_error_stay_out(dress):
    text = write(dress(psycopg.errors.CheckViolation(MESSAGE)))
    assert NAME not in text and "2024-07-01" not in text and "DETAIL" not in text
    assert 'new row violates check constraint "weight"' in text
    assert "Job failed" in text and "Traceback" in text


def test_other_errors_are_told_whole():
    assert "one\ntwo" in write(ValueError("one\ntwo"))
