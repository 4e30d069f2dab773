"""Debian's chromium on our pages: a fresh profile for each test, and a list of everything that went wrong."""

import os
import shutil
from datetime import date

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from playwright.sync_api import sync_playwright

from tests.factories.accounts import make_user
from tests.factories.cells import make_cells
from tests.factories.regions import make_province
from tests.factories.targets import make_targets
from tumbuh.indicators.api import forget_kept

# Playwright's loop runs in this thread; Django's own guard against that knows nothing of tests.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--headless", "--no-sandbox", "--disable-quic", "--disable-background-networking", "--disable-component-update",
    "--disable-sync",
]  # fmt: skip
MONTHS = [date(2025 + (10 + step) // 12, (10 + step) % 12 + 1, 1) for step in range(12)]


@pytest.fixture(autouse=True, scope="session")
def unhashed_files():
    """The session's server starts before any test's own settings: static files as they lie in the folders."""
    settings.WHITENOISE_AUTOREFRESH = settings.WHITENOISE_USE_FINDERS = True


@pytest.fixture(scope="package")
def chromium():
    """Ended with the package: while it lives, its loop runs in this thread and no other can be started there."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        reason = "chromium is not installed: apt-get install chromium"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(reason)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def site(live_server, settings):
    """The address of a province with a year of figures, its demo ribbon on."""
    settings.DEMO = "small"
    cache.clear()
    caches["pages"].clear()
    forget_kept()
    regions = make_province()
    make_targets("91")
    make_cells(regions, months=MONTHS)
    make_user("analis", role="KABUPATEN_ANALYST", region=regions["91.01"])
    return live_server.url


@pytest.fixture
def open_page(chromium):
    """`open_page(url, width=…, scheme=…)` gives a page whose `troubles` list console errors and outside requests."""
    contexts = []

    def open_one(url: str, *, width: int = 1280, scheme: str = "light", script: bool = True):
        context = chromium.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, java_script_enabled=script, locale="id-ID"
        )
        contexts.append(context)
        page = context.new_page()
        page.troubles = []
        page.on("console", lambda message: message.type == "error" and page.troubles.append(message.text))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        origin = "/".join(url.split("/")[:3])
        page.on("request", lambda sent: sent.url.startswith((origin, "data:")) or page.troubles.append(sent.url))
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture
def sign_in():
    from tests.factories.accounts import PASSWORD

    def enter(page, site: str, login: str = "analis") -> None:
        page.goto(f"{site}/masuk")
        page.fill("[name=login]", login)
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        page.wait_for_url(f"{site}/kerja")

    return enter
