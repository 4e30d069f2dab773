"""Targets in words: one sentence for each structured target."""

from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from tumbuh.programme.api import Frequency, Per, Target

PLACES = {Per.PROVINSI, Per.KABUPATEN, Per.KECAMATAN, Per.DESA}


def say_target(target: Target) -> str:
    """“Setiap tahun 2026–2029: paling sedikit 1 forum di setiap kecamatan”."""
    parts = {"when": say_when(target), "what": say_what(target)}
    return gettext("%(when)s: %(what)s") % parts


def say_when(target: Target) -> str:
    years = say_years(target.years)
    if not years:
        return gettext("Setiap tahun") if target.frequency == Frequency.YEARLY else gettext("Tanpa tahun")
    if len(target.years) == 1:
        return years
    words = {
        Frequency.ONCE: gettext("Satu kali dalam %(years)s"),
        Frequency.YEARLY: gettext("Setiap tahun %(years)s"),
        Frequency.STANDING: gettext("Terus-menerus %(years)s"),
        Frequency.PHASED: gettext("Bertahap %(years)s"),
    }
    return words[Frequency(target.frequency)] % {"years": years}


def say_years(years: list[int]) -> str:
    """“2026–2029”, “2026”, “2026, 2028” or nothing."""
    if len(years) > 2 and years == list(range(years[0], years[-1] + 1)):
        return f"{years[0]}–{years[-1]}"
    return ", ".join(map(str, years))


def say_what(target: Target) -> str:
    """Quantity, unit and place; a share is told with what it is a share of."""
    if target.unit == "%":
        return say_share(target)
    what = target.unit if target.quantity is None else f"{say_number(target.quantity)} {target.unit}"
    if target.at_least:
        what = gettext("paling sedikit %(what)s") % {"what": what}
    if target.cumulative and target.quantity is not None:
        what = gettext("%(what)s (jumlah berjalan)") % {"what": what}
    return what + say_place(target)


def say_share(target: Target) -> str:
    """A percentage; over several years a cumulative one is a yearly step."""
    share = {"share": say_number(target.quantity), "of": Per(target.per).label if target.per else ""}
    if target.cumulative and len(target.years) > 1:
        return gettext("bertambah %(share)s poin persen %(of)s") % share
    return gettext("%(share)s persen %(of)s") % share


def say_place(target: Target) -> str:
    if target.per == Per.TIER:
        return gettext(" di setiap tingkat")
    if target.per == Per.PROVINSI:
        return gettext(" di provinsi")
    return gettext(" di setiap %(place)s") % {"place": Per(target.per).label} if target.per in PLACES else ""


def say_number(number: Decimal) -> str:
    whole = number == number.to_integral()
    return number_format(int(number) if whole else number.normalize(), force_grouping=True)


def say_outline(articles: int, outputs: int, pillars: int) -> str:
    """“87 butir pasal dan 107 keluaran dalam 5 pilar”."""
    counts = {"articles": articles, "outputs": outputs, "pillars": pillars}
    return gettext("%(articles)d butir pasal dan %(outputs)d keluaran dalam %(pillars)d pilar") % counts


def say_found(articles: int, outputs: int) -> str:
    """What a search found, in one sentence."""
    if not articles and not outputs:
        return gettext("Tidak ada butir pasal dan tidak ada keluaran yang cocok.")
    found = ngettext("%(outputs)d keluaran", "%(outputs)d keluaran", outputs) % {"outputs": outputs}
    also = ngettext("%(articles)d butir pasal", "%(articles)d butir pasal", articles) % {"articles": articles}
    return gettext("%(found)s dan %(also)s yang cocok.") % {"found": found, "also": also}
