"""One account: making it, giving and ending roles, closing it, and what is refused."""

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.factories.accounts import make_user
from tumbuh.accounts.api import Institution, User, assign_role
from tumbuh.audit.api import SYSTEM, Event


def act(office, user, deed, **more):
    return office.post(f"/akun/{user.pk}", {"tindakan": deed, "alasan": "sebab", **more})


def test_absent_and_not_yours_are_the_same(office, operator, stranger):
    assert office.get(f"/akun/{operator.pk}").status_code == 200
    for number in (stranger.pk, 999_999):
        assert office.get(f"/akun/{number}").status_code == 404
        assert office.post(f"/akun/{number}", {"tindakan": "undang"}).status_code == 404
        assert office.get(f"/akun/{number}/peran").status_code == 404


def test_the_page_in_few_queries(office, operator, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        page = office.get(f"/akun/{operator.pk}").content.decode()
    assert "Peran diberikan" in page and "Tutup akun" in page


def test_close_open_expel_with_a_reason(office, operator):
    for deed in ("tutup", "buka", "keluarkan", "faktor"):
        assert act(office, operator, deed, alasan=" ").status_code == 422
    assert act(office, operator, "tutup").status_code == 302
    operator.refresh_from_db()
    assert not operator.is_active
    assert act(office, operator, "undang").status_code == 422  # closed
    act(office, operator, "buka")
    stamp = User.objects.get(pk=operator.pk).session_stamp
    act(office, operator, "keluarkan")
    operator.refresh_from_db()
    assert operator.is_active and operator.session_stamp == stamp + 1
    assert office.post(f"/akun/{operator.pk}", {"tindakan": "lain"}).status_code == 422


def test_a_lost_second_factor_is_taken_off(office, operator):
    Authenticator.objects.create(user=operator, type=Authenticator.Type.TOTP, data={"secret": "x"})
    assert "Lepas langkah kedua" in office.get(f"/akun/{operator.pk}").content.decode()
    act(office, operator, "faktor", alasan="telepon hilang")
    assert not Authenticator.objects.filter(user=operator).exists()
    event = Event.objects.get(action="accounts.factors.reset")
    assert (event.reason, event.actor_name, event.region_id) == ("telepon hilang", "admin.hulu", 9101012001)


@pytest.mark.parametrize("deed", ["tutup", "keluarkan", "faktor", "undang"])
def test_never_of_oneself_a_peer_or_somebody_with_a_role_elsewhere(office, province, admin, operator, deed):
    peer = make_user("analis", role="KABUPATEN_ANALYST", region=province["91.01"])
    assign_role(
        by=SYSTEM, user=operator, role="MIDWIFE", region=province["91.02.01.2001"], valid_from=timezone.localdate()
    )
    for user in (admin, peer, operator):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "x"})
        assert "Tutup akun" not in office.get(f"/akun/{user.pk}").content.decode()
        assert act(office, user, deed).status_code == 422
        assert office.get(f"/akun/{user.pk}/peran").status_code == 404
    assert Authenticator.objects.count() == 3


def test_end_a_role_of_somebody_who_also_works_elsewhere(office, province, operator):
    elsewhere = assign_role(
        by=SYSTEM, user=operator, role="MIDWIFE", region=province["91.02.01.2001"], valid_from=timezone.localdate()
    )
    page = office.get(f"/akun/{operator.pk}").content.decode()
    assert "di luar wilayah Anda" in page and "Bidan desa" not in page
    mine = operator.assignments.get(role="DESA_OPERATOR")
    assert act(office, operator, "akhiri", penugasan=mine.pk).status_code == 302
    assert act(office, operator, "akhiri", penugasan=elsewhere.pk).status_code == 404
    assert act(office, operator, "akhiri", penugasan="9" * 30).status_code == 404
    mine.refresh_from_db()
    elsewhere.refresh_from_db()
    assert mine.valid_to is not None and elsewhere.valid_to is None


