"""Errors of the intake room: one sentence for the user each, with what to do."""

from django.utils.translation import gettext as _


class IntakeError(Exception):
    """An error of this room: `code` is stable."""

    code = "INTAKE"


class FileRefusedError(IntakeError):
    """The file as a whole cannot be taken; the code is the reader's or one of NO_SHEET, NO_ROWS, TOO_LARGE."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class StateError(IntakeError):
    """What was asked does not fit the import's state."""

    code = "IMPORT_STATE"

    def __init__(self, state: str) -> None:
        super().__init__(
            _("Impor ini berstatus “%(state)s” sehingga langkah itu tidak dapat dijalankan. Muat ulang halamannya.")
            % {"state": state}
        )


class NotAllowedError(IntakeError):
    """The user may not do this with this import."""

    code = "IMPORT_NOT_ALLOWED"

    def __init__(self) -> None:
        super().__init__(
            _("Akun Anda tidak berwenang melakukan ini di wilayah impor ini. Mintalah kepada admin wilayah Anda.")
        )


class SourceError(IntakeError):
    """A source that we do not know."""

    code = "IMPORT_SOURCE"

    def __init__(self) -> None:
        super().__init__(
            _("Jenis berkas itu tidak dikenal. Pilih salah satu dari daftar, atau biarkan kami menebaknya.")
        )


class CancelledError(IntakeError):
    """The user asked to stop."""

    code = "IMPORT_CANCELLED"

    def __init__(self) -> None:
        super().__init__(_("Impor dihentikan atas permintaan; tidak ada yang disimpan."))
