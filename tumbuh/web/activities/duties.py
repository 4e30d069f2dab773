"""What activities ask of somebody, for the home at work: (address, what to do, why)."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from tumbuh.accounts.api import MANAGE_ACTIVITIES, Scope
from tumbuh.activities.api import State, count_follow_ups, count_unrecorded
from tumbuh.regions.api import Region
from tumbuh.web.site.viewer import may
from tumbuh.web.templatetags.numbers import count


def list_activity_duties(request: HttpRequest, region: Region) -> list[tuple[str, str, str]]:
    """Overdue follow-ups of the region and below, then its own activities that nobody recorded; two queries."""
    if not may(request, MANAGE_ACTIVITIES, region.pk):
        return []
    late, _open = count_follow_ups(Scope((region.span,)), timezone.localdate())
    unrecorded, steps = count_unrecorded(region), []
    if late:
        words = _("Selesaikan %(count)s tindak lanjut kegiatan") % {"count": count(late)}
        steps.append((reverse("follow-ups") + "?status=LATE", words, _("Tenggatnya sudah lewat.")))
    if unrecorded:
        words = _("Catat pelaksanaan %(count)s kegiatan") % {"count": count(unrecorded)}
        address = f"{reverse('activities')}?status={State.PLANNED}&wilayah={region.code}"
        steps.append((address, words, _("Waktunya sudah lewat dan belum dicatat atau dibatalkan.")))
    return steps
