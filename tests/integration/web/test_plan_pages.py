"""Pages of teams, action plans, the convergence checklist and supervision: who sees and writes what, in few queries."""

from datetime import date

import pytest
from django.utils import timezone

from tests.factories.accounts import make_user
from tests.factories.activities import make_held, make_plan, make_record
from tests.factories.programme import load_here, make_evidence
from tumbuh.activities.api import Observation, Task, plan_activity, record_held
from tumbuh.programme.api import (
    ActionPlan,
    ChecklistEntry,
    PlanKind,
    PlanState,
    SubjectKind,
    Team,
    TeamMember,
    attach_evidence,
    enact_plan,
    tie_document,
)
from tumbuh.verification.api import submit_item

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
KABUPATEN, KECAMATAN, DESA = "91.01", "91.01.01", "91.01.01.2001"
YEAR = timezone.localdate().year
TEAM, PLAN = f"/program/tim/{KABUPATEN}", f"/program/rencana/{KABUPATEN}"
OVERVIEW, CHECKLIST = "/program/konvergensi", f"/program/konvergensi/{KABUPATEN}/{YEAR}"
SUPERVISION = "/program/pengawasan"


@pytest.fixture
def regulation(province):
    return load_here()


@pytest.fixture
def planner(province, regulation):
    return make_user("pengelola", role="KABUPATEN_ANALYST", region=province[KABUPATEN])


@pytest.fixture
def reader(province):
    return make_user("opd", role="OPD_OFFICER", region=province["91"])


def read(client, address: str, user=None, status: int = 200) -> str:
    if user is not None:
        client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, user, address: str, expect: int = 200, **values) -> str:
    client.force_login(user)
    answer = client.post(address, values, follow=True)
    assert answer.status_code == expect, answer.content.decode()[-2000:]
    return answer.content.decode()


def set_up(client, user, **changes) -> str:
    return post(client, user, TEAM, **{"aksi": "bentuk", "nama": "TPPPS Hulu", "mulai": "2025-03-01", **changes})


def draw_up(client, user, **changes) -> str:
    wish = {"aksi": "rencana", "mulai": 2026, "selesai": 2029, "situasi": "Cakupan rendah.", **changes}
    return post(client, user, PLAN, **wish)


def add_action(client, user, kind="PLANNING", address=PLAN, expect=200, **changes) -> str:
    wish = {"aksi": "isi", "jenis": kind, "isi": f"Aksi {kind}", "tahun": 2026, "status": "PLANNED", **changes}
    return post(client, user, address, expect, **wish)


def test_a_team_is_set_up_filled_corrected_and_ended(client, planner, province):
    decree = make_evidence(planner, province[KABUPATEN], kind="KEPUTUSAN_BUPATI", number="7/2025")
    assert "TPPPS Hulu" in set_up(client, planner, keputusan=decree.pk)
    member = {
        "aksi": "anggota",
        "kedudukan": "CHAIR",
        "jabatan": "Wakil Bupati",
        "nama": "Rafflesia",
        "mulai": "2025-03-01",
    }
    assert "Rafflesia" in post(client, planner, TEAM, **member)
    key = TeamMember.objects.get().pk
    assert 'value="Wakil Bupati"' in read(client, f"{TEAM}?anggota={key}")
    post(client, planner, f"{TEAM}?anggota={key}", **member | {"jabatan": "Sekretaris Daerah"})
    assert TeamMember.objects.get().office == "Sekretaris Daerah"
    post(client, planner, TEAM, aksi="akhiri", selesai="2025-12-31")
    assert Team.objects.get().valid_until == date(2025, 12, 31)
    assert "Sekretaris Daerah" in read(client, f"{TEAM}?tanggal=2025-06-01")
    assert "Sekretaris Daerah" not in read(client, TEAM)
    assert "7/2025" in read(client, TEAM)


def test_a_wrong_team_is_said_and_kept_in_the_form(client, planner):
    set_up(client, planner)
    page = post(client, planner, TEAM, 422, aksi="anggota", kedudukan="CHAIR", jabatan="Camat", mulai="2024-01-01")
    assert "mendahului" in page and 'value="Camat"' in page
    read(client, f"{TEAM}?tanggal=2026-02-31&anggota=99999999999999999999")


