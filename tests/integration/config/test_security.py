"""What a browser is told, what is refused before it is read, what changes with HTTPS, what a fault shows."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from tests.architecture.house import ROOT
from tests.factories.accounts import PASSWORD, make_user
from tumbuh.intake.api import MAX_BYTES

pytestmark = pytest.mark.django_db
HTTPS_PROBE = """
import json, django
django.setup()
from django.conf import settings
from django.core.checks import run_checks
names = [name for name in dir(settings) if name.isupper() and ("SECURE" in name or "COOKIE" in name)]
found = {name: getattr(settings, name) for name in names}
checks = [item.id for item in run_checks(include_deployment_checks=True) if item.id.startswith("security.")]
print(json.dumps({"settings": found, "checks": checks}))
"""


@pytest.mark.parametrize("path", ["/masuk", "/regulasi", "/tidak-ada"])
def test_headers_of_every_page(client, path):
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"] and "geolocation=()" in headers["Permissions-Policy"]
    policy = dict(part.split(maxsplit=1) for part in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]


def test_pages_of_somebody_signed_in_are_kept_by_nobody(client):
    assert "no-store" not in client.get("/regulasi").headers.get("Cache-Control", "")
    client.force_login(make_user("bidan"))
    assert "no-store" in client.get("/regulasi").headers["Cache-Control"]


def test_cookies_are_closed_to_scripts(client):
    client.get("/masuk")
    client.post("/masuk", {"login": make_user("bidan").username, "password": PASSWORD})
    client.post("/bahasa/setlang/", {"language": "en"})
    assert settings.SESSION_COOKIE_NAME in client.cookies
    assert {name: (bool(cookie["httponly"]), cookie["samesite"]) for name, cookie in client.cookies.items()} == (
        dict.fromkeys(client.cookies, (True, "Lax"))
    )


@pytest.mark.parametrize("length", [settings.REQUEST_MAX_BYTES + 1, "-1", "many"])
def test_too_large_a_body_is_refused_unread(client, length):
    class Unread:
        def read(self, *_):
            raise AssertionError("the body was read")

        readline = read

    environment = {"CONTENT_LENGTH": str(length), "wsgi.input": Unread(), "CONTENT_TYPE": "multipart/form-data"}
    page = client.request(REQUEST_METHOD="POST", PATH_INFO="/data-masuk/unggah", **environment)
    assert page.status_code == 413
    assert page.content.decode().endswith("kirim satu per satu.")


def test_the_largest_workbook_passes_the_gate():
    assert MAX_BYTES < settings.REQUEST_MAX_BYTES < MAX_BYTES * 1.2


@pytest.mark.slow
def test_https_closes_what_http_must_leave_open():
    environment = {**os.environ, "TUMBUH_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "tumbuh.config.settings"}
    done = subprocess.run(
        [sys.executable, "-c", HTTPS_PROBE], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    given = found["settings"]
    assert given["SESSION_COOKIE_SECURE"] and given["CSRF_COOKIE_SECURE"] and given["LANGUAGE_COOKIE_SECURE"]
    assert given["SESSION_COOKIE_NAME"].startswith("__Host-") and given["CSRF_COOKIE_NAME"].startswith("__Host-")
    assert given["SECURE_SSL_REDIRECT"] and given["SECURE_HSTS_SECONDS"] >= 31_536_000
    # subdomains and the preload list are the operator's to promise, not ours
    assert set(found["checks"]) <= {"security.W005", "security.W021"}


def test_a_fault_shows_nothing_of_its_inside(client, monkeypatch, caplog):
    def fail(*_args, **_options):
        raise RuntimeError("SITI AISYAH 1701014107240001")

    monkeypatch.setattr("tumbuh.web.accounts.security.views.SignIn.get", fail)
    page = Client(raise_request_exception=False).get("/masuk?q=RAHASIA")
    assert page.status_code == 500
    text = page.content.decode()
    assert "SITI" not in text and "Traceback" not in text and "tumbuh/" not in text
    assert "RAHASIA" not in caplog.text.split("Traceback")[0]


def test_debug_is_off_unless_asked_for():
    assert settings.DEBUG is False
