"""Birth date, measurement date and age of one row against each other and against today."""

from datetime import date

from tumbuh.intake.eppgbm.ages import format_age, read_age
from tumbuh.intake.eppgbm.dates import ReadDate, swap_day_and_month
from tumbuh.intake.eppgbm.reasons import Reason, make_reason

# Five years: the day on which no five-year span can still be running (a child of 59 months is at most 1,826 days old).
LIMIT_DAYS = 1827


def judge_date(read: ReadDate, heading: str, text: str, reasons: list[Reason]) -> date | None:
    """The date of a needed cell; adds what there is to say."""
    if read.date is None:
        if read.is_missing:
            reasons.append(make_reason(heading, "VALUE_MISSING"))
        else:
            reasons.append(make_reason(heading, "DATE_UNREADABLE", value=text))
    elif read.is_swapped:
        reasons.append(make_reason(heading, "DATE_SWAPPED", value=text, other=show(read.date)))
    return read.date


def judge_days(
    birth: date | None, measured: date | None, age_text: str, today: date, headings: tuple[str, str, str]
) -> list[Reason]:
    """Remarks on the two dates and the stated age. `headings`: of birth date, measurement date, age."""
    if birth is not None and birth > today:
        return [make_reason(headings[0], "BIRTH_IN_FUTURE", value=show(birth))]
    if measured is None:
        return []
    if measured > today:
        swapped = swap_day_and_month(measured)
        if swapped is not None and swapped <= today and (birth is None or birth <= swapped):
            return [make_reason(headings[1], "MEASURED_IN_FUTURE_SWAPPED", value=show(measured), other=show(swapped))]
        return [make_reason(headings[1], "MEASURED_IN_FUTURE", value=show(measured))]
    if birth is None:
        return []
    if measured < birth:
        return [judge_order(birth, measured, today, headings[1])]
    if (measured - birth).days >= LIMIT_DAYS:
        return [make_reason(headings[0], "TOO_OLD", value=format_age(birth, measured))]
    return judge_age(birth, measured, age_text, headings)


def judge_order(birth: date, measured: date, today: date, heading: str) -> Reason:
    """Measured before birth; says so when an exchange of day and month would heal it."""
    swapped = swap_day_and_month(measured)
    if swapped is not None and birth <= swapped <= today:
        return make_reason(heading, "MEASURED_BEFORE_BIRTH_SWAPPED", value=show(measured), other=show(swapped))
    return make_reason(heading, "MEASURED_BEFORE_BIRTH", value=show(measured), other=show(birth))


def judge_age(birth: date, measured: date, age_text: str, headings: tuple[str, str, str]) -> list[Reason]:
    """Compare the stated age with the dates; a difference that an exchange of day and month explains goes to review."""
    stated = read_age(age_text) if age_text else None
    if stated is None or abs(stated.days - (measured - birth).days) <= stated.slack_days:
        return []
    for heading, day, other, sign in ((headings[1], measured, birth, 1), (headings[0], birth, measured, -1)):
        swapped = swap_day_and_month(day)
        if swapped is not None and abs(stated.days - sign * (swapped - other).days) <= stated.slack_days:
            return [make_reason(heading, "DATE_MAYBE_SWAPPED", value=show(day), other=age_text)]
    return [make_reason(headings[2], "AGE_DIFFERS", value=age_text, other=format_age(birth, measured))]


def show(day: date) -> str:
    """05-10-2026."""
    return f"{day.day:02}-{day.month:02}-{day.year}"
