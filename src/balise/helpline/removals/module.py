"""The card of this module: what the rest of Balise reads of it."""

import sys
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _, ngettext_lazy, npgettext_lazy

from balise.foundation.budgets.rules import Budget
from balise.foundation.grants import PUBLIC, Declared, Grant
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.statistics.boards import Board
from balise.foundation.statistics.indicators import Counts, Flow, Indicator, Mean, Share
from balise.foundation.statistics.measures import Measure
from balise.foundation.web.navigation import PublicEntry, StaffEntry
from balise.helpline.removals import access
from balise.helpline.removals.demonstration import fill
from balise.helpline.removals.events import ItemDecided, ItemGone, ItemMoved, ItemSilent
from balise.helpline.removals.figures import FIGURES
from balise.helpline.removals.models import Item, Request
from balise.helpline.removals.rules.requests import ItemKind
from balise.helpline.removals.rules.states import RemovalState
from balise.helpline.removals.tasks import SCHEDULE
from balise.helpline.removals.web.due import of_desk
from balise.helpline.removals.web.public import CODE, WAY

# The figures of removals that a committee speaks of, defined.


_GONE = "helpline.removals.gone"
_SHARE = ngettext_lazy("%(many)s per cent of removals", "%(many)s per cent of removals", "count")

INDICATORS = (
    Indicator(
        code="REM-N",
        line="helpline",
        name=_("Accounts and content removed"),
        definition=_(
            "An account or a piece of content counts once, on the day we saw that it was "
            "gone, if the helpline had asked a platform to remove it. What comes back "
            "later stays counted, and is counted apart."
        ),
        unit=ngettext_lazy(
            "%(many)s account or piece of content",
            "%(many)s accounts and pieces of content",
            "count",
        ),
        source=Flow(Counts(_GONE)),
        owner=_("Helpline: removals asked of platforms"),
        by="kind",
        labels=lambda: dict(ItemKind.choices),
    ),
    Indicator(
        code="REM-ASK",
        line="helpline",
        name=_("Removals asked for"),
        definition=_(
            "An account or a piece of content counts once for each time a platform was "
            "asked to remove it, on that day."
        ),
        unit=npgettext_lazy("figures", "%(many)s request", "%(many)s requests", "count"),
        source=Flow(Counts("helpline.removals.sent")),
        owner=_("Helpline: removals asked of platforms"),
    ),
    Indicator(
        code="REM-1H",
        line="helpline",
        name=_("Removed within an hour"),
        definition=_(
            "Of the accounts and content removed in the period, the share that was gone "
            "at most an hour after the platform was asked, in the platform’s own working "
            "time. “Under an hour” is true of this share, not of each removal."
        ),
        unit=_SHARE,
        source=Share(Counts(_GONE, only=(("band", ("1h",)),)), Counts(_GONE)),
        owner=_("Helpline: removals asked of platforms"),
    ),
    Indicator(
        code="REM-4H",
        line="helpline",
        name=_("Removed within 4 hours"),
        definition=_(
            "The same share within 4 hours: what “a few hours” says. It holds those "
            "removed within an hour."
        ),
        unit=_SHARE,
        source=Share(Counts(_GONE, only=(("band", ("1h", "4h")),)), Counts(_GONE)),
        owner=_("Helpline: removals asked of platforms"),
    ),
    Indicator(
        code="REM-MEAN",
        line="helpline",
        name=_("Time to removal"),
        definition=_(
            "The platform’s working time from our request until it was gone, on average. "
            "A few slow ones weigh much: read it with the share within an hour."
        ),
        unit=ngettext_lazy("%(many)s hour", "%(many)s hours", "count"),
        source=Mean(Counts(_GONE), unit=3600),
        owner=_("Helpline: removals asked of platforms"),
    ),
)


# What is counted of removals, day by day.


