"""Who belongs to which network."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from tumbuh.accounts.api import Institution, User
from tumbuh.audit.api import record_event
from tumbuh.partners.actions.gates import check_manage, refuse
from tumbuh.partners.errors import DetailsError
from tumbuh.partners.models import Membership, Network
from tumbuh.partners.rules import NetworkCode, check_texts
from tumbuh.regions.api import Region


@transaction.atomic
def add_member(
    *, by: User, region: Region, code: NetworkCode, institution: Institution, since: date, contact_role: str = ""
) -> Membership:
    """The institution as a member of the region's network, which is made with its first; a member stays as it is."""
    check_manage(by, region.pk)
    check_texts([contact_role])
    if any(letter.isdigit() or letter == "@" for letter in contact_role):
        raise DetailsError(_("Tulis jabatan narahubung saja, tanpa nomor telepon atau surel."))
    network, _is_new = Network.objects.get_or_create(region=region, code=code)
    Network.objects.select_for_update().get(pk=network.pk)
    if held := Membership.objects.filter(network=network, institution=institution, until__isnull=True).first():
        return held
    if Membership.objects.filter(network=network, institution=institution, until__gte=since).exists():
        raise DetailsError(_("Lembaga itu sudah anggota pada hari itu. Pilih hari mulai yang sesudahnya."))
    made = Membership.objects.create(
        network=network, institution=institution, since=since, contact_role=contact_role.strip()
    )
    record_event(
        by=by, action="partners.member_added", object_kind="membership", object_id=made.pk, region_id=region.pk,
        after={"network": code, "institution": institution.pk, "since": since.isoformat()},
    )  # fmt: skip
    return made


@transaction.atomic
def end_membership(*, by: User, membership_id: int, until: date) -> Membership:
    """The membership with its last day; one that has ended already keeps its day."""
    held = Membership.objects.select_for_update(of=("self",)).select_related("network").filter(pk=membership_id).first()
    if held is None:
        raise refuse()
    check_manage(by, held.network.region_id)
    if held.until:
        return held
    if until < held.since:
        raise DetailsError(_("Hari terakhir tidak boleh sebelum hari pertama. Periksa tanggalnya."))
    held.until = until
    held.save(update_fields=["until"])
    record_event(
        by=by, action="partners.member_ended", object_kind="membership", object_id=held.pk,
        region_id=held.network.region_id, after={"until": until.isoformat()},
    )  # fmt: skip
    return held
