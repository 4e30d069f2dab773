"""Views on the register by month: who everybody is, and what everybody received. Read-only (migration 0015)."""

from django.db import models

from tumbuh.records.models.register import Person
from tumbuh.records.rules import Stays
from tumbuh.regions.api import Region


class CountingMonth(models.Model):
    """A month that counts: a child was measured in it or somebody received a service, within the reader's reach."""

    personal_data: dict[str, str] = {}
    scoped_by = "person"

    month = models.DateField(primary_key=True)
    next_month = models.DateField()
    month_end = models.DateField()

    class Meta:
        managed = False
        db_table = "records_month"


class PersonMonth(models.Model):
    """A person in the register in a month that counts, as of its last day; more columns than named here.

    A month counts once a child was measured in it or somebody received a service.
    """

    personal_data = {"person": "identity", "desa": "residence", "month": "health"}
    scoped_by = "person"
    when_merged = {"person": Stays("a view of the register")}

    pk = models.CompositePrimaryKey("person", "month")
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    desa = models.ForeignKey(Region, models.DO_NOTHING, related_name="+")
    month = models.DateField()

    class Meta:
        managed = False
        db_table = "records_person_month"


class Receipt(models.Model):
    """A service that a person received, measurements and checks too; a household's stands for each of its people."""

    personal_data = {
        "person": "identity",
        "desa": "residence",
        "code": "health",
        "received_on": "health",
        "quantity": "health",
    }
    scoped_by = "person"
    when_merged = {"person": Stays("a view of the register")}

    pk = models.CompositePrimaryKey("person", "code", "received_on")
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    desa = models.ForeignKey(Region, models.DO_NOTHING, related_name="+")
    code = models.CharField(max_length=40)
    received_on = models.DateField()
    quantity = models.IntegerField()

    class Meta:
        managed = False
        db_table = "records_receipt"
