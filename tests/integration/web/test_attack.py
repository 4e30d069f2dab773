"""An attacker reads every public page of a small province and knows all rules: no count of 1 to 9 follows.

What is attacked is the printed text: figures, their counts, words in the place of figures, parts by sex and age.
"""

import re
from datetime import date
from random import Random

import pytest

from tests.factories.cells import make_random_cells
from tests.unit.engines.disclosure.test_parts import attack
from tumbuh.indicators.api import AGE_GROUPS, list_definitions
from tumbuh.indicators.models import Cell
from tumbuh.indicators.rules.values import GROUPS
from tumbuh.regions.api import get_parent_code

pytestmark = pytest.mark.slow
INFINITE = 10**9
OPEN = ("91", "91.01", "91.02", "91.71")  # the province and its kabupaten/kota
MONTHS = [date(2026, 9, 1), date(2026, 10, 1)]
LINK = re.compile(r'<a class="(?:words|num)" href="/mengapa/([a-z_]+)/([\d.]+)/(\d{4}-\d\d)"[^>]*>(.*?)</a>', re.S)
CARD = re.compile(r'<li class="card figure-card">.*?</li>', re.S)
OF = re.compile(r"([\d.]+) dari ([\d.]+)")
FACT = re.compile(r'<dt>(Pembilang|Penyebut)</dt><dd>[^<]*(?:<strong class="num">([\d.]+)</strong>)?')
VALUE = re.compile(r'<p class="value">(.*?)</p>', re.S)
GROUP = re.compile(r'<tr><th scope="row">([^<]+)</th><td class="n">(.*?)</td><td class="n">(.*?)</td></tr>', re.S)
LINE = re.compile(r'<tr>\s*<th scope="row"><a href="/wilayah/([\d.]+).*?</tr>', re.S)
LABELS = {"Laki-laki": "M", "Perempuan": "F", **{f"{age.replace('-', '–')} bulan": age for age in AGE_GROUPS}}


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def to_count(text):
    return int(text.replace(".", "")) if text else None


def strip(text):
    return re.sub(r"<[^>]*>", "", text).strip()


def know(words, n, d):
    """What a printed figure says of its numerator and its denominator: two intervals."""
    among = (max(10, d - 2), d + 2) if d is not None else (0, INFINITE)
    if n is not None:
        return (max(10, n - 2), n + 2), among
    most = INFINITE if d is None else d + 2
    return {
        "belum ada data": ((0, 0), (0, 0)),
        "kurang dari 10": ((0, 9), among),
        "jumlah anak terlalu sedikit": ((0, 9), (0, 9)) if d is None else ((0, most), among),
        "disembunyikan: hampir semua anak": ((10 if d is None else d - 2, most), among),
        "disembunyikan untuk melindungi wilayah lain": ((0, most), (10, INFINITE))
        if d is None
        else ((10, most), among),
    }[words]


def read_whys(client, codes):
    """(indicator, code, month) → words, numerator, denominator, from every page Mengapa."""
    found = {}
    for indicator in [definition.code for definition in list_definitions() if definition.is_public]:
        for code in codes:
            for month in MONTHS:
                text = read(client, f"/mengapa/{indicator}/{code}/{month:%Y-%m}")
                counts = {name: to_count(number) for name, number in FACT.findall(text)}
                words = strip(VALUE.search(text)[1])
                found[indicator, code, f"{month:%Y-%m}"] = (words, counts["Pembilang"], counts["Penyebut"])
    return found


def read_groups(text):
    """Sex or age group → words, numerator, denominator; where only words are printed no denominator is known."""
    found = {}
    for label, words, counts in GROUP.findall(text):
        if label in LABELS:
            pair = OF.search(strip(counts))
            found[LABELS[label]] = (strip(words), *(map(to_count, pair.groups()) if pair else (None, None)))
    return found


def know_group(words, n, d):
    """As `know`, without a denominator beside the words."""
    if n is None and words == "jumlah anak terlalu sedikit":
        return (0, 19), (0, 19)
    return know(words, n, d)


