"""Roles: who somebody is for the platform, where such a role can be held, and what it permits."""

from dataclasses import dataclass

from tumbuh.regions.api import Level

READ_PEOPLE = "records.read"
IMPORT = "intake.import"
UNDO_IMPORT = "intake.undo"
MERGE_PEOPLE = "records.merge"  # two entries of the register that are one person, and taking that back
READ_FIGURES = "indicators.read"
MANAGE_REGIONS = "regions.manage"
MANAGE_ACCOUNTS = "accounts.manage"
SUBMIT = "verification.submit"
VERIFY_KECAMATAN = "verification.verify.kecamatan"
VERIFY_KABUPATEN = "verification.verify.kabupaten"
VERIFY_PROVINSI = "verification.verify.provinsi"
MANAGE_DEADLINES = "verification.deadlines"
READ_AUDIT = "audit.read"
MANAGE_PROGRAMME = "programme.manage"  # readings and waivers: what the regulation asks for
MANAGE_PLANS = "programme.plan"  # team, action plan and convergence checklist, of the region and below
NOTE_BARRIERS = "programme.barriers"  # why services do not reach people, in the analysis of the situation
READ_ACTIVITIES = "activities.read"
MANAGE_ACTIVITIES = "activities.manage"
READ_DOCUMENTS = "documents.read"  # also those that are not published
MANAGE_DOCUMENTS = "documents.manage"  # of the region and everything below it
MANAGE_OWN_DOCUMENTS = "documents.manage.own"  # of the very region, so that nobody changes what they are to check

MANAGE_PARTNERS = "partners.manage"  # networks, agreements, programmes, research: of the region and below it
MANAGE_SURVEYS = "indicators.survey"  # what a survey says of the region or one below it
WRITE_OWN_PARTNERSHIP = "partners.own"  # contributions and reports of the institution for which the role is held

PROVINSI, KABUPATEN, KECAMATAN, DESA = Level.PROVINSI, Level.KABUPATEN, Level.KECAMATAN, Level.DESA
EVERYWHERE = frozenset(Level)
FIELD = frozenset({READ_PEOPLE, IMPORT, READ_FIGURES, READ_ACTIVITIES})
ACTIVITIES = frozenset({READ_ACTIVITIES, MANAGE_ACTIVITIES})
DOCUMENTS = frozenset({READ_DOCUMENTS, MANAGE_DOCUMENTS})
OWN_DOCUMENTS = frozenset({READ_DOCUMENTS, MANAGE_OWN_DOCUMENTS})


@dataclass(frozen=True)
class Role:
    """A named set of permissions, given for one region by an assignment.

    `levels`: the levels of region at which it can be held. `needs_mfa`: whether a second factor is asked for by
    default; an installation can ask more roles or fewer.
    """

    code: str
    label: str
    description: str
    permissions: frozenset[str]
    levels: frozenset[Level] = EVERYWHERE
    needs_mfa: bool = False


