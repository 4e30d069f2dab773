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


class PlanError(ProgrammeError):
    """A team or a plan cannot be written so."""

    code = "programme.plan"

    @classmethod
    def of_later_team(cls) -> "PlanError":
        return cls(_("Sudah ada tim yang dibentuk sesudah tanggal itu. Periksa tanggal mulai berlakunya."))

    @classmethod
    def of_foreign_document(cls) -> "PlanError":
        return cls(_("Dokumen itu milik wilayah lain. Pilih dokumen wilayah ini."))

    @classmethod
    def of_days(cls) -> "PlanError":
        return cls(_("Tanggal selesai mendahului tanggal mulai, atau anggota mulai sebelum timnya. Perbaiki."))

    @classmethod
    def of_twice(cls) -> "PlanError":
        return cls(_("Orang itu sudah tercatat dalam kedudukan yang sama sejak tanggal itu. Ubah yang lama."))

    @classmethod
    def of_twice_planned(cls) -> "PlanError":
        return cls(_("Aksi dengan isi yang sama sudah ada pada tahun itu. Ubah aksi yang lama."))

    @classmethod
    def of_years(cls) -> "PlanError":
        return cls(_("Tahun itu di luar masa rencana. Pilih tahun di dalamnya."))

    @classmethod
    def of_level(cls) -> "PlanError":
        return cls(_("Di tingkat wilayah ini tidak disusun yang seperti itu. Pilih wilayah lain."))

    @classmethod
    def of_kinds(cls, missing: str) -> "PlanError":
        return cls(_("Rencana belum memuat: %(kinds)s. Tambahkan dahulu, baru tetapkan.") % {"kinds": missing})

    @classmethod
    def of_enactment(cls) -> "PlanError":
        return cls(_("Dokumen itu bukan keputusan atau peraturan yang dapat menetapkan rencana. Pilih yang lain."))

    @classmethod
    def of_enacted(cls) -> "PlanError":
        return cls(_("Rencana ini sudah ditetapkan, jadi masa dan analisisnya tidak diubah lagi. Buat rencana baru."))

    @classmethod
    def of_step(cls) -> "PlanError":
        return cls(_("Langkah itu tidak ada dalam daftar periksa tahun tersebut. Pilih dari daftar."))

    @classmethod
    def of_evidence(cls) -> "PlanError":
        return cls(_("Bukti itu tidak ada, dari wilayah lain, atau dari tahun lain. Pilih bukti yang sesuai."))


class SituationError(ProgrammeError):
    """An analysis of the situation cannot be written so."""

    code = "programme.situation"

    @classmethod
    def of_level(cls) -> "SituationError":
        return cls(_("Analisis situasi disusun oleh kabupaten/kota dan kecamatan. Pilih salah satunya."))

    @classmethod
    def of_concluded(cls) -> "SituationError":
        return cls(_("Analisis tahun ini sudah disimpulkan, jadi hambatannya tidak diubah. Buka kembali dahulu."))

    @classmethod
    def of_choice(cls) -> "SituationError":
        return cls(_("Layanan atau jenis hambatan itu tidak ada dalam daftar. Pilih dari daftar."))

    @classmethod
    def of_ended(cls) -> "SituationError":
        return cls(_("Hambatan itu sudah diubah atau ditarik orang lain. Muat ulang halaman, lalu periksa lagi."))

    @classmethod
    def of_nothing(cls) -> "SituationError":
        return cls(_("Tahun itu belum mempunyai angka layanan. Pilih tahun lain, atau tunggu datanya masuk."))

    @classmethod
    def of_no_barrier(cls) -> "SituationError":
        return cls(_("Belum ada hambatan yang dicatat. Catat sedikitnya satu, lalu simpulkan."))

    @classmethod
    def of_other(cls) -> "SituationError":
        return cls(_("Analisis itu dari wilayah lain, sesudah masa rencana, atau dibuka kembali. Pilih yang lain."))
