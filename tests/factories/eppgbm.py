"""An e-PPGBM sheet in memory: the real header row and rows that fit it."""

from datetime import date

HEADINGS = (
    "No|NIK|Nama|JK|Tgl Lahir|BB Lahir|TB Lahir|Nama Ortu|Prov|Kab/Kota|Kec|Pukesmas|Desa/Kel|Posyandu|RT|RW|Alamat|"
    "Usia Saat Ukur|Tanggal Pengukuran|Berat|Tinggi|Cara Ukur|LiLA|BB/U|ZS BB/U|TB/U|ZS TB/U|BB/TB|ZS BB/TB|"
    "Naik Berat Badan|PMT Diterima (kg)|Jml Vit A|KPSP|KIA|Detail"
).split("|")
GOOD = {
    "No": 1,
    "NIK": "1701014107240001",
    "Nama": "Siti Nurhaliza",
    "JK": "P",
    "Tgl Lahir": "2024-07-01",
    "BB Lahir": "3,1",
    "TB Lahir": "49,0",
    "Nama Ortu": "Ani",
    "Prov": "BENGKULU",
    "Kab/Kota": "BENGKULU SELATAN",
    "Kec": "KOTA MANNA",
    "Pukesmas": "PASAR MANNA",
    "Desa/Kel": "PADANG NIUR",
    "Posyandu": "MELATI 1",
    "RT": "1",
    "RW": "2",
    "Alamat": "Jl. Raya",
    "Usia Saat Ukur": "2 Tahun - 3 Bulan - 4 Hari",
    "Tanggal Pengukuran": "2026-10-05",
    "Berat": "11.2",
    "Tinggi": "86.5",
    "Cara Ukur": "Berdiri",
    "LiLA": "14,5",
    "BB/U": "Normal",
    "ZS BB/U": "-0,61",
    "TB/U": "Normal",
    "ZS TB/U": "-0,52",
    "BB/TB": "Gizi Baik",
    "ZS BB/TB": "-0,4",
    "Naik Berat Badan": "N",
    "Jml Vit A": "1",
    "KIA": "Ya",
}
TODAY = date(2026, 11, 24)


def make_row(**changes):
    """A good row with some cells changed; keys are headings with blanks and signs as they are (pass a dict with **)."""
    return [{**GOOD, **changes}.get(heading) for heading in HEADINGS]
