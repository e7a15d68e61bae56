"""Whom someone can be referred to, on which ground and which way, from the country's pack."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

from balise.foundation.packs import PackFaulty, Words, load
from balise.foundation.refusals import Refused


class Way(TextChoices):
    """How a receiver is told."""

    LINK = "link", gettext_lazy("By a secure link")
    PHONE = "phone", gettext_lazy("By phone, or in person")
    PORTAL = "portal", gettext_lazy("On their own form")
    HOTLINE = "hotline", pgettext_lazy("way", "Into the hotline’s queue")


class ReceiverUnknown(Refused, code="receiver-unknown"):
    pass


@dataclass(frozen=True, slots=True)
class Ground:
    """On what one tells. `to_verify` says what a lawyer has yet to confirm."""

    code: str
    label: Words
    article: Words | None
    needs_consent: bool
    to_verify: Words | None


@dataclass(frozen=True, slots=True)
class Territory:
    """Where a receiver has someone of its own, such as an académie."""

    code: str
    label: Words


@dataclass(frozen=True, slots=True)
class Receiver:
    """Someone to refer to. `public` is the number that everyone knows, "" where there is none.

    `is_duty`: people with a duty to report do it here. `is_unit`: takes a complaint.
    """

    code: str
    name: Words
    says: Words
    public: str
    territories: tuple[Territory, ...]
    ways: tuple[Way, ...]
    grounds: tuple[Ground, ...]
    remind_after_hours: int
    is_duty: bool
    is_unit: bool
    source: str
    verified: bool
    to_verify: Words | None

    def territory(self, code: str) -> Territory | None:
        """Return a territory, None for "" where there are none; refuse any other code."""
        for one in self.territories:
            if one.code == code:
                return one
        if code or self.territories:
            raise ReceiverUnknown(_("Choose where."))
        return None

    def ground(self, code: str) -> Ground:
        """Return one of the grounds on which this receiver may be told, or refuse."""
        for one in self.grounds:
            if one.code == code:
                return one
        raise ReceiverUnknown(_("This receiver cannot be told on this legal ground."))


@cache
def receivers(country: str) -> tuple[Receiver, ...]:
    """Return the receivers of a country, in the order in which to offer them; or PackFaulty."""
    pack = load("balise.helpline.cases", country=country, name="receivers")
    grounds = {str(entry["code"]): _ground(entry) for entry in pack["grounds"]}
    territories = {
        str(name): tuple(
            Territory(str(each["code"]), Words.read(each["label"], where=f"territories.{name}"))
            for each in found
        )
        for name, found in pack.get("territories", {}).items()
    }
    found = tuple(_receiver(entry, grounds, territories) for entry in pack["receivers"])
    if len({one.code for one in found}) != len(found):
        raise PackFaulty("receivers: each code once")
    return found


def receiver(code: str, *, country: str) -> Receiver:
    """Return a receiver, or refuse an unknown code."""
    for one in receivers(country):
        if one.code == code:
            return one
    raise ReceiverUnknown(_("This receiver does not exist."))


def _ground(entry: dict[str, Any]) -> Ground:
    where = f"receivers.grounds.{entry['code']}"
    return Ground(
        code=str(entry["code"]),
        label=Words.read(entry["label"], where=where),
        article=_words(entry, "article", where),
        needs_consent=bool(entry["consent"]),
        to_verify=_words(entry, "to_verify", where),
    )


def _receiver(
    entry: dict[str, Any],
    grounds: dict[str, Ground],
    territories: dict[str, tuple[Territory, ...]],
) -> Receiver:
    where = f"receivers.{entry.get('code')}"
    try:
        one = Receiver(
            code=str(entry["code"]),
            name=Words.read(entry["name"], where=where),
            says=Words.read(entry["says"], where=where),
            public=str(entry.get("public", "")),
            territories=territories[entry["territories"]] if "territories" in entry else (),
            ways=tuple(Way(each) for each in entry["ways"]),
            grounds=tuple(grounds[each] for each in entry["grounds"]),
            remind_after_hours=int(entry["remind_after_hours"]),
            is_duty=bool(entry.get("duty", False)),
            is_unit=bool(entry.get("unit", False)),
            source=str(entry["source"]),
            verified=bool(entry["verified"]),
            to_verify=_words(entry, "to_verify", where),
        )
    except (KeyError, ValueError) as error:
        raise PackFaulty(f"{where}: {error}") from None
    if not one.ways or not one.grounds or one.verified == (one.to_verify is not None):
        raise PackFaulty(f"{where}: a way, a ground, and what is to be verified unless it was")
    return one


def _words(entry: dict[str, Any], name: str, where: str) -> Words | None:
    return Words.read(entry[name], where=f"{where}.{name}") if name in entry else None
