"""Packages, the steps they took, cells that were sent back, who put work in; and reviews of single things."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from tumbuh.regions.api import Region
from tumbuh.verification.rules import RECALLED, Answer, DataSet, Move, ReviewMove, ReviewState, State, Tier


def one_of(name: str, field: str, codes: type[models.Choices], *, or_null: bool = False) -> models.CheckConstraint:
    """The database itself refuses any other code."""
    known = Q(**{f"{field}__in": codes.values})
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__isnull": True}) | known if or_null else known)


class Package(models.Model):
    """The data of one kind (`data_set`) of one desa in one month. Without a row, it is a draft that nobody touched."""

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    month = models.DateField(help_text="The first day of the month.")
    data_set = models.CharField(max_length=20, choices=DataSet)
    state = models.CharField(max_length=20, choices=State, default=State.DRAFT)
    is_whole_open = models.BooleanField(default=True, help_text="Draft or returned as a whole: every row can change.")
    condition = models.TextField(blank=True, help_text="Approved on this condition; until it is met, provisional.")
    condition_due = models.DateField(null=True, blank=True)
    condition_tier = models.PositiveSmallIntegerField(choices=Tier, null=True, blank=True)
    version = models.PositiveIntegerField(default=0, help_text="Counts the steps; a page shows which one it read.")
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "month", "data_set"], name="package_once"),
            models.CheckConstraint(name="package_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="package_condition",
                condition=Q(condition="", condition_due__isnull=True, condition_tier__isnull=True)
                | (~Q(condition="") & Q(condition_due__isnull=False, condition_tier__isnull=False)),
            ),
            models.CheckConstraint(
                name="package_open", condition=Q(is_whole_open=False) | Q(state__in=[State.DRAFT, State.RETURNED_DESA])
            ),
            one_of("package_state", "state", State),
            one_of("package_data_set", "data_set", DataSet),
            one_of("package_condition_tier", "condition_tier", Tier, or_null=True),
        ]
        indexes = [models.Index(fields=["month", "data_set", "region"], name="package_month")]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m} {self.data_set} {self.state}"


class Step(models.Model):
    """One step that a package took; never changed afterwards."""

    personal_data: dict[str, str] = {}

    package = models.ForeignKey(Package, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10, choices=Move)
    tier = models.PositiveSmallIntegerField(choices=Tier)
    source = models.CharField(max_length=20, choices=State)
    target = models.CharField(max_length=20, choices=State)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Null: the system."
    )
    role = models.CharField(max_length=30, blank=True, help_text="By which role; blank where it was not kept yet.")
    taken_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)
    exception = models.TextField(blank=True, help_text="Why the tier went on although packages below were open.")
    statement = models.TextField(blank=True, help_text="What was declared when approving.")

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("step_move", "move", Move),
            one_of("step_tier", "tier", Tier),
            one_of("step_source", "source", State),
            one_of("step_target", "target", State),
            models.CheckConstraint(
                name="step_by",
                condition=Q(by__isnull=True, move=Move.LAPSE) | (Q(by__isnull=False) & ~Q(move=Move.LAPSE)),
            ),
        ]


class Recall(models.Model):
    """A tier asks the one above to give a package back to it, and what it was told."""

    personal_data: dict[str, str] = {}

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="recalls")
    tier = models.PositiveSmallIntegerField(choices=Tier, help_text="Who asks.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30)
    reason = models.TextField()
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.OPEN)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", help_text="Null when open: nobody yet."
    )
    answered_at = models.DateTimeField(null=True)
    words = models.TextField(blank=True, help_text="Why it was declined or given back.")

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("recall_answer", "answer", Answer),
            models.CheckConstraint(name="recall_tier", condition=Q(tier__in=list(RECALLED))),
            models.UniqueConstraint(fields=["package", "tier"], condition=Q(answer=Answer.OPEN), name="recall_once"),
            models.CheckConstraint(
                name="recall_answered",
                condition=Q(answer=Answer.OPEN, answered_at__isnull=True)
                | (~Q(answer=Answer.OPEN) & Q(answered_at__isnull=False)),
            ),
        ]


class CellReturn(models.Model):
    """One field of one row that was sent back; only such cells can change in a package returned by cells."""

    personal_data = {
        "note": "what is wrong with a child's data",
        "value": "health",
        "answer": "what was done about it",
        "evidence": "may show a child's book",
    }
    scoped_by = "package"

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    package = models.ForeignKey(Package, models.PROTECT, related_name="cells")
    object_kind = models.CharField(max_length=20)
    object_id = models.BigIntegerField()
    field = models.CharField(max_length=40)
    reason = models.CharField(max_length=40, help_text="A code of definitions/verification/reasons.yaml.")
    note = models.TextField(blank=True)
    value = models.CharField(max_length=40, blank=True, help_text="What stood there when it was sent back.")
    evidence = models.FileField(upload_to="verification/", blank=True)
    evidence_name = models.CharField(max_length=120, blank=True)
    step = models.ForeignKey(Step, models.PROTECT, related_name="cells")
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True, help_text="The tier that sent it back has approved.")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["package", "object_kind", "object_id", "field"],
                condition=Q(closed_at__isnull=True),
                name="cell_returned_once",
            ),
            models.CheckConstraint(
                name="cell_answered",
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.CheckConstraint(
                name="cell_answer_words",
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]


class Contribution(models.Model):
    """A user entered data of a desa's month: they do not verify it."""

    personal_data: dict[str, str] = {}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False)
    month = models.DateField()
    data_set = models.CharField(max_length=20, choices=DataSet)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["region", "month", "data_set", "user"], name="contribution_once"),
            one_of("contribution_data_set", "data_set", DataSet),
        ]


