"""The home of somebody at work."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from tumbuh.accounts.api import IMPORT, READ_FIGURES
from tumbuh.indicators.api import latest_month, list_cells, list_definitions
from tumbuh.regions.api import Region
from tumbuh.verification.api import list_official
from tumbuh.web.accounts.imports import list_waiting
from tumbuh.web.activities.duties import list_activity_duties
from tumbuh.web.indicators.figures import list_months, read_profile, read_trees
from tumbuh.web.indicators.pages import STUNTING, WEIGHED, make_cards
from tumbuh.web.indicators.sentences import find_target, tell_region
from tumbuh.web.indicators.targets import list_targets
from tumbuh.web.programme.mine import list_duties as list_obligations
from tumbuh.web.records.lost import list_care_duties
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count
from tumbuh.web.templatetags.numbers import month as write_month
from tumbuh.web.verification.duties import list_duties


def read_work(request: HttpRequest, region: Region) -> dict[str, Any]:
    """What the page shows for one of the user's regions: at most eleven queries."""
    newest = latest_month(region.code)
    page: dict[str, Any] = {"my_region": region, "region": region, "month": newest, "page_period": newest}
    page["waiting"] = list_waiting(request.user) if may(request, IMPORT, region.pk) else []
    page["may_import"] = may(request, IMPORT, region.pk)
    if newest is not None:
        months = list_months(newest)
        codes = [definition.code for definition in list_definitions()]
        is_exact = may(request, READ_FIGURES, region.pk)
        trees = None if is_exact else read_trees(region, months, newest, codes)
        cells = list_cells(region, months[0], newest) if is_exact else []
        profile = read_profile(region, cells, trees, list_official([region.pk], months))
        stunting, weighed = (profile.get(code, {}).get(newest) for code in (STUNTING, WEIGHED))
        target = find_target(list_targets(region), newest.year)
        page["sentence"] = tell_region(region.full_name, newest, stunting, weighed, target)
        page["cards"] = make_cards(profile, months, newest)
        page["missing"] = weighed.missing if weighed else None
    duties = [
        *list_duties(request, region, newest),
        *list_obligations(request),
        *list_activity_duties(request, region),
        *list_care_duties(request, region),
    ]
    page["steps"] = [*duties, *list_steps(page)]
    return page


def list_steps(page: dict[str, Any]) -> list[tuple[str, str, str]]:
    """(address, what to do, why) in the order in which to do it."""
    words = gettext("Lanjutkan impor {file}")
    steps = [
        (f"/data-masuk/{found.pk}", words.format(file=found.file_name), found.get_state_display())
        for found in page["waiting"]
    ]
    if page["may_import"]:
        why = gettext("Buku kerja e-PPGBM dari desa atau puskesmas; diperiksa dulu sebelum disimpan.")
        steps.append(("/data-masuk/unggah", gettext("Unggah data bulan ini"), why))
    if page.get("missing"):
        words = gettext("{missing} balita terdaftar belum ditimbang pada {month}.")
        why = words.format(missing=count(page["missing"]), month=write_month(page["month"]))
        steps.append((f"/wilayah/{page['region'].code}", gettext("Lihat di mana balita belum ditimbang"), why))
    return steps
