"""Why a mark is what it is, in a sentence of Indonesian and of English."""

from datetime import date

from tumbuh.engines.convergence.api import Result
from tumbuh.engines.definitions.api import Text
from tumbuh.engines.scorecard.marks import Mark
from tumbuh.engines.scorecard.people import Life
from tumbuh.engines.scorecard.types import Kind, Window

LANGUAGES = ("id", "en")
MONTHS = {
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
WORDS = {
    "id": {
        "no_version": "Belum ada ketentuan yang berlaku pada {day}.",
        "not_due": "Tidak berlaku. {otherwise}",
        "nothing": "Tidak ada yang harus diterima pada tahap ini.",
        "stated": "Ya, menurut keterangan yang berlaku pada {day}.",
        "denied": "Belum, menurut keterangan yang berlaku pada {day}.",
        "never_said": "Belum pernah ditanyakan dan dicatat.",
        "counted": "{found} dari {needed} {unit} {window}{band}.",
        "band": ", pada {band}",
        "months": "bulan",
        "missing": " Belum: {names}.",
        "idle": " Bulan tanpa: {names}.",
        "last": " Terakhir {day}.",
        "never": " Belum pernah tercatat.",
        "unopened": " Awal kehamilannya tidak dicatat.",
    },
    "en": {
        "no_version": "No rule is in force on {day}.",
        "not_due": "Not applicable. {otherwise}",
        "nothing": "Nothing is due at this stage.",
        "stated": "Yes, by the statement in force on {day}.",
        "denied": "Not yet, by the statement in force on {day}.",
        "never_said": "Never asked and recorded.",
        "counted": "{found} of {needed} {unit} {window}{band}.",
        "band": ", at this stage: {band}",
        "months": "months",
        "missing": " Missing: {names}.",
        "idle": " Months without: {names}.",
        "last": " Last on {day}.",
        "never": " Never recorded.",
        "unopened": " The beginning of her pregnancy is not recorded.",
    },
}
WINDOWS = {
    "id": {
        Window.QUARTER: "dalam triwulan ini",
        Window.TWELVE_MONTHS: "dalam dua belas bulan terakhir",
        Window.DUE_MONTHS: "dalam triwulan ini",
        Window.PREGNANCY: "selama kehamilan ini",
        Window.BIRTH: "sejak bersalin",
        Window.LIFE: "sejak lahir",
    },
    "en": {
        Window.QUARTER: "in this quarter",
        Window.TWELVE_MONTHS: "in the last twelve months",
        Window.DUE_MONTHS: "in this quarter",
        Window.PREGNANCY: "during this pregnancy",
        Window.BIRTH: "since giving birth",
        Window.LIFE: "since birth",
    },
}


def explain(mark: Mark, life: Life) -> Text:
    """The sentence behind Y, T or TS, from the rule's own words and the person's dates."""
    return Text(**{language: write(mark, life, language) for language in LANGUAGES})


def write(mark: Mark, life: Life, language: str) -> str:
    words, day = WORDS[language], write_day(life.read_on, language)
    if mark.version is None:
        return words["no_version"].format(day=day)
    if mark.result == Result.NOT_APPLICABLE:
        otherwise = pick(mark.version.otherwise, language) if mark.version.otherwise else words["nothing"]
        return words["not_due"].format(otherwise=otherwise)
    if mark.version.measure.kind == Kind.STATEMENT:
        said = life.row[mark.version.measure.parts[0][0]]
        return words["never_said" if said is None else "stated" if said else "denied"].format(day=day)
    return write_count(mark, life, language)


def write_count(mark: Mark, life: Life, language: str) -> str:
    """What was found of what is needed; then the months or parts without, and the last day."""
    assert mark.version is not None and mark.band is not None
    words, measure, window = WORDS[language], mark.version.measure, mark.version.window
    said = words["counted"].format(
        found=mark.found,
        needed=mark.needed,
        unit=words["months"] if measure.kind == Kind.MONTHS else pick(measure.unit, language),
        window=WINDOWS[language][window],
        band=words["band"].format(band=pick(mark.band.text, language)) if mark.band.text else "",
    )
    if mark.result == Result.NO:
        said += write_gaps(mark, life, language)
    if mark.days:
        return said + words["last"].format(day=write_day(mark.days[-1], language))
    if window == Window.PREGNANCY and life.pregnancy_on is None:
        return said + words["unopened"]
    return said + words["never"] if mark.result == Result.NO and window == Window.LIFE else said


def write_gaps(mark: Mark, life: Life, language: str) -> str:
    """The months without a receipt, or the parts that are missing."""
    assert mark.version is not None
    words, measure = WORDS[language], mark.version.measure
    if measure.kind == Kind.MONTHS:
        had = {day.replace(day=1) for day in mark.days}
        names = [MONTHS[language][month.month - 1] for month in life.due_months if month not in had]
        return words["idle"].format(names=", ".join(names)) if names else ""
    names = [pick(measure.names[number], language) for number in mark.absent]
    return words["missing"].format(names=", ".join(names)) if names else ""


def write_day(day: date, language: str) -> str:
    """`3 Mei 2026`, `3 May 2026`."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def pick(text: Text, language: str) -> str:
    return text.id if language == "id" else text.en
