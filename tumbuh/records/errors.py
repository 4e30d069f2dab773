"""Errors of the records room."""

from collections.abc import Sequence

from django.utils.translation import gettext as _


class RecordsError(Exception):
    """An error of this room: `code` is stable, the text says what happened, why and what to do now."""

    code = "RECORDS"


class NikUnreadableError(RecordsError):
    """A stored NIK cannot be decrypted."""

    code = "NIK_UNREADABLE"

    def __init__(self) -> None:
        super().__init__(
            "NIK tersimpan tidak dapat dibaca karena kuncinya bukan kunci saat NIK disimpan. "
            "Pasang kembali kunci TUMBUH_NIK_KEY yang benar."
        )


class BatchUndoneError(RecordsError):
    """A batch that was taken back is written to or taken back again."""

    code = "BATCH_UNDONE"

    def __init__(self) -> None:
        super().__init__(
            "Sumber data ini sudah dibatalkan sehingga tidak dapat diubah lagi. Kirim ulang berkasnya bila diperlukan."
        )


class MonthsClosedError(RecordsError):
    """A correction would change figures of months that were sent for verification."""

    code = "MONTHS_CLOSED"

    def __init__(self, months: Sequence[str]) -> None:
        super().__init__(
            _(
                "Perubahan ini mengubah angka %(months)s, padahal bulan itu sudah dikirim untuk diperiksa dan "
                "terkunci. Minta paket bulan itu kembali di halaman Verifikasi, lalu perbaiki."
            )
            % {"months": ", ".join(months)}
        )


class BirthDateError(RecordsError):
    """A birth date after the child was registered or measured."""

    code = "BIRTH_DATE"

    def __init__(self, latest: str) -> None:
        super().__init__(
            _("Anak ini sudah terdaftar atau diukur pada %(day)s, maka tanggal lahirnya tidak dapat sesudah itu.")
            % {"day": latest}
        )


class ReasonMissingError(RecordsError):
    """A correction without a reason."""

    code = "REASON_MISSING"

    def __init__(self) -> None:
        super().__init__(_("Tulis alasan perubahan ini, misalnya dari mana data yang benar diketahui."))


class PregnancySpanError(RecordsError):
    """A first day after the pregnancy ended, or longer before than a pregnancy lasts."""

    code = "PREGNANCY_SPAN"

    def __init__(self) -> None:
        super().__init__(
            _("HPHT ini tidak cocok dengan akhir kehamilannya: paling lama 44 minggu sebelumnya. Periksa tanggalnya.")
        )


class PregnancyOverlapError(RecordsError):
    """A woman would be pregnant twice at a time; `line` is the row's number, from 1."""

    code = "PREGNANCY_OVERLAP"

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(
            _(
                "Kehamilan pada baris %(line)s tumpang tindih dengan kehamilan lain dari ibu yang sama. Periksa HPHT, "
                "atau tutup dulu kehamilan sebelumnya dengan tanggal dan hasil persalinannya."
            )
            % {"line": line}
        )


class LeavingDateError(RecordsError):
    """Somebody would have left before they were registered or measured."""

    code = "LEAVING_DATE"

    def __init__(self, latest: str) -> None:
        super().__init__(
            _("Orang ini masih terdaftar atau diukur pada %(day)s, maka tanggal keluarnya tidak dapat sebelum itu.")
            % {"day": latest}
        )


class MergeKinError(RecordsError):
    """A mother and her child are taken for one person."""

    code = "MERGE_KIN"

    def __init__(self) -> None:
        super().__init__(_("Kedua orang ini tercatat sebagai ibu dan anak, maka tidak dapat digabung. Periksa lagi."))


class MergeBirthError(RecordsError):
    """The one who would be absorbed was measured before the other was born."""

    code = "MERGE_BIRTH"

    def __init__(self, day: str) -> None:
        super().__init__(
            _(
                "Anak yang akan digabung sudah diukur pada %(day)s, sebelum tanggal lahir anak yang dipertahankan. "
                "Pertahankan anak yang satu lagi, atau perbaiki tanggal lahirnya lebih dahulu."
            )
            % {"day": day}
        )


class MergeOverlaidError(RecordsError):
    """A merge is taken back while a later one stands on it."""

    code = "MERGE_OVERLAID"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Orang ini sesudahnya digabung lagi dengan catatan lain. Batalkan penggabungan yang lebih baru dahulu, "
                "lalu yang ini."
            )
        )
