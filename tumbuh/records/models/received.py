"""What people and households received, and what was said of them and holds until somebody says otherwise."""

from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from tumbuh.records.models.register import Household, Person, SourceBatch
from tumbuh.records.rules import Moves
from tumbuh.regions.api import Facility, Region

FIRST_DAY = "make_date(extract(year FROM %(expressions)s)::int, extract(month FROM %(expressions)s)::int, 1)"
ONE_SUBJECT = Q(person__isnull=False, household__isnull=True) | Q(person__isnull=True, household__isnull=False)


class ServiceReceived(models.Model):
    """One service on one day, by its code in definitions/receipts.yaml, to a person or to a household as a whole."""

    personal_data = {
        "person": "identity",
        "household": "family",
        "desa": "residence",
        "posyandu": "residence",
        "code": "health",
        "received_on": "health",
        "month": "health",
        "quantity": "health",
    }
    scoped_by = "desa or person"
    when_merged = {"person": Moves()}

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="services", db_index=False)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="services", db_index=False
    )
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    posyandu = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField(max_length=40, db_collation="C")
    received_on = models.DateField()
    month = models.GeneratedField(
        expression=Func(F("received_on"), template=FIRST_DAY, output_field=models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    quantity = models.PositiveSmallIntegerField(
        default=1, help_text="Tablets, packets, capsules; 1 where it is a visit."
    )
    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="services")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "services received"
        indexes = [
            models.Index(fields=["desa", "received_on"], name="service_desa"),
            models.Index(fields=["month"], name="service_month"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code", "received_on"], name="service_once_a_day", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["household", "code", "received_on"],
                name="service_household_once_a_day",
                condition=Q(household__isnull=False),
            ),
            models.CheckConstraint(name="service_one_subject", condition=ONE_SUBJECT),
            models.CheckConstraint(name="service_quantity", condition=Q(quantity__gte=1)),
        ]


class Statement(models.Model):
    """What holds of a person or household from a day until the next statement: safe water yes, latrine no, insured."""

    personal_data = {
        "person": "identity",
        "household": "family",
        "desa": "residence",
        "code": "health",
        "value": "health",
        "stated_on": "health",
    }
    scoped_by = "desa or person"
    when_merged = {"person": Moves()}

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="statements", db_index=False)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="statements", db_index=False
    )
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=40, db_collation="C")
    value = models.BooleanField()
    stated_on = models.DateField()
    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="statements")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["desa", "stated_on"], name="statement_desa")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "code", "stated_on"], name="statement_once_a_day", condition=Q(person__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["household", "code", "stated_on"],
                name="statement_household_once_a_day",
                condition=Q(household__isnull=False),
            ),
            models.CheckConstraint(name="statement_one_subject", condition=ONE_SUBJECT),
        ]