def know_parts(printed):
    """(code, part) → what is known: nothing of a page that does not open, nobody in a group that a page leaves out."""
    opened = {code for code, _ in printed}
    rest = {code: ((0, 0), (0, 0)) if code in opened else ((0, INFINITE), (0, INFINITE)) for code in OPEN}
    return {
        (code, part): know_group(*printed[code, part]) if (code, part) in printed else rest[code]
        for code in OPEN
        for part in LABELS.values()
    }


def check_page(text, whys):
    """Every figure on a page is the one of its page Mengapa, with the same counts."""
    links = LINK.findall(text)
    assert links
    for indicator, code, month, words in links:
        assert strip(words) == whys[indicator, code, month][0], (indicator, code, month)
    for card in CARD.findall(text):
        if pair := OF.search(strip(card)):
            (link,) = LINK.findall(card)
            assert tuple(map(to_count, pair.groups())) == whys[link[:3]][1:]
    for row in LINE.finditer(text):
        among = strip(re.findall(r"<td[^>]*>(.*?)</td>", row[0], re.S)[-2])
        link = LINK.findall(row[0])[0][:3]
        assert (None if among == "–" else to_count(among)) == whys[link][2]


def list_sums(codes, parts):
    """Each total with its parts: regions by place, groups by place, regions by group."""
    sums = {}
    for code in codes:
        sums.setdefault((get_parent_code(code), ""), []).append((code, ""))
    for code, part in parts:
        sums.setdefault((get_parent_code(code), part), []).append((code, part))
    for code in {code for code, _ in parts}:
        for way in (("M", "F"), AGE_GROUPS):
            sums[code, way] = [(code, part) for part in way if (code, part) in parts]
    named = [((total[0], "") if isinstance(total[1], tuple) else total, list(keys)) for total, keys in sums.items()]
    return [(total, keys) for total, keys in named if total[0] is not None]


def get_true(sums, code, month, indicator, part):
    """The two true counts of a region's figure or of one of its groups."""
    arrays = sums.get((code, month, indicator), [[0] * len(GROUPS)] * 2)
    return [
        sum(count for group, count in zip(GROUPS, array, strict=True) if not part or part in group) for array in arrays
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_no_count_below_ten_follows_from_all_pages(client, province, seed):
    truth = make_random_cells(province, Random(seed), MONTHS)
    whys = read_whys(client, province)
    groups = {}
    for month in MONTHS:
        for code in province:
            if Cell.objects.filter(region=province[code], indicator="weighed_share", numerator__gt=0).exists():
                newest = client.get(f"/wilayah/{code}?bulan={month:%Y-%m}")
                if newest.status_code == 200:  # a village may have no figures in the newest month
                    text = newest.content.decode()
                    check_page(text, whys)
                    groups.update({(month, code, part): found for part, found in read_groups(text).items()})
    check_page(read(client, "/"), whys)
    assert groups, "parts are printed"
    assert {code for _, code, _ in groups} <= set(OPEN), "no parts of kecamatan and desa"
    checked = 0
    for month in MONTHS:
        parts = know_parts({(code, part): found for (at, code, part), found in groups.items() if at == month})
        for indicator in [definition.code for definition in list_definitions() if definition.is_public]:
            own = parts if indicator == "stunting" else {}
            figures = {(code, ""): know(*whys[indicator, code, f"{month:%Y-%m}"]) for code in province}
            figures |= own
            for side in (0, 1):
                for (code, part), pair in figures.items():
                    low, high = pair[side]
                    true = get_true(truth, code, month, indicator, part)[side]
                    assert low <= true <= high, (indicator, month, code, part, side, "as printed")
                known = attack({key: pair[side] for key, pair in figures.items()}, list_sums(province, own))
                for (code, part), (low, high) in known.items():
                    true = get_true(truth, code, month, indicator, part)[side]
                    assert low <= true <= high, (indicator, month, code, part, side)
                    assert not (1 <= true <= 9 and low == high), (indicator, month, code, part, side)
                    checked += 1 <= true <= 9
    assert checked > 20, "there were small counts to find"