_SENT = (("after", RemovalState.SENT.value),)
_BACK = (("after", RemovalState.REAPPEARED.value),)
MEASURES = (
    Measure("helpline.removals.sent", counts=ItemMoved, only=_SENT, by=("platform",)),
    Measure("helpline.removals.gone", counts=ItemGone, by=("kind", "band"), amount="seconds"),
    Measure("helpline.removals.decided", counts=ItemDecided, by=("decision",)),
    Measure("helpline.removals.silent", counts=ItemSilent, by=("platform",)),
    Measure("helpline.removals.back", counts=ItemMoved, only=_BACK),
)


# What is deleted of removals, and when. The figures stay.


# Until then, what came back is asked for again.
_KEPT = timedelta(days=2 * 365)
_DRAFTS_KEPT = timedelta(days=90)


def drafts_due(at: datetime) -> QuerySet[Request]:
    """Return the requests of three months ago of which nothing was ever sent.

    What came back, and is ready to be asked for again, is no draft.
    """
    left = Item.objects.filter(request=OuterRef("id"), first_round_at__isnull=False)
    return Request.objects.filter(asked_at__lte=at - _DRAFTS_KEPT).exclude(Exists(left))


RULES = (
    Rule(
        name="helpline.removals",
        forgets=Request,
        says=_("A removal request is deleted two years after all of it has ended."),
        due=past(Request, "closed_at", _KEPT),
        erase=deleted(Request),
    ),
    Rule(
        name="helpline.removal-drafts",
        forgets=Request,
        says=_("A removal request that was never sent is deleted after three months."),
        due=drafts_due,
        erase=deleted(Request),
    ),
)


# What the public may do with removals: see how far one is, by its code.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_removals_request",),
        to=(PUBLIC,),
        why="A young person follows a removal with a code; nothing sealed is read.",
        read=("id", "tracker_key", "conversation", "asked_at"),
    ),
    Grant(
        on=("helpline_removals_item",),
        to=(PUBLIC,),
        why="It shows stages alone.",
        read=(
            *("request_id", "number", "kind", "content_type", "state"),
            *("gone_at", "ended_at", "decided_at", "decision"),
        ),
    ),
)


def platforms() -> list[str]:
    """Return the command of the invented platforms; they answer the mails of a demonstration."""
    served = f"127.0.0.1:{settings.PLATFORMS_LOOPBACK}"
    folder = str(settings.HOME / "mail")
    return [sys.executable, "-m", "balise.helpline.removals.doubles", served, folder]


MODULE = Module(
    budgets=(Budget("helpline.removals", in_all=0, comes_first=True),),
    public=(Mount(namespace="removals"),),
    staff=(Mount("helpline/removals/", "removals"),),
    abilities={"listener": (access.READ, access.WORK), "helpline_lead": (access.COMPLAIN,)},
    public_ways=(
        PublicEntry(
            line="helpline",
            label=_("Follow my removal request"),
            says=_("Check whether the request was sent, received or completed."),
            url_name="removals:follow",
        ),
    ),
    ways=(
        StaffEntry(
            line="helpline",
            label=_("Removals"),
            says=_("Removal requests to platforms, and their times."),
            url_name="staff:removals:desk",
            icon="send",
            ability=access.READ,
            due=of_desk,
        ),
    ),
    content_page={"helpline": "staff:removals:item"},
    keeps=CODE.kept,
    opens=(WAY,),
    measures=MEASURES,
    figures=FIGURES,
    indicators=INDICATORS,
    boards=(Board(code="platforms", line="helpline", title=_("Removal request figures")),),
    retention=RULES,
    schedule=SCHEDULE,
    grants=GRANTS,
    demonstration=fill,
    doubles=lambda: {"platforms": (settings.PLATFORMS_LOOPBACK, platforms())},
)


# A real centre has no invented platform: what it sends goes to the public internet alone.


@register(Tags.security)
def no_platform_is_invented(**_options: Any) -> list[CheckMessage]:
    """E461: removal requests would go to a program on this machine outside a demonstration."""
    if settings.PLATFORMS_LOOPBACK and not settings.DEMONSTRATION:
        return [
            Error(
                "BALISE_PLATFORMS_LOOPBACK is for demonstrations and tests.",
                hint="Leave it out: a real centre tells real platforms.",
                id="balise.E461",
            )
        ]
    return []
