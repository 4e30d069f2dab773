"""The tests' own PostgreSQL server: importing this starts it and sets DATABASE_URL.

pytest-xdist's workers inherit the address from the process that started them, so there is one server for all; it ends
with the last process that uses it.
"""

import os

from django.conf import settings

from tumbuh.config.database import parse_database_url
from tumbuh.config.launch.postgres.cluster import get_test_cluster
from tumbuh.config.launch.postgres.holding import hold_server

if "DATABASE_URL" not in os.environ:
    HOLDING = hold_server(get_test_cluster())
    os.environ["DATABASE_URL"] = HOLDING.address
    if settings.configured:  # pytest-django loads the settings before any conftest
        settings.DATABASES["default"].update(parse_database_url(HOLDING.address))
