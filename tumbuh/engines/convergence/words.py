"""Why an answer is what it is, in a sentence of Indonesian and of English."""

from datetime import date

from tumbuh.engines.convergence.answers import Answer
from tumbuh.engines.convergence.columns import DESCRIBED
from tumbuh.engines.convergence.days import write_day, write_month
from tumbuh.engines.convergence.types import Kind, Result, Window
from tumbuh.engines.convergence.windows import CALENDAR
from tumbuh.engines.definitions.api import Text

LANGUAGES = ("id", "en")
ROMAN = ("I", "II", "III", "IV")
NOTHING = Text("Belum ada yang harus diterima pada tahap ini.", "Nothing is due at this stage.")
WORDS = {
    "id": {
        "no_version": "{title}: belum ada ketentuan yang berlaku pada {day}.",
        "no_member": "{title}: tidak berlaku, karena bukan {member} pada {day}.",
        "no_band": "{title}: tidak berlaku. {otherwise}",
        "unknown": " Belum diketahui: {names}.",
        "counted": "{title}: {found} dari {needed} {unit} yang harus sudah diterima {stage}.",
        "known": "{title}: {found} dari {needed} {unit} yang harus sudah ada {stage}.",
        "stated": "{title}: ya, menurut keterangan yang berlaku pada {day}.",
        "denied": "{title}: belum, menurut keterangan yang berlaku pada {day}.",
        "never_said": "{title}: belum pernah ditanyakan dan dicatat.",
        "band": "pada {band}",
        "since": " (sejak {day})",
        "missing": " Belum: {names}.",
        "last": " Terakhir {day}.",
        "due": " Paling lambat {day}.",
    },
    "en": {
        "no_version": "{title}: no rule is in force on {day}.",
        "no_member": "{title}: not applicable, because this is not {member} on {day}.",
        "no_band": "{title}: not applicable. {otherwise}",
        "unknown": " Not known: {names}.",
        "counted": "{title}: {found} of {needed} {unit} that must have been received {stage}.",
        "known": "{title}: {found} of {needed} {unit} that must be there {stage}.",
        "stated": "{title}: yes, by the statement in force on {day}.",
        "denied": "{title}: not yet, by the statement in force on {day}.",
        "never_said": "{title}: never asked and recorded.",
        "band": "by now: {band}",
        "since": " (since {day})",
        "missing": " Missing: {names}.",
        "last": " Last on {day}.",
        "due": " By {day} at the latest.",
    },
}
STAGES = {
    "id": {
        Window.MONTH: "pada {month}",
        Window.QUARTER: "pada triwulan {quarter} {year}",
        Window.HALF_YEAR: "pada semester {half} {year}",
        Window.YEAR: "pada tahun {year}",
        Window.PREGNANCY: "selama kehamilan ini",
        Window.BIRTH: "sejak melahirkan",
        Window.COUPLE: "sejak terdaftar sebagai calon pengantin",
        Window.LIFE: "sampai {day}",
    },
    "en": {
        Window.MONTH: "in {month}",
        Window.QUARTER: "in quarter {quarter} of {year}",
        Window.HALF_YEAR: "in half-year {half} of {year}",
        Window.YEAR: "in {year}",
        Window.PREGNANCY: "during this pregnancy",
        Window.BIRTH: "since giving birth",
        Window.COUPLE: "since registering as a couple",
        Window.LIFE: "until {day}",
    },
}


def explain(answer: Answer) -> Text:
    """The sentence behind `Mengapa?`, built from the rule's own words and the person's dates."""
    return Text(**{language: write(answer, language) for language in LANGUAGES})


def write(answer: Answer, language: str) -> str:
    words = WORDS[language]
    title = pick(answer.rule.service.title, language)
    day = write_day(answer.row["month_end"], language)
    if answer.version is None:
        return words["no_version"].format(title=title, day=day)
    if not answer.is_member:
        return words["no_member"].format(title=title, day=day, member=pick(answer.rule.group.member, language))
    if answer.band is None:
        otherwise = answer.version.otherwise
        said = words["no_band"].format(title=title, otherwise=pick(otherwise or NOTHING, language))
        return said + write_names("unknown", answer.unknown, answer, language)
    if answer.version.measure.kind == Kind.STATEMENT:
        key = "stated" if answer.result == Result.YES else "never_said" if answer.unknown else "denied"
        return words[key].format(title=title, day=day)
    return write_count(answer, title, language)


def write_count(answer: Answer, title: str, language: str) -> str:
    """What was found of what is needed, at which stage; then what is missing, or the last receipt."""
    assert answer.version is not None
    words, kind = WORDS[language], answer.version.measure.kind
    said = words["known" if kind == Kind.KNOWN else "counted"].format(
        title=title,
        found=answer.found,
        needed=answer.needed,
        unit=pick(answer.version.measure.unit, language),
        stage=write_stage(answer, language),
    )
    if answer.result == Result.YES:
        return said + (write_last(answer.counted[-1].received_on, language) if answer.counted else "")
    due = words["due"].format(day=write_day(answer.due_on, language)) if answer.due_on else ""
    return said + write_names("missing", answer.absent, answer, language) + due


def write_last(day: date, language: str) -> str:
    return WORDS[language]["last"].format(day=write_day(day, language))


def write_stage(answer: Answer, language: str) -> str:
    """The band in words with its first day; of a calendar period also the period; without words, the period alone."""
    assert answer.version is not None and answer.band is not None
    month: date = answer.row["month"]
    window = STAGES[language][answer.version.window].format(
        month=write_month(month, language),
        quarter=ROMAN[(month.month - 1) // 3] if language == "id" else (month.month - 1) // 3 + 1,
        half=ROMAN[(month.month - 1) // 6] if language == "id" else (month.month - 1) // 6 + 1,
        year=month.year,
        day=write_day(answer.row["month_end"], language),
    )
    if answer.band.text is None:
        return window
    if answer.version.window in CALENDAR:
        return f"{window} ({pick(answer.band.text, language)})"
    words = WORDS[language]
    since = words["since"].format(day=write_day(answer.since, language)) if answer.since else ""
    return words["band"].format(band=pick(answer.band.text, language)) + since


def write_names(key: str, parts: tuple[str, ...], answer: Answer, language: str) -> str:
    """The parts that are missing or unknown, by name."""
    if not parts:
        return ""
    assert answer.version is not None
    known = answer.version.measure.parts
    names = [pick(known[part] if part in known else DESCRIBED[part].text, language) for part in parts]
    return WORDS[language][key].format(names=", ".join(names))


def pick(text: Text, language: str) -> str:
    return text.id if language == "id" else text.en
