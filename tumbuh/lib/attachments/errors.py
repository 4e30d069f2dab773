"""Why a file is not taken: a stable code and one sentence (what happened, why, what to do now) in two languages."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Stable codes of AttachmentError."""

    EMPTY_FILE = "EMPTY_FILE"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    UNKNOWN_KIND = "UNKNOWN_KIND"
    OLD_OFFICE = "OLD_OFFICE"
    WRONG_NAME = "WRONG_NAME"
    LOCKED = "LOCKED"
    BROKEN = "BROKEN"
    TWO_IN_ONE = "TWO_IN_ONE"
    ACTIVE_CONTENT = "ACTIVE_CONTENT"
    UNFOLDS_TOO_LARGE = "UNFOLDS_TOO_LARGE"
    TOO_MANY_PARTS = "TOO_MANY_PARTS"
    PICTURE_TOO_LARGE = "PICTURE_TOO_LARGE"
    OUT_OF_MEMORY = "OUT_OF_MEMORY"
    TOO_SLOW = "TOO_SLOW"
    READER_DIED = "READER_DIED"


SENTENCES: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.EMPTY_FILE: (
        "Berkas kosong (0 bita), mungkin unduhan terputus; buka berkas aslinya, simpan ulang, lalu kirim lagi.",
        "The file is empty (0 bytes), perhaps a download broke off; open the original, save it again and resend it.",
    ),
    ErrorCode.FILE_TOO_LARGE: (
        "Berkas lebih besar dari {limit} MB; perkecil gambarnya atau simpan sebagai PDF ukuran kecil, lalu kirim lagi.",
        "The file is larger than {limit} MB; make its pictures smaller or save it as a small PDF, then resend it.",
    ),
    ErrorCode.UNKNOWN_KIND: (
        "Isi berkas ini ({found}) tidak diterima; simpan sebagai PDF, DOCX, XLSX, ODT, ODS, JPEG atau PNG, "
        "lalu kirim lagi.",
        "The content of this file ({found}) is not accepted; save it as PDF, DOCX, XLSX, ODT, ODS, JPEG or PNG and "
        "resend it.",
    ),
    ErrorCode.OLD_OFFICE: (
        "Berkas ini berformat Office lama atau dikunci kata sandi; buka berkasnya, simpan sebagai PDF, DOCX atau XLSX "
        "tanpa kata sandi, lalu kirim lagi.",
        "This is an old Office file or one locked with a password; open it, save it as PDF, DOCX or XLSX without a "
        "password and resend it.",
    ),
    ErrorCode.WRONG_NAME: (
        "Nama berkas berakhir {found}, tetapi isinya {kind}; beri nama dengan akhiran {kind} atau pilih berkas yang "
        "benar, lalu kirim lagi.",
        "The file's name ends with {found} but its content is {kind}; name it {kind} or choose the right file, then "
        "resend it.",
    ),
    ErrorCode.LOCKED: (
        "Berkas dikunci (kata sandi atau pembatasan) sehingga tidak dapat diperiksa; buka berkasnya, simpan ulang "
        "tanpa kunci, lalu kirim lagi.",
        "The file is locked (password or restrictions) and cannot be checked; open it, save it again without the lock "
        "and resend it.",
    ),
    ErrorCode.BROKEN: (
        "Berkas rusak atau terpotong sehingga tidak dapat dibuka; buka berkas aslinya, simpan ulang, lalu kirim lagi.",
        "The file is damaged or cut off and cannot be opened; open the original, save it again and resend it.",
    ),
    ErrorCode.TWO_IN_ONE: (
        "Di dalam berkas ini tersembunyi berkas jenis lain ({found}), yang tidak diterima demi keamanan; buka "
        "berkasnya, simpan ulang sebagai PDF, lalu kirim lagi.",
        "A file of another kind ({found}) hides in this one, which is not accepted for safety; open it, save it again "
        "as PDF and resend it.",
    ),
    ErrorCode.ACTIVE_CONTENT: (
        "Berkas memuat isi yang dapat berjalan sendiri atau tersembunyi ({found}), yang tidak diterima demi keamanan; "
        "cetak ke PDF atau simpan ulang tanpa isi itu, lalu kirim lagi.",
        "The file holds content that can run by itself or is hidden ({found}), which is not accepted for safety; print "
        "it to PDF or save it again without that and resend it.",
    ),
    ErrorCode.UNFOLDS_TOO_LARGE: (
        "Isi berkas mengembang melampaui {limit} MB saat dibuka, jauh di atas berkas biasa; simpan ulang sebagai PDF, "
        "lalu kirim lagi.",
        "The content unfolds to more than {limit} MB, far above an ordinary file; save it again as PDF and resend it.",
    ),
    ErrorCode.TOO_MANY_PARTS: (
        "Berkas tersusun dari terlalu banyak bagian (batasnya {limit}); bagi menjadi beberapa berkas, lalu kirim satu "
        "per satu.",
        "The file is made of too many parts (the limit is {limit}); split it into several files and send them one by "
        "one.",
    ),
    ErrorCode.PICTURE_TOO_LARGE: (
        "Gambar lebih besar dari {limit} juta titik; perkecil gambarnya, lalu kirim lagi.",
        "The picture has more than {limit} million pixels; make it smaller and resend it.",
    ),
    ErrorCode.OUT_OF_MEMORY: (
        "Pemeriksaan berkas memerlukan memori melebihi batas, lalu dihentikan; simpan ulang sebagai PDF yang lebih "
        "sederhana atau bagi berkasnya, lalu kirim lagi.",
        "Checking the file needed more memory than allowed and was stopped; save it as a simpler PDF or split it, then "
        "resend it.",
    ),
    ErrorCode.TOO_SLOW: (
        "Pemeriksaan berkas melewati batas waktu, lalu dihentikan; simpan ulang sebagai PDF yang lebih sederhana atau "
        "bagi berkasnya, lalu kirim lagi.",
        "Checking the file took longer than allowed and was stopped; save it as a simpler PDF or split it, then resend "
        "it.",
    ),
    ErrorCode.READER_DIED: (
        "Pemeriksaan berkas terhenti karena susunan berkas tidak wajar; buka berkasnya, simpan ulang sebagai PDF, lalu "
        "kirim lagi.",
        "Checking stopped because the file is built in an unusual way; open it, save it again as PDF and resend it.",
    ),
}


class AttachmentError(Exception):
    """A file that is not taken. `code` is stable; str() is the Indonesian sentence, `.english` the English one."""

    def __init__(self, code: ErrorCode, **values: str | int) -> None:
        self.code = code
        self.values = values
        texts = {"found": "?", "limit": "?", "kind": "?", **values}
        indonesian, english = SENTENCES[code]
        self.english = english.format(**texts)
        super().__init__(indonesian.format(**texts))
