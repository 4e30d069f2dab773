"""What each action of the trail is called for its readers."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ACTIONS: dict[str, Promise] = {
    "accounts.session.signed_in": _("Masuk"),
    "accounts.session.signed_out": _("Keluar"),
    "accounts.session.failed": _("Gagal masuk"),
    "accounts.session.locked_out": _("Akun terkunci sementara"),
    "accounts.password.changed": _("Kata sandi diganti"),
    "accounts.factor.added": _("Langkah kedua dipasang"),
    "accounts.factor.removed": _("Langkah kedua dilepas"),
    "accounts.factor.renewed": _("Kode pemulihan diperbarui"),
    "accounts.factor.used": _("Langkah kedua dipakai"),
    "accounts.factor.failed": _("Langkah kedua gagal"),
    "accounts.role.assigned": _("Peran diberikan"),
    "accounts.role.ended": _("Peran diakhiri"),
    "accounts.user.closed": _("Akun ditutup"),
    "accounts.user.opened": _("Akun dibuka kembali"),
    "accounts.sessions.ended": _("Sesi masuk diakhiri"),
    "accounts.user.created": _("Akun dibuat"),
    "accounts.user.invited": _("Undangan ke akun dibuat"),
    "accounts.invitation.used": _("Undangan dipakai, kata sandi dibuat"),
    "accounts.invitations.printed": _("Lembar undangan dibuka untuk dicetak"),
    "accounts.factors.reset": _("Langkah kedua dilepas oleh admin"),
    "accounts.batch.confirmed": _("Akun dibuat sekaligus dari buku kerja"),
    "accounts.institutions.loaded": _("Daftar instansi dimuat"),
    "accounts.institution.added": _("Instansi ditambahkan"),
    "activities.cancelled": _("Kegiatan dibatalkan"),
    "activities.feed_closed": _("Langganan kalender ditutup"),
    "activities.feed_opened": _("Langganan kalender dibuka"),
    "activities.follow_up_changed": _("Tindak lanjut diperbarui"),
    "activities.held": _("Pelaksanaan kegiatan dicatat"),
    "activities.photo_added": _("Foto kegiatan ditambahkan"),
    "activities.photo_removed": _("Foto kegiatan dihapus"),
    "activities.plan_changed": _("Rencana kegiatan diubah"),
    "activities.planned": _("Kegiatan direncanakan"),
    "activities.planned_for_units": _("Kegiatan direncanakan untuk banyak wilayah"),
    "activities.reach_recorded": _("Jangkauan kampanye dicatat"),
    "activities.reopened": _("Kegiatan dikembalikan ke rencana"),
    "activities.survey_recorded": _("Survei kampanye dicatat"),
    "audit.read": _("Jejak kerja dibaca"),
    "intake.demo.made": _("Data contoh dibuat"),
    "intake.import.cancelled": _("Impor dihentikan"),
    "intake.import.cleared": _("Berkas impor lama dihapus"),
    "intake.import.confirmed": _("Kolom berkas dipastikan"),
    "intake.import.confirmed_save": _("Penyimpanan impor disetujui"),
    "intake.import.header_chosen": _("Baris judul berkas dipilih"),
    "intake.import.saved": _("Impor disimpan"),
    "intake.import.undo_asked": _("Pembatalan impor diminta"),
    "intake.import.uploaded": _("Berkas diunggah"),
    "intake.rows.decided": _("Baris impor diputuskan"),
    "programme.regulation.loaded": _("Regulasi dimuat"),
    "records.batch.undone": _("Data sebuah impor ditarik kembali"),
    "records.child.read": _("Halaman anak dibaca"),
    "records.children.listed": _("Daftar anak sebuah desa dibaca"),
    "records.measurements.saved": _("Pengukuran disimpan"),
    "records.month.read": _("Data sebulan sebuah desa ditinjau"),
    "records.nik.shown": _("NIK ditampilkan"),
    "records.registration.backdated": _("Tanggal pendaftaran disesuaikan"),
    "regions.add_facilities": _("Fasilitas ditambahkan"),
    "regions.add_local": _("Unit tanpa kode Kemendagri ditambahkan"),
    "regions.boundaries": _("Batas wilayah dimuat"),
    "regions.bps": _("Kode BPS dimuat"),
    "regions.change": _("Perubahan kode wilayah dicatat"),
    "regions.load": _("Daftar wilayah dimuat"),
    "regions.population": _("Jumlah penduduk dimuat"),
    "verification.backfilled": _("Paket untuk data lama dibuat"),
    "verification.cell_answered": _("Sel yang dikembalikan dijawab"),
    "verification.condition_met": _("Syarat persetujuan dinyatakan terpenuhi"),
    "verification.deadline_set": _("Tenggat ditetapkan"),
    "verification.item.return": _("Bukti dikembalikan"),
    "verification.item.submit": _("Bukti diajukan"),
    "verification.item.unapprove": _("Persetujuan bukti dicabut"),
    "verification.item.verify": _("Bukti disetujui"),
    "verification.item.withdraw": _("Bukti ditarik kembali"),
    "verification.return": _("Paket dikembalikan"),
    "verification.submit": _("Paket dikirim"),
    "verification.unapprove": _("Persetujuan paket dicabut"),
    "verification.verify": _("Paket disetujui"),
    "verification.withdraw": _("Paket ditarik kembali"),
}


def name_action(code: str) -> str:
    """The action's name in the reader's language; its code where there is none."""
    return str(ACTIONS.get(code, code))


def render_events() -> str:
    """The reference page: every action of the trail, by code."""
    head = ["| code | what happened |", "| --- | --- |"]
    rows = [f"| `{code}` | {label} |" for code, label in sorted(ACTIONS.items())]
    return "\n".join(["# Audit events", "", "Generated from `tumbuh/audit/rules/labels.py`.", "", *head, *rows, ""])
