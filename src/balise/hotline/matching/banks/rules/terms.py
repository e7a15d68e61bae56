"""Settings of a bank that changed since a page showed them: the page's form is refused."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from balise.foundation.refusals import Refused


class Terms(NamedTuple):
    """How far a bank reaches, in bits of 256; whether it wins as negative; whether it is asked."""

    distance: int
    is_negative: bool
    is_on: bool


class TermsChanged(Refused, code="bank-terms-changed"):
    """The settings are no longer those that the page showed: nothing was saved."""


def check_unchanged(shown: Terms | None, now: Terms) -> None:
    """Refuse (TermsChanged), with what changed, where the page showed other settings.

    `shown` is None where no such settings were ever the bank's: all of them are said.
    """
    changes = _changes(shown, now)
    if changes:
        said = _("Not saved: these settings changed since this page was shown. %(changes)s")
        raise TermsChanged(said % {"changes": " ".join(changes)})


def _changes(shown: Terms | None, now: Terms) -> list[str]:
    found = []
    if shown is None or shown.is_on is not now.is_on:
        found.append(_("The bank is on now.") if now.is_on else _("The bank is off now."))
    if shown is None or shown.distance != now.distance:
        found.append(_("The distance is %(distance)d now.") % {"distance": now.distance})
    if shown is None or shown.is_negative is not now.is_negative:
        is_negative, is_not = _("The bank is negative now."), _("The bank is not negative now.")
        found.append(is_negative if now.is_negative else is_not)
    return found
