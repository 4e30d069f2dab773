"""Addresses of pages about packages, whatever data set they hold."""

from typing import Any

from django import template

from tumbuh.web.verification.addresses import find_address

register = template.Library()


@register.simple_tag
def package_url(name: str, data_set: str, *args: Any) -> str:
    """As `url`, for a page that every data set has."""
    return find_address(name, data_set, *args)