class DeadlineChange(models.Model):
    """An official's own day for a tier, from a month on; it goes before the definition."""

    personal_data: dict[str, str] = {}

    tier = models.PositiveSmallIntegerField(choices=Tier)
    day = models.PositiveSmallIntegerField(help_text="Of the month after the data's month.")
    valid_from = models.DateField()
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["valid_from", "id"]
        constraints = [
            models.CheckConstraint(name="deadline_day", condition=Q(day__gte=1, day__lte=60)),
            one_of("deadline_tier", "tier", Tier),
        ]


class Review(models.Model):
    """A single thing that was put forward: which kind, its public number, whose region, and where it stands.

    What the thing is, only the room that made it knows. `makers` put work into it and do not review it.
    """

    personal_data: dict[str, str] = {}

    subject_kind = models.CharField(max_length=20)
    subject_id = models.UUIDField()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    tier = models.PositiveSmallIntegerField(choices=Tier, help_text="Who reviews it.")
    state = models.CharField(max_length=10, choices=ReviewState)
    makers = ArrayField(models.PositiveIntegerField(), default=list)
    version = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id"], name="review_once"),
            one_of("review_state", "state", ReviewState),
            one_of("review_tier", "tier", Tier),
        ]
        indexes = [
            models.Index(fields=["tier", "region"], name="review_waiting", condition=Q(state=ReviewState.SUBMITTED))
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.state}"


class ReviewStep(models.Model):
    """One move of a review; never changed afterwards."""

    personal_data: dict[str, str] = {}

    review = models.ForeignKey(Review, models.PROTECT, related_name="steps")
    move = models.CharField(max_length=10, choices=ReviewMove)
    target = models.CharField(max_length=10, choices=ReviewState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(max_length=30, blank=True)
    taken_at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            one_of("review_step_move", "move", ReviewMove),
            one_of("review_step_target", "target", ReviewState),
        ]

    def __str__(self) -> str:
        return f"{self.review_id} {self.move} {self.taken_at:%Y-%m-%d}"