PUBLIC = Role("PUBLIC", "Warga", "Membaca angka resmi dan dokumen yang diterbitkan, tanpa akun.", frozenset())
KADER = Role(
    "KADER", "Kader posyandu", "Mencatat pengukuran dan layanan di desanya.", FIELD, frozenset({DESA})
)  # fmt: skip
MIDWIFE = Role("MIDWIFE", "Bidan desa", "Mencatat dan mengimpor pengukuran di desanya.", FIELD, frozenset({DESA}))
DESA_OPERATOR = Role(
    "DESA_OPERATOR",
    "Operator desa",
    "Mengirim data bulanan desanya, menjawab pengembalian, dan mencatat kegiatan dan dokumen desa.",
    FIELD | ACTIVITIES | DOCUMENTS | {UNDO_IMPORT, MERGE_PEOPLE, SUBMIT, MANAGE_PLANS},
    frozenset({DESA}),
)
KECAMATAN_VERIFIER = Role(
    "KECAMATAN_VERIFIER",
    "Verifikator kecamatan/puskesmas",
    "Memeriksa data dan bukti desa di kecamatannya; mencatat kegiatan dan dokumen kecamatan.",
    ACTIVITIES | OWN_DOCUMENTS | {READ_PEOPLE, READ_FIGURES, VERIFY_KECAMATAN, MANAGE_PLANS, NOTE_BARRIERS},
    frozenset({KECAMATAN}),
)
KABUPATEN_VERIFIER = Role(
    "KABUPATEN_VERIFIER",
    "Verifikator kabupaten/kota",
    "Memeriksa data dan bukti kecamatan di kabupaten/kotanya.",
    OWN_DOCUMENTS | {READ_PEOPLE, READ_FIGURES, READ_ACTIVITIES, VERIFY_KABUPATEN},
    frozenset({KABUPATEN}),
    needs_mfa=True,
)
PROVINSI_VERIFIER = Role(
    "PROVINSI_VERIFIER",
    "Verifikator provinsi",
    "Menerima data kabupaten/kota sebagai angka resmi provinsi.",
    OWN_DOCUMENTS | {READ_PEOPLE, READ_FIGURES, READ_ACTIVITIES, VERIFY_PROVINSI, MANAGE_DEADLINES},
    frozenset({PROVINSI}),
    needs_mfa=True,
)
KABUPATEN_ANALYST = Role(
    "KABUPATEN_ANALYST",
    "Pengelola data kabupaten/kota",
    "Mengimpor dan menelaah data kabupaten/kota; mencatat kegiatan dan dokumennya.",
    FIELD | ACTIVITIES | DOCUMENTS | {UNDO_IMPORT, MERGE_PEOPLE, MANAGE_PLANS, NOTE_BARRIERS},
    frozenset({KABUPATEN}),
    needs_mfa=True,
)
ANALYST = Role(
    "ANALYST", "Analis", "Membaca angka wilayahnya dan mencatat hasil survei, tanpa data orang.",
    frozenset({READ_FIGURES, READ_DOCUMENTS, MANAGE_SURVEYS, NOTE_BARRIERS}),
    frozenset({PROVINSI, KABUPATEN, KECAMATAN}),
)  # fmt: skip
OPD_OFFICER = Role(
    "OPD_OFFICER", "Penanggung jawab OPD",
    "Menjawab kewajiban perangkat daerahnya dengan kegiatan, dokumen, dan kemitraan.",
    ACTIVITIES | OWN_DOCUMENTS | {READ_FIGURES, MANAGE_PARTNERS, NOTE_BARRIERS},
    frozenset({PROVINSI, KABUPATEN}),
)  # fmt: skip
SUPERVISOR = Role(
    "SUPERVISOR",
    "Pengawas",
    "Membaca angka dan jejak kerja dan mencatat pembinaan dan pengawasan; membaca data orang hanya dengan alasan.",
    ACTIVITIES | {READ_FIGURES, READ_PEOPLE, READ_AUDIT, READ_DOCUMENTS},
    frozenset({PROVINSI, KABUPATEN}),
    needs_mfa=True,
)
COMPLAINT_OFFICER = Role(
    "COMPLAINT_OFFICER", "Petugas pengaduan", "Menjawab dan meneruskan pengaduan.", frozenset({READ_FIGURES})
)
CURATOR = Role(
    "CURATOR", "Kurator pengetahuan", "Memeriksa dan menerbitkan bahan pengetahuan.", frozenset({READ_FIGURES}),
    frozenset({PROVINSI, KABUPATEN}),
)  # fmt: skip
TEACHER = Role(
    "TEACHER", "Pengajar", "Menyusun kursus dan menilai peserta.", frozenset(), frozenset({PROVINSI, KABUPATEN})
)
PARTNER = Role(
    "PARTNER", "Mitra", "Mencatat dukungan dan laporan lembaganya.",
    frozenset({WRITE_OWN_PARTNERSHIP}),
    frozenset({PROVINSI, KABUPATEN}),
)  # fmt: skip
REGION_ADMIN = Role(
    "REGION_ADMIN",
    "Admin wilayah",
    "Mengelola akun di bawah kabupaten/kota atau kecamatannya.",
    DOCUMENTS | {READ_FIGURES, MANAGE_ACCOUNTS, READ_AUDIT, MANAGE_PARTNERS, MANAGE_PLANS, NOTE_BARRIERS},
    frozenset({KABUPATEN, KECAMATAN}),
    needs_mfa=True,
)
PROVINSI_ADMIN = Role(
    "PROVINSI_ADMIN",
    "Admin provinsi",
    "Mengelola wilayah, akun, tenggat, kegiatan, dokumen, kemitraan, impor, dan bacaan peraturan di provinsi.",
    FIELD
    | ACTIVITIES
    | DOCUMENTS
    | {UNDO_IMPORT, MERGE_PEOPLE, MANAGE_REGIONS, MANAGE_ACCOUNTS, MANAGE_DEADLINES, READ_AUDIT}
    | {MANAGE_PROGRAMME, MANAGE_PLANS, NOTE_BARRIERS, MANAGE_PARTNERS, MANAGE_SURVEYS},
    frozenset({PROVINSI}),
    needs_mfa=True,
)

# The roles that an assignment can give; PUBLIC is what everybody is without one.
ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        KADER, MIDWIFE, DESA_OPERATOR, KECAMATAN_VERIFIER, KABUPATEN_VERIFIER, PROVINSI_VERIFIER, KABUPATEN_ANALYST,
        ANALYST, OPD_OFFICER, SUPERVISOR, COMPLAINT_OFFICER, CURATOR, TEACHER, PARTNER, REGION_ADMIN, PROVINSI_ADMIN,
    )
}  # fmt: skip
