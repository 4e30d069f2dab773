"""A regulation with nothing but its yearly targets."""

from datetime import date
from decimal import Decimal

from tumbuh.programme.api import Article, PrevalenceTarget, Regulation

PERCENTS = {2025: "17.7", 2026: "16.9", 2027: "15.9", 2028: "15.0", 2029: "14.1"}


def make_targets(province: str) -> Regulation:
    """The regulation of a province, in force since 2025."""
    day = date(2025, 1, 1)
    regulation = Regulation.objects.create(
        code="anu-2025-1", type="Peraturan Gubernur", number="1", year=2025, title="Contoh", title_en="Sample",
        issuer="Gubernur", province_code=province, enacted_on=day, promulgated_on=day, valid_from=day,
        first_year=2025, last_year=2029,
    )  # fmt: skip
    article = Article.objects.create(
        regulation=regulation, code="PS3", position=1, number=3, kind="TARGET", text="Target"
    )
    for year, percent in PERCENTS.items():
        PrevalenceTarget.objects.create(
            regulation=regulation, indicator="stunting", year=year, percent=Decimal(percent), article=article
        )
    return regulation
