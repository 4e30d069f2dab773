"""What stood in the register before: a row for each row that was changed or deleted, written by the database itself.

A new row leaves none: its content is the row. `pgh_created_at` is when the content ended, `pgh_label` how.
"""

import pghistory
from django.db import models

from tumbuh.records.models.life import Couple, HealthCheck, Pregnancy
from tumbuh.records.models.received import ServiceReceived, Statement
from tumbuh.records.models.register import Household, Measurement, Person
from tumbuh.records.rules import Stays

FORMER = Stays("what was written then, of whom it was written")
# Computed from the other fields; a change of these alone is no change.
COMPUTED = (
    "age_days", "lenhei_corrected_cm", "weight_gain", "haz", "waz", "whz", "baz", "headz", "muacz", "haz_flag",
    "waz_flag", "whz_flag", "baz_flag", "headz_flag", "muacz_flag",
)  # fmt: skip


def keep(model: type[models.Model], exclude: tuple[str, ...] = ()) -> type[models.Model]:
    """The table of a model's former rows, with triggers that ask once a statement and not once a row."""
    return pghistory.create_event_model(
        model,
        pghistory.UpdateEvent(row=pghistory.Old),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        context_field=None,
        attrs={"pgh_id": models.BigAutoField(primary_key=True)},
        level=pghistory.Statement,
    )


class HouseholdHistory(keep(Household)):
    """A family card as it was."""

    personal_data = Household.personal_data
    scoped_by = "desa"

    class Meta:
        indexes = [models.Index(fields=["pgh_obj"], name="household_history")]


class PersonHistory(keep(Person)):
    """A person as they were; the NIK stays encrypted."""

    personal_data = Person.personal_data
    scoped_by = "desa"
    when_merged = {"pgh_obj": FORMER, "mother": FORMER}

    class Meta:
        indexes = [
            models.Index(fields=["pgh_obj"], name="person_history"),
            models.Index(fields=["desa", "pgh_created_at"], name="person_history_desa"),
        ]


class MeasurementHistory(keep(Measurement, COMPUTED)):
    """A measurement as it was entered."""

    personal_data = {field: kind for field, kind in Measurement.personal_data.items() if field not in COMPUTED}
    scoped_by = "desa or person"
    when_merged = {"person": FORMER}

    class Meta:
        indexes = [
            models.Index(fields=["pgh_obj"], name="measurement_history"),
            models.Index(fields=["desa", "month"], name="measurement_history_desa"),
        ]


class PregnancyHistory(keep(Pregnancy)):
    """A pregnancy as it was entered."""

    personal_data = Pregnancy.personal_data
    scoped_by = "desa or person"
    when_merged = {"mother": FORMER}

    class Meta:
        indexes = [
            models.Index(fields=["pgh_obj"], name="pregnancy_history"),
            models.Index(fields=["desa", "pgh_created_at"], name="pregnancy_history_desa"),
        ]


class CoupleHistory(keep(Couple)):
    """A bridal couple as it was entered."""

    personal_data = Couple.personal_data
    scoped_by = "desa or person"
    when_merged = {"bride": FORMER, "groom": FORMER}

    class Meta:
        indexes = [
            models.Index(fields=["pgh_obj"], name="couple_history"),
            models.Index(fields=["desa", "pgh_created_at"], name="couple_history_desa"),
        ]


class HealthCheckHistory(keep(HealthCheck)):
    """A check of health as it was entered."""

    personal_data = HealthCheck.personal_data
    scoped_by = "desa or person"
    when_merged = {"person": FORMER}

    class Meta:
        indexes = [
            models.Index(fields=["pgh_obj"], name="healthcheck_history"),
            models.Index(fields=["desa", "pgh_created_at"], name="healthcheck_history_desa"),
        ]


class ServiceReceivedHistory(keep(ServiceReceived, ("month",))):
    """A service as it was entered."""

    personal_data = {field: kind for field, kind in ServiceReceived.personal_data.items() if field != "month"}
    scoped_by = "desa or person"
    when_merged = {"person": FORMER}

    class Meta:
        indexes = [
            models.Index(fields=["pgh_obj"], name="service_history"),
            models.Index(fields=["desa", "pgh_created_at"], name="service_history_desa"),
        ]


class StatementHistory(keep(Statement)):
    """A statement as it was entered."""

    personal_data = Statement.personal_data
    scoped_by = "desa or person"
    when_merged = {"person": FORMER}

    class Meta:
        indexes = [
            models.Index(fields=["pgh_obj"], name="statement_history"),
            models.Index(fields=["desa", "pgh_created_at"], name="statement_history_desa"),
        ]


HISTORIES = (
    HouseholdHistory,
    PersonHistory,
    MeasurementHistory,
    PregnancyHistory,
    CoupleHistory,
    HealthCheckHistory,
    ServiceReceivedHistory,
    StatementHistory,
)
