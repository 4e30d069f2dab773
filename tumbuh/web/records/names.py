"""What a household is called where no head is written down."""

from django.utils.translation import gettext

from tumbuh.records.api import Household


def name_household(household: Household) -> str:
    """“Keluarga” with its head; without one, with what tells it from others of the desa: RT, RW, address."""
    if household.head_name:
        return gettext("Keluarga %(name)s") % {"name": household.head_name}
    where = [household.rt and f"RT {household.rt}", household.rw and f"RW {household.rw}", household.address]
    place = ", ".join(filter(None, where))
    name = gettext("Keluarga tanpa nama kepala")
    return f"{name} ({place})" if place else name
