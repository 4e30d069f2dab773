"""What somebody wants to hear of."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tumbuh.notifications.api import Channel, Choice


class PreferencesForm(forms.Form):
    """One field for each kind that leaves a choice; the language where messages leave the platform at all."""

    def __init__(self, choices: Collection[Choice], language: str, data: Any = None) -> None:
        super().__init__(data)
        if any(set(choice.channels) - {Channel.OFF, Channel.IN_APP} for choice in choices):
            self.fields["bahasa"] = forms.ChoiceField(
                label=_("Bahasa surel dan pesan singkat"), choices=settings.LANGUAGES, initial=language
            )
        for choice in choices:
            if len(choice.channels) > 1:
                offered = [(channel.value, channel.label) for channel in choice.channels]
                self.fields[choice.kind.code] = forms.ChoiceField(
                    label=choice.label, choices=offered, initial=choice.channel.value
                )

    def read_channels(self) -> dict[str, Channel]:
        """The chosen channel by kind."""
        return {code: Channel(value) for code, value in self.cleaned_data.items() if code != "bahasa"}
