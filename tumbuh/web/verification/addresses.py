"""Where the pages of a data set stand: measurements where they always stood, the others below their own word."""

from typing import Any

from django.urls import reverse

from tumbuh.verification.api import GROWTH, SERVICES, DataSet

WORDS: dict[DataSet, str] = {GROWTH: "", SERVICES: "layanan"}  # in the address, and before the name of a route


def name_route(name: str, data_set: str) -> str:
    """The route of that name for the data set."""
    return name if data_set == GROWTH else f"{DataSet(data_set)}_{name}"


def find_address(name: str, data_set: str, *args: Any) -> str:
    """The address of a page of the data set."""
    return reverse(name_route(name, data_set), args=args)
