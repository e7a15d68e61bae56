"""Which verdict the copies of a content may take, and what is refused."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.known import opinion_of


class NotToSettle(Refused, code="not-to-settle"):
    """Its copies take no verdict of it: nobody saw it, or what was seen is not of the picture."""


def settles(verdict: str, ground: str, *, is_final: bool) -> bool:
    """Return whether the copies of a content may take its verdict: a person saw what it shows."""
    return is_final and opinion_of(verdict, ground) is not None


def check_settles(verdict: str, ground: str, *, is_final: bool) -> None:
    """Refuse to give copies a verdict that nobody gave after opening the content."""
    if not settles(verdict, ground, is_final=is_final):
        raise NotToSettle(
            str(_("Only a final verdict by someone who opened the content goes to its copies."))
        )
