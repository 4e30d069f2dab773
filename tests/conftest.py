"""What all tests share: the database server, plain static files, both languages, no network."""

import os
import socket
from importlib.util import find_spec

if "DATABASE_URL" not in os.environ and find_spec("tests.embedded"):
    import tests.embedded  # noqa: F401  starts the built-in server and sets DATABASE_URL before Django's settings load

os.environ["TUMBUH_ROLE"] = "owner"  # tests make tables and bend them; those of the roles say another
os.environ["TUMBUH_LANG"] = "id"  # commands speak it, whatever the machine's own language

import pytest
from django.conf import settings as django_settings
from django.db import connection, transaction
from django.utils import translation

from tumbuh.accounts.api import whole_country
from tumbuh.accounts.counts import OWN
from tumbuh.config.launch.assets import compile_texts

LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def pytest_configure(config):
    """The English texts are compiled once, before the workers start."""
    if not hasattr(config, "workerinput"):
        compile_texts()


@pytest.fixture(autouse=True, scope="session")
def whole_register():
    """Tests of rooms see everybody; a request sees what its user may, because the middleware says so."""
    with whole_country("tests"):
        yield


@pytest.fixture(scope="session")
def static_root(tmp_path_factory):
    """An empty folder of collected files: whitenoise warns where there is none."""
    return tmp_path_factory.mktemp("static")


@pytest.fixture(autouse=True, scope="session")
def documents_folder(tmp_path_factory):
    """One folder for all tests, also for what a module makes before its first one: files are named by content."""
    django_settings.DOCUMENTS = tmp_path_factory.mktemp("documents")


@pytest.fixture(autouse=True)
def plain_settings(settings, static_root, tmp_path_factory):
    """No manifest of static files, an own media folder, and second factors only where a test asks for them."""
    settings.MFA_ROLES = "none"
    settings.STATIC_ROOT = static_root
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def own_language():
    """A request or a command leaves its language behind; the next test begins in the default one."""
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def once_for_all(django_db_setup, django_db_blocker):
    """A context in which rows are made that all tests of a module find, for modules without real transactions.

    One transaction lies around the module's tests, whose own are savepoints in it; at the end it is rolled back.
    """
    outer = transaction.atomic()
    outer._from_testcase = True
    with django_db_blocker.unblock():
        outer.__enter__()
    yield django_db_blocker.unblock
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """A connection to anything but this machine fails the test."""
    connect = socket.socket.connect

    def connect_locally(self, address):
        if self.family != socket.AF_UNIX and address[0] not in LOOPBACK:
            raise AssertionError(f"A test reached for the network: {address[0]}")
        return connect(self, address)

    socket.socket.connect = connect_locally
    yield
    socket.socket.connect = connect


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests with real transactions empty all tables afterwards; only there the trail may be truncated."""

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("audit_event", "audit_link", "audit_anchor"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_no_truncate")
        for name in ("measurement", "servicereceived", "healthcheck", "pregnancy", "couple", "statement"):
            cursor.execute(f"ALTER TABLE records_{name} DISABLE TRIGGER records_{name}_no_truncate")
    yield
    OWN.drop()  # or the database could not be dropped


@pytest.fixture(autouse=True)
def no_jobs_left(request, django_db_blocker):
    """Django's emptying of tables after a test with real transactions leaves out the job queue: we empty it."""
    yield
    marked = request.node.get_closest_marker("django_db")
    if {"transactional_db", "live_server"} & set(request.fixturenames) or (marked and marked.kwargs.get("transaction")):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")
