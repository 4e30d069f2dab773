"""Errors of the records room."""


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