def test_a_new_account_in_two_steps(office, province, admin):
    page = office.get("/akun/baru", {"peran": "DESA_OPERATOR", "wilayah": "sumber jaya"})
    assert [place.code for place in page.context["places"]] == ["91.01.01.2001"]  # the other one is not theirs
    offered = {code for code, _ in page.context["form"].fields["peran"].choices}
    assert "REGION_ADMIN" in offered and not offered & {"KABUPATEN_VERIFIER", "PROVINSI_ADMIN", "SUPERVISOR"}
    where = "/akun/baru?peran=DESA_OPERATOR&wilayah=91.01.01.2001"
    assert 'value="desa-9101012001"' in office.get(where).content.decode()
    today = timezone.localdate().isoformat()
    wanted = {"full_name": "Siti Aminah", "username": "desa-9101012001", "email": "", "valid_from": today}
    assert office.post(where, wanted | {"valid_to": "2020-01-01"}).status_code == 422
    answer = office.post(where, wanted)
    made = User.objects.get(username="desa-9101012001")
    assert answer.url == f"/akun/{made.pk}" and not made.has_usable_password()
    page = office.get(answer.url).content.decode()
    assert "Lihat dan cetak undangan" in page and "diundang" in page
    assert office.post(where, wanted).status_code == 422  # the name is taken


@pytest.mark.parametrize(
    ("role", "code"),
    [
        ("DESA_OPERATOR", "91.02.01.2001"),
        ("KABUPATEN_VERIFIER", "91.01"),
        ("REGION_ADMIN", "91.01"),
        ("PROVINSI_ADMIN", "91"),
        ("TIDAK_ADA", "91.01.01"),
    ],
)
def test_beyond_ones_bounds_nothing_is_made(office, admin, role, code):
    where = f"/akun/baru?peran={role}&wilayah={code}"
    office.post(where, {"full_name": "X", "username": "x", "valid_from": "2026-01-01"})
    assert not User.objects.filter(username="x").exists()


def test_roles_that_need_an_institution_ask_for_it(office, province, operator, institutions):
    where = f"/akun/{operator.pk}/peran?peran=KECAMATAN_VERIFIER&wilayah=91.01.01"
    today = timezone.localdate().isoformat()
    assert office.post(where, {"valid_from": today}).status_code == 422
    agency = Institution.objects.get(code="pemerintah-kecamatan", region=province["91.01.01"])
    assert office.post(where, {"valid_from": today, "institution": agency.pk}).status_code == 302
    assert operator.assignments.get(role="KECAMATAN_VERIFIER").institution == agency
    Institution.objects.all().update(valid_to="2025-06-30")
    page = office.get(f"/akun/{operator.pk}/peran?peran=KECAMATAN_VERIFIER&wilayah=91.01.02").content.decode()
    assert "memerlukan instansi" in page


def test_an_institution_for_a_role_that_named_none(office, province, operator, stranger, institutions):
    held = operator.assignments.get()
    where = f"/akun/{operator.pk}/peran/{held.pk}/instansi"
    page = office.get(where)
    offered = page.context["form"].fields["institution"].queryset
    assert [one.code for one in offered] == ["pemerintah-desa"]
    assert office.post(where, {"institution": Institution.objects.get(code="dinas-kesehatan").pk}).status_code == 422
    assert office.post(where, {"institution": offered[0].pk}).status_code == 302
    held.refresh_from_db()
    assert held.institution.region == province["91.01.01.2001"]
    assert "Pemerintah Desa Sumber Jaya" in office.get(f"/akun/{operator.pk}").content.decode()
    theirs = stranger.assignments.get()
    for user in (operator, stranger):
        assert office.get(f"/akun/{user.pk}/peran/{theirs.pk}/instansi").status_code == 404
    own = User.objects.get(username="admin.hulu")
    assert office.get(f"/akun/{own.pk}/peran/{own.assignments.get().pk}/instansi").status_code == 404
