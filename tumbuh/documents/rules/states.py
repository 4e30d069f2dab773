"""Short lists of codes: how far the text of a file is, how legal documents relate, how far a bulk upload is."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TextState(TextChoices):
    """What is known of a file's words."""

    WAITING = "WAITING", _("teks sedang dibaca")
    READ = "READ", _("teks dapat dicari")
    EMPTY = "EMPTY", _("tanpa teks: hasil pindai atau gambar")
    PARTIAL = "PARTIAL", _("sebagian teks dapat dicari")
    FAILED = "FAILED", _("teks tidak terbaca")


class RelationKind(TextChoices):
    """What one document does to another."""

    AMENDS = "AMENDS", _("mengubah")
    REVOKES = "REVOKES", _("mencabut")
    IMPLEMENTS = "IMPLEMENTS", _("melaksanakan")


class BatchState(TextChoices):
    """A bulk upload: looked at, saved, or let go."""

    CHECKED = "CHECKED", _("diperiksa")
    SAVED = "SAVED", _("tersimpan")
    CANCELLED = "CANCELLED", _("dibatalkan")


# The same relation seen from the other document.
INVERSE = {
    RelationKind.AMENDS: _("diubah oleh"),
    RelationKind.REVOKES: _("dicabut oleh"),
    RelationKind.IMPLEMENTS: _("dilaksanakan oleh"),
}
