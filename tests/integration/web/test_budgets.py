"""What a first visit weighs, compressed: the budgets of the look."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

KIB = 1024
HTML_AND_CSS, SCRIPTS, PAGE = 60 * KIB, 40 * KIB, 120 * KIB


def weigh(content: bytes) -> int:
    return len(gzip.compress(content, 9))


def read_static(address: str) -> bytes:
    path = finders.find(address.removeprefix("/static/"))
    assert path, f"{address} is not built: run `npm ci && npm run build` in frontend/"
    return Path(path).read_bytes()


@pytest.mark.parametrize("path", ["/", "/wilayah", "/wilayah/91", "/wilayah/91.01.01.2001", "/masuk"])
def test_first_visit(client, figures, path):
    html = client.get(path).content
    linked = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', html.decode()))
    weights = {address: weigh(read_static(address)) for address in linked}
    styles = sum(size for address, size in weights.items() if address.endswith(".css"))
    scripts = sum(size for address, size in weights.items() if address.endswith(".js"))
    assert any(address.endswith(".woff2") for address in linked)
    assert weigh(html) + styles <= HTML_AND_CSS
    assert 0 < scripts <= SCRIPTS
    assert weigh(html) + sum(weights.values()) <= PAGE


def test_styles_ask_for_nothing_outside():
    sheet = read_static("/static/build/app.css").decode()
    assert "@import" not in sheet
    assert [url for url in re.findall(r"url\(([^)]*)\)", sheet) if "//" in url and "data:" not in url] == []
