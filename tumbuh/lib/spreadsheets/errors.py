"""Why a file cannot be read: a stable code and one sentence (what happened, why, what to do now) in two languages."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Stable codes of SpreadsheetError."""

    EMPTY_FILE = "EMPTY_FILE"
    NOT_A_SPREADSHEET = "NOT_A_SPREADSHEET"
    WRONG_KIND = "WRONG_KIND"
    UNSUPPORTED_FORMAT = "UNSUPPORTED_FORMAT"
    PASSWORD = "PASSWORD"  # noqa: S105  a code, no password
    BROKEN = "BROKEN"
    FILE_TOO_LARGE = "FILE_TOO_LARGE"
    UNZIPS_TOO_LARGE = "UNZIPS_TOO_LARGE"
    TOO_MANY_PARTS = "TOO_MANY_PARTS"
    NESTED_ARCHIVE = "NESTED_ARCHIVE"
    XML_ENTITIES = "XML_ENTITIES"
    FAR_CELL = "FAR_CELL"
    TOO_MANY_ROWS = "TOO_MANY_ROWS"
    TOO_MANY_COLUMNS = "TOO_MANY_COLUMNS"
    TOO_MANY_CELLS = "TOO_MANY_CELLS"
    TOO_MANY_STRINGS = "TOO_MANY_STRINGS"
    TOO_MANY_SHEETS = "TOO_MANY_SHEETS"
    CELL_TOO_LONG = "CELL_TOO_LONG"
    NO_SHEETS = "NO_SHEETS"
    OUT_OF_MEMORY = "OUT_OF_MEMORY"
    TOO_SLOW = "TOO_SLOW"
    READER_DIED = "READER_DIED"