def test_regions_without_a_team_are_listed_for_the_one_above(client, planner, province):
    assert "Hulu Satu" in read(client, TEAM, planner)
    assert "tanpa tim" not in read(client, f"/program/tim/{DESA}")


def test_others_read_a_team_and_cannot_write(client, planner, reader):
    set_up(client, planner)
    page = read(client, TEAM, reader)
    assert "TPPPS Hulu" in page and '<form method="post"' not in page.split("</header>")[-1]
    post(client, reader, TEAM, 404, aksi="akhiri", selesai="2026-01-01")
    client.logout()
    assert client.get(TEAM).status_code == 302


def test_a_plan_is_drawn_up_filled_and_enacted(client, planner, province):
    assert "rancangan" in draw_up(client, planner)
    decision = make_evidence(planner, province[KABUPATEN], kind="KEPUTUSAN_BUPATI", is_published=True,
                             published_at=timezone.now())  # fmt: skip
    post(client, planner, PLAN, 422, aksi="tetapkan", dokumen=decision.pk)
    for kind in PlanKind.values:
        add_action(client, planner, kind, keluaran="P1.S1.I3.K1, P3.S1.I7.K1")
    assert "Memuat keempat aksi utama" in read(client, PLAN)
    assert "ditetapkan" in post(client, planner, PLAN, aksi="tetapkan", dokumen=decision.pk)
    plan = ActionPlan.objects.get()
    assert (plan.state, plan.enactment) == (PlanState.ENACTED, decision)
    action = plan.actions.get(kind="PLANNING")
    assert action.serves == ["P1.S1.I3.K1", "P3.S1.I7.K1"]
    assert "Aksi PLANNING" in read(client, f"{PLAN}?aksi={action.pk}")
    client.logout()
    page = read(client, PLAN)
    assert "Cakupan rendah." in page and f"Laporan {KABUPATEN}" in page


def test_an_action_moves_on(client, planner):
    draw_up(client, planner)
    add_action(client, planner)
    action = ActionPlan.objects.get().actions.get()
    post(client, planner, f"{PLAN}?aksi={action.pk}", aksi="isi", jenis="PLANNING", isi="Lain", tahun=2027,
         triwulan="3", status="DONE")  # fmt: skip
    action.refresh_from_db()
    assert (action.text, action.year, action.quarter, action.state) == ("Lain", 2027, 3, "DONE")
    assert "P9.S9" in add_action(client, planner, expect=422, keluaran="P9.S9", isi="Salah")


def test_a_draft_is_only_for_those_who_read_what_is_not_published(client, planner, province):
    draw_up(client, planner)
    client.logout()
    assert "Cakupan rendah." not in read(client, PLAN)
    other = make_user("hilir", role="KABUPATEN_ANALYST", region=province["91.02"])
    assert "Cakupan rendah." not in read(client, PLAN, other)
    post(client, other, PLAN, 404, aksi="rencana", mulai=2026, selesai=2029, situasi="Bukan milik saya.")


def test_a_desa_has_no_plan(client, regulation):
    read(client, f"/program/rencana/{DESA}", status=404)


def test_evidence_is_attached_and_taken_off(client, planner, province):
    document = make_evidence(planner, province[KABUPATEN], kind="PERDA", title="Perda gizi", year=YEAR)
    assert "Perda gizi" in read(client, CHECKLIST, planner)
    wish = {"langkah": "regulation", "bukti": f"DOCUMENT:{document.public_id}"}
    assert "Bukti dilampirkan" in post(client, planner, CHECKLIST, **wish)
    entry = ChecklistEntry.objects.get()
    assert "Bukti dilepas" in post(client, planner, CHECKLIST, aksi="lepas", lampiran=entry.pk, langkah="regulation")
    assert not ChecklistEntry.objects.exists()


@pytest.mark.parametrize("evidence", ["", "DOCUMENT:bukan-nomor", "APA:00000000-0000-0000-0000-000000000001"])
def test_nonsense_is_said(client, planner, evidence):
    assert "Bukti itu tidak ada" in post(client, planner, CHECKLIST, langkah="regulation", bukti=evidence)


