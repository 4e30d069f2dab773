"""Households, people and their measurements."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Func, GeneratedField, Q
from django.db.models.functions import Now

from tumbuh.records.rules import Mode, Moves, NikStatus, Sex, Stays, WeightGain
from tumbuh.regions.api import Facility, Region


class SourceBatch(models.Model):
    """Where rows came from: one import, one form, the demo. Measurements and people point to it."""

    personal_data: dict[str, str] = {}

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Household(models.Model):
    """A family card (KK): its number encrypted, its address, its region."""

    personal_data = {
        "kk_encrypted": "KK number",
        "kk_index": "KK number, keyed",
        "address": "address",
        "rt": "address",
        "rw": "address",
        "head_name": "name",
        "family_key": "name and address",
    }
    scoped_by = "desa"

    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    kk_encrypted = models.BinaryField(null=True, blank=True)
    kk_index = models.BinaryField(null=True, blank=True, max_length=32)
    head_name = models.CharField(max_length=150, blank=True)
    address = models.CharField(max_length=300, blank=True)
    rt = models.CharField(max_length=5, blank=True)
    rw = models.CharField(max_length=5, blank=True)
    decile = models.PositiveSmallIntegerField(null=True, blank=True)
    risk_flags = models.JSONField(default=list, blank=True)
    family_key = models.CharField(max_length=500, blank=True, help_text="Mother, address, RT, RW, folded.")

    class Meta:
        indexes = [models.Index(fields=["desa", "family_key"], name="household_family")]
        constraints = [
            models.UniqueConstraint(fields=["kk_index"], name="household_kk_once"),
            models.UniqueConstraint(
                fields=["desa", "family_key"],
                name="household_family_once",
                condition=Q(kk_index__isnull=True) & ~Q(family_key=""),
            ),
            models.CheckConstraint(
                name="household_decile", condition=Q(decile__isnull=True) | Q(decile__range=(1, 10))
            ),
        ]


class Person(models.Model):
    """A child or an adult. The NIK is encrypted; only its keyed index can be searched."""

    personal_data = {
        "name": "name",
        "name_key": "name",
        "nik_encrypted": "NIK",
        "nik_index": "NIK, keyed",
        "birth_date": "birth date",
        "sex": "sex",
        "mother_name": "name",
        "mother": "family",
        "household": "family",
        "birth_weight_kg": "health",
        "birth_length_cm": "health",
        "desa": "residence",
        "posyandu": "residence",
        "registered_on": "health",
        "left_on": "health",
        "left_reason": "health",
    }
    scoped_by = "desa"
    when_merged = {"mother": Moves()}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    posyandu = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="people")
    mother = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    mother_name = models.CharField(max_length=150, blank=True)
    name = models.CharField(max_length=150)
    name_key = models.CharField(max_length=150, help_text="The name folded for comparing: see engines.linkage.")
    sex = models.CharField(max_length=1, choices=Sex)
    birth_date = models.DateField()
    nik_encrypted = models.BinaryField(null=True, blank=True)
    nik_index = models.BinaryField(null=True, blank=True, max_length=32)
    nik_status = models.CharField(max_length=8, choices=NikStatus, default=NikStatus.MISSING)
    birth_weight_kg = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    birth_length_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    registered_on = models.DateField(help_text="Counted in the register from this day on.")
    left_on = models.DateField(null=True, blank=True)
    left_reason = models.CharField(max_length=20, blank=True)
    is_synthetic = models.BooleanField(default=False)
    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="people")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["desa", "birth_date", "sex"], name="person_desa_birth")]
        constraints = [
            models.UniqueConstraint(fields=["nik_index"], name="person_nik_once"),
            models.UniqueConstraint(fields=["id", "birth_date"], name="person_birth_key"),
            models.CheckConstraint(name="person_sex", condition=Q(sex__in=["M", "F"])),
            models.CheckConstraint(
                name="person_registered_after_birth", condition=Q(registered_on__gte=F("birth_date"))
            ),
            models.CheckConstraint(
                name="person_nik_with_status",
                condition=Q(nik_status="VALID", nik_index__isnull=False, nik_encrypted__isnull=False)
                | (~Q(nik_status="VALID") & Q(nik_index__isnull=True, nik_encrypted__isnull=True)),
            ),
            models.CheckConstraint(
                name="person_left_after_registered",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("registered_on")),
            ),
        ]


class Measurement(models.Model):
    """One child on one day: what was read off scale and board, and the z-scores computed from it.

    `birth_date` repeats the person's and is held equal by a composite foreign key, so that the database itself
    refuses a measurement before birth. z-scores are in hundredths, null where WHO gives none.
    """

    personal_data = {
        "person": "identity",
        "desa": "residence",
        "posyandu": "residence",
        "birth_date": "birth date",
        "age_days": "birth date",
        "measured_on": "health",
        "month": "health",
        "weight_kg": "health",
        "lenhei_cm": "health",
        "lenhei_corrected_cm": "health",
        "mode": "health",
        "head_cm": "health",
        "muac_cm": "health",
        "oedema": "health",
        "haz": "health",
        "waz": "health",
        "whz": "health",
        "baz": "health",
        "headz": "health",
        "muacz": "health",
        "weight_gain": "health",
    }
    scoped_by = "desa or person"
    when_merged = {"person": Moves(repeats=("birth_date",), together={"mode": "lenhei_cm"})}

    # the composite key (person, birth_date) in the migrations stands for the plain one
    person = models.ForeignKey(Person, models.PROTECT, related_name="measurements", db_constraint=False, db_index=False)
    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    posyandu = models.ForeignKey(Facility, models.PROTECT, null=True, blank=True, related_name="+")
    birth_date = models.DateField()
    measured_on = models.DateField()
    age_days = GeneratedField(
        expression=Func(
            F("measured_on"),
            F("birth_date"),
            template="(%(expressions)s)",
            arg_joiner=" - ",
            output_field=models.IntegerField(),
        ),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    month = models.DateField(help_text="First day of the month of measured_on.")
    weight_kg = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    lenhei_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    lenhei_corrected_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    mode = models.CharField(max_length=1, choices=Mode, blank=True, default=Mode.UNKNOWN)
    head_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    muac_cm = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    oedema = models.BooleanField(default=False)
    haz = models.SmallIntegerField(null=True)
    waz = models.SmallIntegerField(null=True)
    whz = models.SmallIntegerField(null=True)
    baz = models.SmallIntegerField(null=True)
    headz = models.SmallIntegerField(null=True)
    muacz = models.SmallIntegerField(null=True)
    haz_flag = models.BooleanField(default=False)
    waz_flag = models.BooleanField(default=False)
    whz_flag = models.BooleanField(default=False)
    baz_flag = models.BooleanField(default=False)
    headz_flag = models.BooleanField(default=False)
    muacz_flag = models.BooleanField(default=False)
    weight_gain = models.CharField(max_length=1, choices=WeightGain, blank=True)
    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="measurements")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["desa", "month"], name="measurement_desa_month"),
            models.Index(fields=["month"], name="measurement_month"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "measured_on"], name="measurement_once_a_day"),
            models.CheckConstraint(name="measurement_not_before_birth", condition=Q(measured_on__gte=F("birth_date"))),
            models.CheckConstraint(
                name="measurement_something",
                condition=Q(weight_kg__isnull=False)
                | Q(lenhei_cm__isnull=False)
                | Q(head_cm__isnull=False)
                | Q(muac_cm__isnull=False),
            ),
            models.CheckConstraint(
                name="measurement_weight_kg", condition=Q(weight_kg__isnull=True) | Q(weight_kg__range=("0.5", "60"))
            ),
            models.CheckConstraint(
                name="measurement_lenhei_cm", condition=Q(lenhei_cm__isnull=True) | Q(lenhei_cm__range=(25, 150))
            ),
            models.CheckConstraint(
                name="measurement_head_cm", condition=Q(head_cm__isnull=True) | Q(head_cm__range=(15, 70))
            ),
            models.CheckConstraint(
                name="measurement_muac_cm", condition=Q(muac_cm__isnull=True) | Q(muac_cm__range=(5, 40))
            ),
            models.CheckConstraint(name="measurement_mode", condition=Q(mode__in=["L", "H", ""])),
        ]


class ChildMonth(models.Model):
    """A child under 60 months in a month in which it was in the register, with the month's last measurement.

    Read-only: the view `records_child_month` (migrations 0002, 0005, 0022). A month counts once anything was
    measured in it.
    Measurement columns are null, false or "" where the child was not measured. `haz_before` is the last plausible value
    before the month, `haz_before_days` how long before the month's own measurement.
    """

    personal_data = {
        "person": "identity",
        "desa": "residence",
        "sex": "sex",
        "age_group": "birth date",
        "measured_on": "health",
        "is_weighed": "health",
        "is_measured": "health",
        "oedema": "health",
        "weight_gain": "health",
        "haz": "health",
        "waz": "health",
        "whz": "health",
        "baz": "health",
        "haz_before": "health",
        "haz_before_days": "health",
    }
    scoped_by = "person"
    when_merged = {"person": Stays("a view of the register")}

    pk = models.CompositePrimaryKey("person", "month")
    person = models.ForeignKey(Person, models.DO_NOTHING, related_name="+")
    desa = models.ForeignKey(Region, models.DO_NOTHING, related_name="+")
    month = models.DateField()
    sex = models.CharField(max_length=1)
    age_group = models.CharField(max_length=5)
    measured_on = models.DateField(null=True)
    is_weighed = models.BooleanField()
    is_measured = models.BooleanField()
    oedema = models.BooleanField()
    weight_gain = models.CharField(max_length=1)
    haz = models.SmallIntegerField(null=True)
    waz = models.SmallIntegerField(null=True)
    whz = models.SmallIntegerField(null=True)
    baz = models.SmallIntegerField(null=True)
    haz_flag = models.BooleanField()
    waz_flag = models.BooleanField()
    whz_flag = models.BooleanField()
    baz_flag = models.BooleanField()
    haz_before = models.SmallIntegerField(null=True)
    haz_before_days = models.IntegerField(null=True)

    class Meta:
        managed = False
        db_table = "records_child_month"