SENTENCES: dict[ErrorCode, tuple[str, str]] = {
    ErrorCode.EMPTY_FILE: (
        "Berkas kosong (0 bita), mungkin unduhan terputus; unduh atau simpan ulang berkas itu lalu kirim lagi.",
        "The file is empty (0 bytes), perhaps the download broke off; download or save it again and resend it.",
    ),
    ErrorCode.NOT_A_SPREADSHEET: (
        "Berkas ini bukan lembar kerja yang dikenali; kirim berkas .xlsx, .xls, .ods atau .csv.",
        "This file is no spreadsheet that we know; send an .xlsx, .xls, .ods or .csv file.",
    ),
    ErrorCode.WRONG_KIND: (
        "Berkas ini berisi {found}, bukan lembar kerja, walaupun namanya mungkin lain; "
        "buka berkas aslinya, simpan sebagai .xlsx, lalu kirim lagi.",
        "This file holds {found}, not a spreadsheet, whatever its name says; open the original, "
        "save it as .xlsx and send that.",
    ),
    ErrorCode.UNSUPPORTED_FORMAT: (
        "Format {found} belum dapat dibaca; buka di Excel atau LibreOffice, simpan sebagai .xlsx, lalu kirim lagi.",
        "The format {found} cannot be read; open it in Excel or LibreOffice, save it as .xlsx and send that.",
    ),
    ErrorCode.PASSWORD: (
        "Berkas dikunci kata sandi sehingga isinya tidak terbaca; buka berkas, hapus kata sandinya, "
        "simpan, lalu kirim lagi.",
        "The file is locked with a password so its content cannot be read; open it, remove the password, "
        "save and resend it.",
    ),
    ErrorCode.BROKEN: (
        "Berkas rusak atau terpotong sehingga tidak dapat dibuka; unduh ulang, atau buka dan simpan ulang "
        "sebagai .xlsx, lalu kirim lagi.",
        "The file is damaged or cut off and cannot be opened; download it again, or open and save it as .xlsx, "
        "then resend it.",
    ),
    ErrorCode.FILE_TOO_LARGE: (
        "Berkas terlalu besar ({found} MB, batasnya {limit} MB); bagi menjadi beberapa berkas, "
        "misalnya per kecamatan, lalu kirim satu per satu.",
        "The file is too large ({found} MB, the limit is {limit} MB); split it, for example by kecamatan, "
        "and send the parts.",
    ),
    ErrorCode.UNZIPS_TOO_LARGE: (
        "Isi berkas mengembang melampaui {limit} MB saat dibuka, jauh di atas lembar kerja biasa; "
        "salin hanya data yang diperlukan ke berkas baru, lalu kirim berkas itu.",
        "The content unfolds to more than {limit} MB, far above an ordinary workbook; copy only the data needed "
        "into a new file and send that.",
    ),
    ErrorCode.TOO_MANY_PARTS: (
        "Berkas tersusun dari terlalu banyak bagian ({found}, batasnya {limit}); salin datanya ke berkas baru, "
        "lalu kirim berkas itu.",
        "The file is made of too many parts ({found}, the limit is {limit}); copy the data into a new file "
        "and send that.",
    ),
    ErrorCode.NESTED_ARCHIVE: (
        "Di dalam berkas ini ada berkas arsip lain ({found}), yang tidak diterima demi keamanan; "
        "salin datanya saja ke berkas baru, lalu kirim berkas itu.",
        "Another archive ({found}) lies inside this file, which is not accepted for safety; copy only the data "
        "into a new file and send that.",
    ),
    ErrorCode.XML_ENTITIES: (
        "Berkas memuat definisi entitas XML ({found}), yang tidak pernah ada di lembar kerja biasa dan "
        "berbahaya; buka di Excel atau LibreOffice, simpan ulang, lalu kirim lagi.",
        "The file declares XML entities ({found}), which no ordinary workbook does and which are dangerous; open it "
        "in Excel or LibreOffice, save it again and resend it.",
    ),
    ErrorCode.FAR_CELL: (
        "Ada isi di sel {found} yang sangat jauh dari data lainnya, biasanya karena salah ketik; "
        "hapus isi sel itu, simpan, lalu kirim lagi.",
        "Cell {found}, very far from the other data, has content, usually by mistake; clear that cell, save and "
        "resend the file.",
    ),
    ErrorCode.TOO_MANY_ROWS: (
        "Lembar memuat {found} baris, batasnya {limit}; bagi menjadi beberapa berkas, lalu kirim satu per satu.",
        "A sheet has {found} rows, the limit is {limit}; split it into several files and send them one by one.",
    ),
    ErrorCode.TOO_MANY_COLUMNS: (
        "Lembar memuat {found} kolom, batasnya {limit}; hapus kolom yang tidak diperlukan, simpan, lalu kirim lagi.",
        "A sheet has {found} columns, the limit is {limit}; delete the columns not needed, save and resend the file.",
    ),
    ErrorCode.TOO_MANY_CELLS: (
        "Berkas memuat {found} sel, batasnya {limit}; bagi menjadi beberapa berkas, lalu kirim satu per satu.",
        "The file has {found} cells, the limit is {limit}; split it into several files and send them one by one.",
    ),
    ErrorCode.TOO_MANY_STRINGS: (
        "Daftar teks di dalam berkas menyatakan {found} teks, batasnya {limit}; buka di Excel atau LibreOffice, "
        "simpan ulang, lalu kirim lagi.",
        "The list of texts in the file claims {found} texts, the limit is {limit}; open it in Excel or LibreOffice, "
        "save it again and resend it.",
    ),
    ErrorCode.TOO_MANY_SHEETS: (
        "Berkas memuat {found} lembar, batasnya {limit}; pindahkan lembar yang diperlukan ke berkas baru, "
        "lalu kirim berkas itu.",
        "The file has {found} sheets, the limit is {limit}; move the sheets needed into a new file and send that.",
    ),
    ErrorCode.CELL_TOO_LONG: (
        "Ada sel dengan teks lebih dari {limit} huruf, sering karena tanda kutip yang tidak ditutup; "
        "perbaiki di sekitar {found}, lalu kirim lagi.",
        "A cell has more than {limit} characters, often because a quote is not closed; correct it near {found} "
        "and resend the file.",
    ),
    ErrorCode.NO_SHEETS: (
        "Berkas tidak memuat lembar data sama sekali; pastikan berkas yang dipilih benar, lalu kirim lagi.",
        "The file has no sheet with data at all; check that it is the right file and resend it.",
    ),
    ErrorCode.OUT_OF_MEMORY: (
        "Berkas memerlukan memori melebihi batas saat dibaca, lalu dihentikan; salin hanya data yang diperlukan "
        "ke berkas baru atau bagi berkasnya, lalu kirim lagi.",
        "Reading the file needed more memory than allowed and was stopped; copy only the data needed into a new file, "
        "or split it, and resend it.",
    ),
    ErrorCode.TOO_SLOW: (
        "Pembacaan berkas melewati batas waktu, lalu dihentikan; salin hanya data yang diperlukan ke berkas baru "
        "atau bagi berkasnya, lalu kirim lagi.",
        "Reading the file took longer than allowed and was stopped; copy only the data needed into a new file, "
        "or split it, and resend it.",
    ),
    ErrorCode.READER_DIED: (
        "Pembaca berkas terhenti karena susunan berkas tidak wajar; buka di Excel atau LibreOffice, "
        "simpan ulang sebagai .xlsx, lalu kirim lagi.",
        "The reader stopped because the file is built in an unusual way; open it in Excel or LibreOffice, save it as "
        ".xlsx again and resend it.",
    ),
}


class SpreadsheetError(Exception):
    """A file that cannot be read. `code` is stable; str() is the Indonesian sentence, `.english` the English one."""

    def __init__(self, code: ErrorCode, **values: str | int) -> None:
        self.code = code
        self.values = values
        indonesian, english = SENTENCES[code]
        texts = {"found": "?", "limit": "?", **values}
        self.message = indonesian.format(**texts)
        self.english = english.format(**texts)
        super().__init__(self.message)
