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


def list_rooms(path: str) -> list[Room]:
    """The rail's lines in order; `is_here` where the address lies in that room."""
    rooms = (
        ("/kerja", "home", gettext("Pekerjaan saya")),
        ("/data-masuk", "upload", gettext("Data masuk")),
        ("/verifikasi", "check", gettext("Verifikasi")),
        ("/kegiatan", "calendar", gettext("Kegiatan")),
        ("/tindak-lanjut", "list", gettext("Tindak lanjut")),
        ("/wilayah", "map", gettext("Wilayah")),
        ("/indikator", "chart", gettext("Indikator")),
        ("/regulasi", "book", gettext("Regulasi")),
        ("/program", "chart", gettext("Papan program")),
        ("/program/kewajiban", "calendar", gettext("Kewajiban saya")),
        ("/bukti", "check", gettext("Bukti")),
        ("/dokumen", "file", gettext("Dokumen")),
        ("/akun/keamanan", "lock", gettext("Keamanan akun")),
        ("/akun/jejak-saya", "clock", gettext("Jejak saya")),
    )
    around = [href for href, _icon, _label in rooms if path == href or path.startswith(f"{href}/")]
    here = max(around, key=len, default="")
    return [Room(href, icon, label, href == here) for href, icon, label in rooms]
