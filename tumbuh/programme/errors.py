"""What can go wrong with regulations."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class ProgrammeError(Exception):
    """Any error of this room; `code` is stable."""

    code = "programme"


class RegulationFolderError(ProgrammeError):
    """A folder that cannot be loaded; `faults` holds every fault with file, key and what to do."""

    code = "programme.folder"

    def __init__(self, folder: str, faults: Sequence[object]):
        self.faults = list(faults)
        head = _("Folder %(folder)s tidak dimuat karena ada %(count)d kesalahan. Perbaiki, lalu muat lagi.")
        lines = [head % {"folder": folder, "count": len(self.faults)}, *map(str, self.faults)]
        super().__init__("\n".join(lines))


class NoRegulationError(ProgrammeError):
    """No regulation is in force."""

    code = "programme.none"

    def __init__(self) -> None:
        super().__init__(_("Belum ada peraturan yang berlaku pada tanggal itu. Muat dengan “tumbuh regulation load”."))


class RegulationInUseError(ProgrammeError):
    """Something that the folder no longer holds is still referred to."""

    code = "programme.in_use"

    def __init__(self, kind: str, codes: Sequence[str]):
        message = _(
            "%(kind)s %(codes)s tidak ada lagi dalam folder, tetapi masih dipakai data lain. Kembalikan ke folder."
        )
        super().__init__(message % {"kind": kind, "codes": ", ".join(codes)})


class UnknownClauseError(ProgrammeError):
    """The regulation has no such output or duty."""

    code = "programme.clause"

    def __init__(self, clause: str):
        text = _("Keluaran atau kewajiban “%(code)s” tidak ada dalam peraturan ini. Pilih dari daftar.")
        super().__init__(text % {"code": clause})


class UnknownReadingError(ProgrammeError):
    """The note has no such alternative."""

    code = "programme.reading"

    def __init__(self, note: str, alternative: str):
        text = _("Catatan “%(note)s” tidak mempunyai bacaan “%(alternative)s”. Pilih dari daftar.")
        super().__init__(text % {"note": note, "alternative": alternative})


class ReasonError(ProgrammeError):
    """The decision needs words."""

    code = "programme.reason"

    def __init__(self) -> None:
        super().__init__(_("Tulis alasannya, agar yang membaca keputusan ini mengerti mengapa."))


class NotYoursError(ProgrammeError):
    """The user's roles do not let them decide this here."""

    code = "programme.not_yours"

    def __init__(self) -> None:
        super().__init__(_("Peran Anda tidak mencakup keputusan ini di wilayah ini."))
