"""What the journeys share: a real worker for the queue, a workbook with real faults, steps of the import by hand."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.core.management import call_command
from django.db import connection, connections

from tests.factories.accounts import PASSWORD
from tests.factories.eppgbm import make_row, write_xlsx

SISTER, BROTHER, NIECE = "9101014503240001", "9101010504240002", "9101014104250003"
MONTH = "2026-10"


def empty_queue() -> None:
    """Django's flush leaves the tables of unmanaged models as they are."""
    with connection.cursor() as cursor:
        cursor.execute("truncate procrastinate_jobs, procrastinate_workers cascade")


def work() -> None:
    """The worker does what waits, in a thread: Playwright's own loop runs in this one."""

    def run() -> None:
        try:
            call_command("worker", once=True)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        pool.submit(run).result()


def write_faulty(path: Path) -> Path:
    """Nine children in Sumber Jaya as real exports write them; two of them cannot be saved as they are."""
    on = {"Tanggal_Pengukuran": "10/10/2026"}
    rows = [
        make_row(1, NIK=SISTER, **on, Tinggi="91"),
        make_row(2, NIK=BROTHER, Nama="BUDI HARTONO", JK="L", Tgl_Lahir="2024-04-05", **on, Tinggi="82"),  # stunted
        make_row(3, NIK=int(NIECE), Nama="CITRA LESTARI", Tgl_Lahir="01/04/2025", **on, Berat="8200", Tinggi="0,80"),
        make_row(4, Nama="DIMAS PRATAMA", JK="L", Desa_Kel="SUMBER JAY", Tinggi="92", **on),
        make_row(5, Nama="ELSA WIJAYA", **on, Berat="84,5", Tinggi="11,2"),  # swapped
        make_row(6, Nama="FAJAR UTAMI", JK="L", Tanggal_Pengukuran="10/10/2027"),  # to come
        make_row(7, Nama="GITA SARI", Tinggi="91", Tgl_Lahir="13/25/2024", **on),
        ["", "", "JUMLAH", *[""] * 16, "61,0"],
    ]
    return write_xlsx(path, rows)


def enter(page, site: str, username: str) -> None:
    page.goto(f"{site}/masuk")
    page.fill("[name=login]", username)
    page.fill("[name=password]", PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"{site}/kerja")


def send(page, site: str, path: Path | dict) -> None:
    """Hand in a file by the form."""
    page.goto(f"{site}/data-masuk/unggah")
    page.set_input_files("#berkas", path)
    page.locator("main").get_by_role("button", name="Unggah").click()


def read_file(page, site: str, path: Path) -> str:
    """Hand in a file and let it be read; the address of the import."""
    send(page, site, path)
    page.wait_for_url(f"{site}/data-masuk/*-*")
    work()
    page.reload()
    return page.url


def state_purpose(page) -> None:
    """On the way to a child that is not one's daily work."""
    page.get_by_label("Memperbaiki data yang salah").check()
    page.get_by_role("button", name="Buka halamannya").click()
