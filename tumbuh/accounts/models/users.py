"""Users and the roles they hold in regions."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from tumbuh.accounts.models.institutions import Institution
from tumbuh.accounts.rules import ROLES
from tumbuh.regions.api import Region


class User(AbstractUser):
    """Somebody who signs in. `is_demo` marks the made-up accounts of the demo province; raising `session_stamp` ends
    the user's sessions, at no query."""

    personal_data = {"first_name": "name", "last_name": "name", "email": "address", "username": "account name"}

    is_demo = models.BooleanField(default=False)
    session_stamp = models.PositiveIntegerField(default=0)

    @property
    def display_name(self) -> str:
        return self.get_full_name() or self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What each session of the user carries: another password or another stamp ends them all."""
        return salted_hmac(
            "tumbuh.accounts.session", f"{self.session_stamp}:{self.password}", secret=secret, algorithm="sha256"
        ).hexdigest()

    @cached_property
    def role_code(self) -> str:
        """The codes of the roles held today, as the trail keeps them; one query, then remembered with the object."""
        day = timezone.localdate()
        held = self.assignments.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)
        return ",".join(sorted(set(held.values_list("role", flat=True))))[:200]


class Assignment(models.Model):
    """A user holds a role in a region and everything below it, for a time, where it matters for an institution."""

    personal_data: dict[str, str] = {}

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=30, choices=[(role.code, role.label) for role in ROLES.values()])
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, blank=True, related_name="assignments")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "role", "region", "valid_from"], name="assignment_once"),
            models.CheckConstraint(
                name="assignment_dates", condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
            ),
        ]
