"""The rooms of somebody at work, as the left rail lists them."""

from dataclasses import dataclass

from django.utils.translation import gettext


@dataclass(frozen=True)
class Room:
    """One line of the rail."""

    href: str
    icon: str
    label: str
    is_here: bool


def list_rooms(path: str, *, may_manage: bool = False, may_read_people: bool = False) -> list[Room]:
    """The rail's lines in order; `is_here` where the address lies in that room, and in no smaller one of the list.

    `may_manage`: the reader manages accounts; `may_read_people`: the reader sees people; each is a room of its own.
    """
    rooms = [
        ("/kerja", "home", gettext("Pekerjaan saya")),
        ("/data-masuk", "upload", gettext("Data masuk")),
        ("/verifikasi", "check", gettext("Verifikasi")),
        *([("/anak-ganda", "people", gettext("Anak ganda"))] if may_read_people else []),
        ("/kegiatan", "calendar", gettext("Kegiatan")),
        ("/tindak-lanjut", "list", gettext("Tindak lanjut")),
        ("/wilayah", "map", gettext("Wilayah")),
        ("/indikator", "chart", gettext("Indikator")),
        ("/regulasi", "book", gettext("Regulasi")),
        ("/program", "chart", gettext("Papan program")),
        ("/program/kewajiban", "calendar", gettext("Kewajiban saya")),
        ("/bukti", "check", gettext("Bukti")),
        ("/dokumen", "file", gettext("Dokumen")),
        ("/mitra", "people", gettext("Mitra")),
        *([("/akun", "people", gettext("Akun"))] if may_manage else []),
        ("/akun/keamanan", "lock", gettext("Keamanan akun")),
        ("/akun/jejak-saya", "clock", gettext("Jejak saya")),
    ]
    around = [href for href, _, _ in rooms if path == href or path.startswith(f"{href}/")]
    here = max(around, key=len, default="")
    return [Room(href, icon, label, href == here) for href, icon, label in rooms]
