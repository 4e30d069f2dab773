"""The roll-up: counts of every indicator for every region and month, kept current by the write; and survey results."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Now

from tumbuh.indicators.rules.values import GROUPS, STRATA
from tumbuh.records.api import SourceBatch
from tumbuh.regions.api import Facility, Region


class Cell(models.Model):
    """One indicator of a region (any level) and month: twelve disjoint groups by sex and age, in the order of GROUPS.

    `numerator` and `denominator` are the sums over the groups, kept by the database. A region and month without anybody
    in the denominator has no cell. Codes are compared byte by byte, much faster than by the rules of a language.
    The database also holds that each group's numerator is within its denominator (migration 0003).
    """

    personal_data: dict[str, str] = {}

    pk = models.CompositePrimaryKey("region", "month", "indicator")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField()
    month = models.DateField()
    indicator = models.CharField(max_length=40, db_collation="C")
    numerators = ArrayField(models.IntegerField(), size=len(GROUPS))
    denominators = ArrayField(models.IntegerField(), size=len(GROUPS))
    numerator = models.GeneratedField(
        expression=Func(F("numerators"), function="indicators_total"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    denominator = models.GeneratedField(
        expression=Func(F("denominators"), function="indicators_total"),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["level", "month", "indicator", "region"],
                include=["numerator", "denominator"],
                name="cell_level_month",
            )
        ]


class ServiceCell(models.Model):
    """What a target group of a region (any level) and month was due and received of one service (decision 0010).

    Service `*` is the complete package: people with anything due, and those who received all of it; group `*` is
    everybody. The counts have a place for each stratum, sex by poverty (STRATA); `only_missing` lack this alone.
    """

    personal_data: dict[str, str] = {}

    pk = models.CompositePrimaryKey("region", "month", "target_group", "service")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField()
    month = models.DateField()
    target_group = models.CharField(max_length=20, db_collation="C")
    service = models.CharField(max_length=40, db_collation="C")
    due = ArrayField(models.IntegerField(), size=len(STRATA))
    received = ArrayField(models.IntegerField(), size=len(STRATA))
    only_missing = ArrayField(models.IntegerField(), size=len(STRATA))
    due_total = models.GeneratedField(
        expression=Func(F("due"), function="indicators_strata_total"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    received_total = models.GeneratedField(
        expression=Func(F("received"), function="indicators_strata_total"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    only_missing_total = models.GeneratedField(
        expression=Func(F("only_missing"), function="indicators_strata_total"),
        output_field=models.IntegerField(),
        db_persist=True,
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["level", "month", "service", "target_group", "region"],
                include=["due_total", "received_total", "only_missing_total"],
                name="servicecell_level_month",
            )
        ]


class ScorecardCell(models.Model):
    """A line of the village scorecard of a region (any level) and quarter: people asked, due, received.

    `month` is the first day of the quarter. `reading` is empty for the lines of tables 1 and 2, which are the same in
    every reading and count people only. A line without anybody has no row.
    """

    personal_data: dict[str, str] = {}

    pk = models.CompositePrimaryKey("region", "month", "reading", "line")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField()
    month = models.DateField()
    reading = models.CharField(max_length=20, db_collation="C", blank=True)
    line = models.CharField(max_length=60, db_collation="C")
    counts = ArrayField(models.IntegerField(), size=3)


class ScorecardQuarter(models.Model):
    """A quarter whose scorecards are kept, and the day on which its people are read."""

    personal_data: dict[str, str] = {}

    first = models.DateField(primary_key=True)
    read_on = models.DateField()


class MonthVersion(models.Model):
    """Rises with every write to the cells of a month, in the same transaction: readers keep what they computed by it.

    It never repeats, not even after a restore: a new version is at least the clock in microseconds.
    """

    personal_data: dict[str, str] = {}

    month = models.DateField(primary_key=True)
    version = models.BigIntegerField()


class MeasuringCount(models.Model):
    """What the measuring of a posyandu's month was like, in whole numbers that add up (see engines.measuring).

    One row for each posyandu and for each account whose files or forms brought the visits; both may be unknown. The
    account is who entered them: a kader, where kader enter what they measure.
    """

    personal_data: dict[str, str] = {}

    desa = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    posyandu = models.ForeignKey(Facility, models.PROTECT, null=True, related_name="+", db_index=False)
    recorder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    month = models.DateField()
    counts = ArrayField(models.BigIntegerField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["desa", "month", "posyandu", "recorder"], name="measuring_count_once", nulls_distinct=False
            )
        ]


class SurveyResult(models.Model):
    """What a survey says of a region, as an official entered it. Rows never change: the newest of a survey counts.

    `value`, `low`, `high` in percent. `design_effect`: the survey's own, if it states one. A withdrawn row takes the
    survey's result away and says why in its note.
    """

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    indicator = models.CharField(max_length=40)
    source = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=5, decimal_places=2)
    low = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    high = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    sample = models.PositiveIntegerField(null=True, blank=True)
    design_effect = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    document = models.CharField(max_length=300)
    link = models.URLField(max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    is_withdrawn = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["region", "indicator", "year"], name="survey_result_region")]
        constraints = [
            models.CheckConstraint(name="survey_value", condition=Q(value__range=(0, 100))),
            models.CheckConstraint(name="survey_month", condition=Q(month__isnull=True) | Q(month__range=(1, 12))),
            models.CheckConstraint(
                name="survey_interval",
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__isnull=False, high__isnull=False, low__gte=0, high__lte=100)
                & Q(low__lte=F("value"), high__gte=F("value")),
            ),
            models.CheckConstraint(name="survey_sample", condition=Q(sample__isnull=True) | Q(sample__gt=0)),
            models.CheckConstraint(
                name="survey_effect", condition=Q(design_effect__isnull=True) | Q(design_effect__gte=1)
            ),
        ]


class ReportedFigures(models.Model):
    """What another system says of a desa in a period: counts by code, beside our own and never among them.

    Rows never change. Of a source, desa and period the newest row that says a figure counts, unless its batch was taken
    back. `period` is the first day of the month, of a half-year that of its last month.
    """

    personal_data: dict[str, str] = {}

    batch = models.ForeignKey(SourceBatch, models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    source = models.CharField(max_length=20, db_collation="C")
    period = models.DateField()
    figures = models.JSONField(help_text="Code of the figure: whole number.")

    class Meta:
        indexes = [models.Index(fields=["source", "region", "period"], name="reported_region")]
