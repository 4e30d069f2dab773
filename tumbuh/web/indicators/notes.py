"""The two numbers in words that can be read aloud."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from tumbuh.engines.reconcile.api import Comparison, Estimate, Note
from tumbuh.indicators.api import SurveyEntry, TwoNumbers
from tumbuh.regions.api import Level, Region
from tumbuh.web.templatetags.numbers import count, decimal, percent, share
from tumbuh.web.templatetags.numbers import month as write_month


def tell_two(told: TwoNumbers) -> list[SafeString]:
    """The sentences at the top of the page: what both say, and what would have to hold if both are right."""
    main, place, month = told.main, told.region.full_name, write_month(told.month)
    if not main.routine.measured:
        first = format_html(
            _("{place}: belum ada balita yang diukur tingginya pada {month}."), place=place, month=month
        )
        return [first]
    held = {
        "place": place, "month": month, "measured": count(main.routine.measured),
        "routine": _strong(share(main.routine.prevalence)),
    }  # fmt: skip
    if told.survey is None:
        words = _("{place}: {routine} dari {measured} balita yang diukur pada {month} stunting.")
    else:
        words = _(
            "{place}: menurut {survey} {value} balita stunting; menurut pencatatan rutin {month} {routine} dari "
            "{measured} balita yang diukur."
        )
        held |= {"survey": told.survey.details.source, "value": _strong(percent(told.survey.details.value))}
    return [format_html(words, **held), *filter(None, (tell_coverage(main), tell_missing(main), tell_implied(main)))]


def tell_coverage(main: Comparison) -> SafeString | None:
    """How many were not measured, and what that leaves open."""
    if main.bounds is None or main.routine.target is None:
        return None
    unmeasured = main.routine.target - main.routine.measured
    if not unmeasured:
        return format_html(_("Semua balita sasaran diukur."))
    return format_html(
        _("{number} dari {target} balita tidak diukur, jadi angka semua balita berada di antara {low} dan {high}."),
        number=count(unmeasured), target=count(main.routine.target), low=share(main.bounds.low),
        high=share(main.bounds.high),
    )  # fmt: skip


def tell_source(told: TwoNumbers) -> str:
    """Whose count of all children the sentences and the children still to be found rest on, and what is missing."""
    side, held = told.sides[0], told.residents
    if side.residents is not None:
        words = _("Jumlah semua balita menurut Dukcapil, semester {half} {year}; register memuat {share} darinya.")
        return words.format(half=side.residents.half, year=side.residents.period.year, share=share(side.register_share))
    if side.population is not None:
        return _("Jumlah semua balita menurut {source}, {year}.").format(
            source=side.population.source, year=side.population.year
        )
    words = _("Jumlah semua balita menurut register.")
    if held is not None and not held.is_whole:
        more = _(
            "Angka Dukcapil semester {half} {year} baru memuat {there} dari {all} desa/kelurahan, jadi tidak dipakai."
        )
        more = more.format(half=held.half, year=held.period.year, there=count(held.desa), all=count(held.of))
        return f"{words} {more}"
    return words


def tell_missing(main: Comparison) -> SafeString | None:
    """The children that the survey implies and no name holds."""
    if main.missing is None:
        return None
    if main.missing.value == 0:
        return format_html(_("Menurut survei ini tidak ada lagi balita stunting yang belum ditemukan."))
    words = _("Bila survei benar, kira-kira {number} balita stunting belum ditemukan menurut nama{between}.")
    return format_html(words, number=_strong(count(main.missing.value)), between=_between(main.missing))


def tell_implied(main: Comparison) -> SafeString | None:
    """How many of the unmeasured would have to be stunted; or that no number of them would do."""
    if {Note.SURVEY_ABOVE_WORST, Note.SURVEY_BELOW_BEST} & set(main.notes):
        return format_html(
            _(
                "Selisih kedua angka tidak dapat dijelaskan oleh balita yang tidak diukur saja, berapa pun dari mereka "
                "yang stunting: periksa cara mengukur, sasaran, dan waktu kedua angka."
            )
        )
    if main.implied is None or not 0 <= main.implied.value <= 1:
        return None
    return format_html(
        _("Itu berarti {value} dari balita yang tidak diukur stunting."), value=share(main.implied.value)
    )


def _between(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return ""
    words = _("(antara {low} dan {high})").format(low=count(estimate.low), high=count(estimate.high))
    return f" {words}"


def _strong(text: str) -> SafeString:
    return format_html("<strong>{}</strong>", text)


def tell_notes(told: TwoNumbers) -> list[str]:
    """What a reader must know, each in one sentence."""
    words = {
        Note.NO_TARGET: _("Jumlah balita wilayah ini belum diketahui, jadi cakupan dan batas tidak dapat dihitung."),
        Note.MORE_THAN_TARGET: _("Balita yang diukur lebih banyak daripada sasaran: periksa angka sasarannya."),
        Note.SURVEY_WITHOUT_INTERVAL: _(
            "Sumber survei tidak menyebut selang maupun jumlah sampel, jadi ketelitiannya tidak diketahui; "
            "di sini tidak dikarang."
        ),
        Note.ASSUMED_EFFECT: _(
            "Selang survei dihitung kira-kira dari jumlah sampel dengan efek rancangan {deff}."
        ).format(deff=decimal(told.rules["assumed_design_effect"])),
        Note.SURVEY_BELOW_ROUTINE: _(
            "Survei lebih rendah daripada pencatatan rutin: mungkin yang datang lebih sering anak yang bermasalah, "
            "atau cara mengukur berbeda."
        ),
    }
    found = [text for note, text in words.items() if note in told.main.notes]
    if told.is_old and told.age_months is not None:
        old = _("Survei ini {number} bulan lebih tua daripada angka rutin; keadaan dapat berubah.")
        found.append(old.format(number=told.age_months))
    return found


def tell_missing_survey(region: Region, lineage: Sequence[Region]) -> str:
    """Why there is no survey to compare with, and where to look."""
    above = next((place for place in lineage if place.level == Level.KABUPATEN), None)
    if region.level <= Level.KABUPATEN or above is None:
        return _("Belum ada hasil survei untuk wilayah ini. Petugas provinsi dapat mencatatnya di bawah.")
    return _(
        "Survei nasional mengambil sampel untuk kabupaten/kota; di kecamatan dan desa sampelnya terlalu kecil untuk "
        "angka sendiri. Batas dan perkiraan di sini tetap berlaku; bandingkan dengan survei di {place}."
    ).format(place=above.full_name)


def tell_basis(entry: SurveyEntry, rules: dict[str, float]) -> str:
    """Where the interval of a survey comes from."""
    details = entry.details
    if details.low is not None:
        return _("selang 95 % {low}–{high}").format(low=percent(details.low), high=percent(details.high))
    if details.sample and details.design_effect:
        return _("selang dihitung dari sampel {n} dan efek rancangan {deff}").format(
            n=count(details.sample), deff=decimal(details.design_effect)
        )
    if details.sample:
        return _("selang kira-kira dari sampel {n}, efek rancangan {deff} (anggapan)").format(
            n=count(details.sample), deff=decimal(rules["assumed_design_effect"])
        )
    return _("selang dan sampel tidak disebut sumbernya")
