"""The import's pages, state by state, with a fixed number of queries."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.factories.accounts import make_user
from tests.factories.eppgbm import make_row, write_xlsx
from tests.factories.imports import preview, run, save, take, undo
from tumbuh.intake.api import Import, State, check_import, commit_import, read_import, undo_import
from tumbuh.records.models import Measurement, Person

pytestmark = pytest.mark.django_db
A = "9101014503240001"


@pytest.fixture
def visitor(client, user):
    client.force_login(user)
    return client


def make_file(tmp_path, *rows):
    return write_xlsx(tmp_path / "maret.xlsx", rows or [make_row(NIK=A)])


def test_the_whole_way_by_buttons(visitor, user, tmp_path):
    path = make_file(tmp_path, make_row(1, NIK=A), make_row(2, Desa_Kel="ZZZZZZ"))
    file = SimpleUploadedFile("maret.xlsx", path.read_bytes())
    answer = visitor.post("/data-masuk/unggah", {"berkas": file})
    job = Import.objects.get()
    assert answer.status_code == 302 and answer.url == f"/data-masuk/{job.pk}"
    assert "Menunggu giliran" in visitor.get(answer.url).content.decode()
    read_import(import_id=job.pk)
    page = visitor.get(answer.url).content.decode()
    assert "Pukesmas" in page and "AISYAH PUTRI" in page and A not in page
    sheet = Import.objects.get().columns["sheets"][0]["reading"]
    fields = {f"c0-{column['index']}-{column['visit']}": column["field"] for column in sheet["columns"]}
    visitor.post(f"{answer.url}/kolom", {"s0": "on", **fields})
    check_import(import_id=job.pk)
    page = visitor.get(answer.url).content.decode()
    assert "1 baru" in page and "1 ditolak" in page and "Belum ada yang disimpan" in page
    visitor.post(f"{answer.url}/simpan")
    commit_import(import_id=job.pk)
    assert "tersimpan" in visitor.get(answer.url).content.decode()
    visitor.post(f"{answer.url}/batalkan", {"alasan": "salah bulan"})
    undo_import(import_id=job.pk)
    assert "sudah dibatalkan" in visitor.get(answer.url).content.decode()
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize("state", ["CONFIRM", "PREVIEW", "COMMITTED", "UNDONE", "REFUSED"])
def test_page_of_each_state(visitor, user, tmp_path, state, django_assert_max_num_queries):
    path = make_file(tmp_path)
    if state == "REFUSED":
        path.write_bytes(b"%PDF-1.7")
    job = {"CONFIRM": take, "PREVIEW": preview, "COMMITTED": run, "UNDONE": run, "REFUSED": take}[state](user, path)
    if state == "UNDONE":
        job = undo(user, job)
    assert job.state == state
    with django_assert_max_num_queries(12):
        answer = visitor.get(f"/data-masuk/{job.pk}")
    assert answer.status_code == 200 and State(state).label in answer.content.decode()
    part = visitor.get(f"/data-masuk/{job.pk}", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part and 'id="impor"' in part


def test_list(visitor, user, tmp_path, django_assert_max_num_queries):
    for _ in range(3):
        take(user, make_file(tmp_path))
    with django_assert_max_num_queries(9):
        page = visitor.get("/data-masuk").content.decode()
    assert page.count("maret.xlsx") == 3


def test_another_region_is_not_there(client, regions, user, tmp_path):
    job = run(user, make_file(tmp_path))
    client.force_login(make_user("lain", role="KABUPATEN_ANALYST", region=regions["91.02"]))
    for path in ("", "/tinjau", "/koreksi.xlsx"):
        assert client.get(f"/data-masuk/{job.pk}{path}").status_code == 404
    for path in ("/kolom", "/simpan", "/hentikan", "/batalkan", "/kembali", "/judul"):
        assert client.post(f"/data-masuk/{job.pk}{path}").status_code == 404
    assert "maret.xlsx" not in client.get("/data-masuk").content.decode()


def test_a_colleague_of_the_region_sees_it(client, regions, user, tmp_path):
    job = run(user, make_file(tmp_path))
    client.force_login(make_user("rekan", role="KABUPATEN_ANALYST", region=regions["91.01"]))
    assert client.get(f"/data-masuk/{job.pk}").status_code == 200


def test_visitors_sign_in_first(client, user, tmp_path):
    job = take(user, make_file(tmp_path))
    for path in ("/data-masuk", "/data-masuk/unggah", f"/data-masuk/{job.pk}"):
        assert client.get(path).url.startswith("/masuk?next=")


def test_upload_without_a_file_says_so(visitor):
    answer = visitor.post("/data-masuk/unggah")
    assert answer.status_code == 422 and "Belum ada berkas" in answer.content.decode()


def test_review_by_hand(visitor, user, tmp_path):
    run(user, make_file(tmp_path))
    job = preview(user, make_file(tmp_path, make_row(Nama="AISYA PUTRI", Tanggal_Pengukuran="11/04/2026")))
    row = job.rows.get()
    page = visitor.get(f"/data-masuk/{job.pk}/tinjau").content.decode()
    assert "AISYAH PUTRI" in page and f'name="r{row.pk}"' in page
    visitor.post(f"/data-masuk/{job.pk}/tinjau", {f"r{row.pk}": "SAME"})
    save(user, job)
    assert (Person.objects.count(), Measurement.objects.count()) == (1, 2)


def test_stopping(visitor, user, tmp_path):
    job = take(user, make_file(tmp_path))
    visitor.post(f"/data-masuk/{job.pk}/hentikan")
    assert Import.objects.get().state == State.CANCELLED


def test_stopping_a_running_check(visitor, user, tmp_path):
    from tumbuh.intake.api import confirm_columns

    job = take(user, make_file(tmp_path))
    confirm_columns(by=user, import_id=job.pk)
    visitor.post(f"/data-masuk/{job.pk}/hentikan")
    check_import(import_id=job.pk)
    job.refresh_from_db()
    assert job.state == State.CANCELLED and not job.rows.exists()


def test_english(visitor, user, tmp_path):
    job = preview(user, make_file(tmp_path))
    visitor.cookies["django_language"] = "en"
    assert visitor.get(f"/data-masuk/{job.pk}").status_code == 200
