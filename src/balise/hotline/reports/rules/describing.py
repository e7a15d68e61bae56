"""When the items of a content may be described, and what is told of them to the figures."""

from collections import Counter
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.hotline.reports.rules.words import LOOKED_AT, ContentState, Verdict
from balise.takedown.law.rules.items import Item

MOST_AT_ONCE = 200
MOST_ITEMS = 2_000


class NotToDescribe(Refused, code="not-to-describe"):
    """What was found harmless, gone or out of scope is not described."""


class TooManyItems(Refused, code="too-many-items"):
    pass


class CountedAlready(Refused, code="counted-already"):
    """What a final verdict has put into the figures stays."""


def check_can_describe(
    state: ContentState, verdict: Verdict | None, *, described: int, more: int
) -> None:
    """Refuse the items of a content that was found to be none of ours, and too many of them."""
    if state is ContentState.CLOSED or (
        state is ContentState.REMOVED and verdict is not Verdict.ILLEGAL
    ):
        raise NotToDescribe(str(_("This content is closed: items can no longer be described.")))
    if not 1 <= more <= MOST_AT_ONCE:
        raise TooManyItems(str(_("Between 1 and %(most)d items at once.") % {"most": MOST_AT_ONCE}))
    if described + more > MOST_ITEMS:
        raise TooManyItems(
            str(_("At most %(most)d items per piece of content.") % {"most": MOST_ITEMS})
        )


def check_can_withdraw(state: ContentState) -> None:
    """Refuse to take back an item once the verdict is final: its figures are out."""
    if state not in LOOKED_AT:
        raise CountedAlready(str(_("The verdict is final: an item can be added, not removed.")))


def alike(items: Iterable[Item]) -> list[tuple[Item, int]]:
    """Return the different items with how many of each there are, in their first order."""
    return list(Counter(items).items())
