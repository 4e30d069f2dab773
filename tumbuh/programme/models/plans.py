"""Teams, action plans and the evidence of the convergence checklist."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from tumbuh.accounts.api import Institution
from tumbuh.documents.api import Document
from tumbuh.programme.models.situation import SituationAnalysis
from tumbuh.programme.rules.evidence import SubjectKind
from tumbuh.programme.rules.plans import PlanKind, PlanState, TeamPart, WorkState
from tumbuh.regions.api import Region


class Team(models.Model):
    """The team of a region, as its decree sets it up; one at a time."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    decree = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    decree_number = models.CharField(max_length=100, blank=True)
    decree_on = models.DateField(null=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="The last day.")

    class Meta:
        ordering = ["-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["region", "valid_from"], name="team_begins_once"),
            models.UniqueConstraint(fields=["region"], condition=Q(valid_until__isnull=True), name="team_one_open"),
            models.CheckConstraint(
                name="team_dates", condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.valid_from}"


class TeamMember(models.Model):
    """An official in a team, for a time. The office says why they are in it."""

    personal_data = {"name": "an official's name, in a public function", "office": "public office"}

    team = models.ForeignKey(Team, models.CASCADE, related_name="members")
    part = models.CharField(max_length=12, choices=TeamPart)
    office = models.CharField(max_length=200)
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, help_text="The last day.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["team", "part", "office", "name", "valid_from"], name="team_member_once"),
            models.CheckConstraint(name="team_member_part", condition=Q(part__in=TeamPart.values)),
            models.CheckConstraint(
                name="team_member_dates", condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
            ),
        ]


class ActionPlan(models.Model):
    """The action plan of a region for some years: what it rests on, what it holds, what enacted it."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    first_year = models.PositiveSmallIntegerField()
    last_year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=8, choices=PlanState, default=PlanState.DRAFT)
    situation = models.TextField(blank=True)
    analysis = models.ForeignKey(SituationAnalysis, models.PROTECT, null=True, related_name="+")
    enactment = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    documents = models.ManyToManyField(Document, related_name="+", help_text="Where its actions stand, as RPJMD.")

    class Meta:
        ordering = ["-first_year"]
        constraints = [
            models.UniqueConstraint(fields=["region", "first_year"], name="action_plan_once"),
            models.CheckConstraint(name="action_plan_years", condition=Q(last_year__gte=F("first_year"))),
            models.CheckConstraint(
                name="action_plan_enacted",
                condition=Q(state=PlanState.DRAFT, enactment__isnull=True)
                | Q(state=PlanState.ENACTED, enactment__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.first_year}–{self.last_year}"


class PlanAction(models.Model):
    """One action of a plan, and the outputs that it serves by their codes."""

    personal_data: dict[str, str] = {}

    plan = models.ForeignKey(ActionPlan, models.CASCADE, related_name="actions")
    kind = models.CharField(max_length=14, choices=PlanKind)
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=8, choices=WorkState, default=WorkState.PLANNED)
    serves = ArrayField(models.CharField(max_length=30), default=list, blank=True)

    class Meta:
        ordering = ["year", "quarter", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "year", "text"], name="plan_action_once"),
            models.CheckConstraint(
                name="plan_action_quarter", condition=Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4)
            ),
            models.CheckConstraint(
                name="plan_action_codes", condition=Q(kind__in=PlanKind.values, state__in=WorkState.values)
            ),
        ]


class ChecklistEntry(models.Model):
    """A person attached a piece of evidence to a step of a kabupaten's checklist of a year. What it proves is computed
    from whether the piece is verified; nothing is ticked."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    step = models.CharField(max_length=40, help_text="A step of definitions/programme/convergence.yaml.")
    source = models.CharField(max_length=10, choices=SubjectKind)
    subject_id = models.UUIDField(help_text="The public number of the document or activity.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "checklist entries"
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "step", "source", "subject_id"], name="checklist_entry_once"
            ),
            models.CheckConstraint(
                name="checklist_entry_source", condition=Q(source__in=[SubjectKind.DOCUMENT, SubjectKind.ACTIVITY])
            ),
        ]
        indexes = [models.Index(fields=["source", "subject_id"], name="checklist_entry_subject")]
