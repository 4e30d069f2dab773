"""Kinds of notices: what they say, and how somebody hears of them who has not chosen."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from string import Formatter

from django.db import models
from django.utils.translation import gettext_lazy as _

from tumbuh.notifications.errors import PlaceError


class Channel(models.TextChoices):
    """How a user hears of a kind. Whatever is not off stands on the page of notices as well."""

    OFF = "OFF", _("Tidak sama sekali")
    IN_APP = "IN_APP", _("Di Tumbuh saja")
    DIGEST = "DIGEST", _("Ringkasan harian lewat surel")
    EMAIL = "EMAIL", _("Surel segera")
    WEBHOOK = "WEBHOOK", _("Pesan singkat segera")


class Way(models.TextChoices):
    """How a message leaves the platform."""

    EMAIL = "EMAIL", _("Surel")
    WEBHOOK = "WEBHOOK", _("Pesan singkat")


@dataclass(frozen=True)
class Kind:
    """One kind of notice; `label`, `subject` and `text` by language ("id", "en").

    `gathers`: telling it again under the same key raises its count and makes it new again; otherwise it is told once.
    `words`: of a place that holds a code, each code's words by language and what stands for it in a link.
    `can_be_off`: whether a user may be spared it.
    """

    code: str
    label: Mapping[str, str]
    channel: Channel
    subject: Mapping[str, str]
    text: Mapping[str, str]
    link: str
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    gathers: bool = False
    can_be_off: bool = True

    @property
    def places(self) -> frozenset[str]:
        """What the texts and the link leave open, apart from the count that every notice has."""
        texts = [*self.subject.values(), *self.text.values(), self.link]
        return frozenset(name for text in texts for _, name, _, _ in Formatter().parse(text) if name) - {"count"}

    def complete(self, places: Mapping[str, str]) -> dict[str, str]:
        """The places; a code that is not given, as in notices from before it was there, is the first one."""
        first = {name: next(iter(self.words[name])) for name in self.words if name in self.places}
        return {**first, **places}


def list_channels(kind: Kind, ways: Set[Way]) -> list[Channel]:
    """What a user can choose for the kind where these ways out exist."""
    channels = [Channel.IN_APP]
    if Way.EMAIL in ways:
        channels += [Channel.DIGEST, Channel.EMAIL]
    if Way.WEBHOOK in ways:
        channels.append(Channel.WEBHOOK)
    return [Channel.OFF, *channels] if kind.can_be_off else channels


def choose_channel(kind: Kind, wanted: Channel | None, ways: Set[Way]) -> Channel:
    """The channel that a user's notice of the kind takes: what they want, else the kind's, else the page alone."""
    channel = wanted or kind.channel
    return channel if channel in list_channels(kind, ways) else Channel.IN_APP


def check_places(kind: Kind, places: Mapping[str, str]) -> None:
    """PlaceError unless exactly what the kind's texts leave open is given, as texts; a code may be left out."""
    if set(kind.complete(places)) != kind.places or not all(isinstance(value, str) for value in places.values()):
        raise PlaceError(f"{kind.code} speaks of {sorted(kind.places)} and was given {sorted(places)}.")
