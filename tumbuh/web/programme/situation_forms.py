"""Forms of the analysis of the situation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tumbuh.accounts.api import Institution
from tumbuh.programme.api import Barrier, BarrierDetails, BarrierKind
from tumbuh.web.programme.forms import get_institution, name_institutions


class BarrierForm(forms.Form):
    """Why a service does not reach people."""

    jenis = forms.ChoiceField(label=_("Jenis hambatan"))
    uraian = forms.CharField(
        label=_("Uraian"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Tentang tempat dan layanan. Jangan tulis nama, NIK, alamat, atau keadaan seseorang."),
    )  # fmt: skip
    bukti = forms.CharField(
        label=_("Sumber atau bukti"), max_length=500,
        help_text=_("Dari mana hal ini diketahui, misalnya rapat, kunjungan, atau angka. Tanpa data orang."),
    )  # fmt: skip
    usul = forms.CharField(label=_("Usul tindakan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    instansi = forms.ChoiceField(label=_("Penanggung jawab"), required=False)

    def __init__(
        self, *args: Any, kinds: Sequence[BarrierKind], institutions: Sequence[Institution], key: str, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.key = key
        self.fields["jenis"].choices = [("", _("Pilih")), *((kind.code, kind.label) for kind in kinds)]
        self.fields["instansi"].choices = name_institutions(institutions)

    def read(self) -> BarrierDetails:
        found = self.cleaned_data
        return BarrierDetails(
            self.key, found["jenis"], found["uraian"], found["bukti"], found["usul"], get_institution(found["instansi"])
        )


def describe_barrier(barrier: Barrier) -> dict[str, Any]:
    return {
        "jenis": barrier.kind, "uraian": barrier.text, "bukti": barrier.evidence, "usul": barrier.proposal,
        "instansi": str(barrier.institution_id or ""),
    }  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is undone."""

    alasan = forms.CharField(
        label=_("Alasan"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Tanpa data orang.")
    )
