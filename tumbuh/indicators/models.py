"""The roll-up: counts of every indicator for every region and month, kept current by the write."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func

from tumbuh.indicators.rules.values import GROUPS, STRATA
from tumbuh.regions.api import Region


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


class MonthVersion(models.Model):
    """Rises with every write to the cells of a month, in the same transaction: readers keep what they computed by it.

    It never repeats, not even after a restore: a new version is at least the clock in microseconds.
    """

    personal_data: dict[str, str] = {}

    month = models.DateField(primary_key=True)
    version = models.BigIntegerField()