def test_the_public_reads_states_but_no_titles(client, planner, province):
    document = make_evidence(planner, province[KABUPATEN], kind="PERDA", title="Perda gizi", year=YEAR)
    attach_evidence(by=planner, region=province[KABUPATEN], year=YEAR, step="regulation",
                    source=SubjectKind.DOCUMENT, subject_id=document.public_id)  # fmt: skip
    page = read(client, CHECKLIST)
    assert "Perda gizi" not in page and "Peraturan Daerah" in page
    submit_item(by=planner, kind="DOCUMENT", subject_id=document.public_id, region=province[KABUPATEN],
                makers={planner.pk})  # fmt: skip
    assert "0 dari 18 aksi" in read(client, OVERVIEW)


@pytest.mark.parametrize(
    "address", [f"/program/konvergensi/{KECAMATAN}/{YEAR}", f"/program/konvergensi/{KABUPATEN}/2040"]
)
def test_only_kabupaten_and_years_of_the_regulation_have_a_checklist(client, regulation, address):
    read(client, address, status=404)


def test_the_clause_shows_the_checklist_as_its_evidence(client, planner, province):
    document = make_evidence(planner, province[KABUPATEN], kind="PERDA", year=YEAR)
    submit_item(by=planner, kind="DOCUMENT", subject_id=document.public_id, region=province[KABUPATEN],
                makers={planner.pk})  # fmt: skip
    attach_evidence(by=planner, region=province[KABUPATEN], year=YEAR, step="regulation",
                    source=SubjectKind.DOCUMENT, subject_id=document.public_id)  # fmt: skip
    client.logout()
    assert CHECKLIST in read(client, "/program/keluaran/PS5.3.b")


def test_supervision_tells_what_was_held_and_found(client, province, regulation, reader):
    supervisor = make_user("pengawas", role="SUPERVISOR", region=province["91"])
    plan = make_plan("PENGAWASAN_UMUM", title="Pengawasan triwulan")
    planned = plan_activity(by=supervisor, region=province["91"], plan=plan)
    task = Task("Lengkapi register", owner_name="Dinas Kesehatan", due_on=date(2030, 1, 31))
    record = make_record("PENGAWASAN_UMUM", findings=(Observation("Register kosong", task),), tasks=())
    record_held(by=supervisor, public_id=planned.public_id, record=record)
    page = read(client, f"{SUPERVISION}?tahun={planned.starts_at.year}", supervisor)
    assert "Pengawasan triwulan" in page and "Register kosong" in page and "1 temuan belum selesai" in page
    client.logout()
    assert client.get(SUPERVISION).status_code == 302


def fill_everything(client, planner, province):
    decree = make_evidence(planner, province[KABUPATEN], kind="KEPUTUSAN_BUPATI")
    set_up(client, planner, keputusan=decree.pk)
    for office in ("Bupati", "Wakil Bupati", "Sekretaris Daerah"):
        post(client, planner, TEAM, aksi="anggota", kedudukan="MEMBER", jabatan=office, mulai="2025-03-01")
    draw_up(client, planner)
    for kind in PlanKind.values:
        add_action(client, planner, kind, keluaran="P1.S1.I3.K1")
    plan = ActionPlan.objects.get()
    tie_document(by=planner, plan=plan, document=make_evidence(planner, province[KABUPATEN], kind="RPJMD"))
    enact_plan(
        by=planner, plan=plan, document=make_evidence(planner, province[KABUPATEN], kind="KEPUTUSAN_BUPATI", year=2025)
    )
    for kind, step in (("PERDA", "regulation"), ("RKPD", "targets"), ("APBD", "budget")):
        document = make_evidence(planner, province[KABUPATEN], kind=kind, year=YEAR)
        attach_evidence(by=planner, region=province[KABUPATEN], year=YEAR, step=step,
                        source=SubjectKind.DOCUMENT, subject_id=document.public_id)  # fmt: skip
    held = make_held(planner, province[KABUPATEN], "REMBUK_STUNTING")
    attach_evidence(by=planner, region=province[KABUPATEN], year=YEAR, step="rembuk",
                    source=SubjectKind.ACTIVITY, subject_id=held.public_id)  # fmt: skip


def test_pages_ask_at_most_twelve_times(client, planner, province, django_assert_max_num_queries):
    fill_everything(client, planner, province)
    member, action = TeamMember.objects.first().pk, ActionPlan.objects.get().actions.first().pk
    for address in (f"{TEAM}?anggota={member}", f"{PLAN}?aksi={action}", OVERVIEW, CHECKLIST, SUPERVISION):
        read(client, address, planner)
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(address)
