"""The definitions of target groups and services, read once per process."""

from functools import cache

from django.conf import settings

from tumbuh.engines.convergence.api import Content, read_content


@cache
def get_content() -> Content:
    """Groups, codes, rules and the limit of poverty; DefinitionError names what is wrong in which file."""
    return read_content(settings.DEFINITIONS)
