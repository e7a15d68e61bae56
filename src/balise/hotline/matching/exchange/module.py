"""The card of this module: what the rest of Balise reads of it."""

import sys
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from django.utils.translation import gettext_lazy as _

from balise.foundation.accounts.roles import Scope
from balise.foundation.grants import ALL, API, Declared, Grant, Tells
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import dropped, past
from balise.foundation.url import split_url
from balise.foundation.web.navigation import StaffEntry
from balise.hotline.matching.exchange import access
from balise.hotline.matching.exchange.demonstration import fill
from balise.hotline.matching.exchange.models import BadPage, Ballot, Held, Probe, Question, Sheet
from balise.hotline.matching.exchange.rules.sources import SOURCES, arachnid
from balise.hotline.matching.exchange.tasks import fetching, handing, voting
from balise.hotline.matching.exchange.web.due import of_exchange

# What is deleted of the exchange of hashes: for the data protection officer to confirm.


_YEAR = timedelta(days=365)

RULES = (
    Rule(
        name="hotline.hashes.probes",
        forgets=Probe,
        says=_("The fingerprints that a partner asked about, kept to count them: one day"),
        due=past(Probe, "at", timedelta(days=1)),
        erase=dropped(Probe),
    ),
    Rule(
        name="hotline.hashes.sheets",
        forgets=Sheet,
        says=_("A page of a bank that a partner did not fetch: one week after it was signed"),
        due=past(Sheet, "made_at", timedelta(days=7)),
        erase=dropped(Sheet),
    ),
    Rule(
        name="hotline.hashes.questions",
        forgets=Question,
        says=_("The fact that a partner asked about fingerprints: one year"),
        due=past(Question, "at", _YEAR),
        erase=dropped(Question),
    ),
    Rule(
        name="hotline.hashes.pages",
        forgets=BadPage,
        says=_(
            "A page of a list of fingerprints that could not be read: one year after it was read"
        ),
        due=past(BadPage, "settled_at", _YEAR),
        erase=dropped(BadPage),
    ),
    Rule(
        name="hotline.hashes.held",
        forgets=Held,
        says=_("The reference of a fingerprint that its source withdrew: one year after that"),
        due=past(Held, "gone_at", _YEAR),
        erase=dropped(Held),
    ),
    Rule(
        name="hotline.hashes.ballots",
        forgets=Ballot,
        says=_("A vote on a fingerprint of a source: one year after it was sent"),
        due=past(Ballot, "sent_at", _YEAR),
        erase=dropped(Ballot),
    ),
)


# What the partners' API may do in the exchange: hand out, answer, write down, cut off.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("hotline_hashes_contract",),
        to=(API,),
        why="It knows what a partner may do, notes when it came, and cuts it off by itself.",
        read=ALL,
        change=("checkpoint", "wanted", "pulled_at", "asked_at", "cut_off_at", "why"),
    ),
    Grant(
        on=("hotline_hashes_sheet",),
        to=(API,),
        why="It hands out pages that the worker signed; one that was taken goes.",
        read=ALL,
        remove=True,
    ),
    Grant(
        on=("hotline_hashes_question",),
        to=(API,),
        why="It writes down that a partner asked, and how much.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("hotline_hashes_probe",),
        to=(API,),
        why="It counts look-ups near one another as one, within a day.",
        read=ALL,
        add=True,
        change=("known", "unknown"),
    ),
    Grant(
        on=("hotline_hashes_handed",),
        to=(API,),
        why="It knows who was told yes, and forgets it once a withdrawal is confirmed.",
        read=ALL,
        add=True,
        remove=True,
    ),
    Grant(
        on=("hotline_hashes_reply",),
        to=(API,),
        why="It keeps what a partner did about an entry.",
        read=ALL,
        add=True,
        change=("said", "turn", "count", "at", "received_at", "blocked_at"),
    ),
    Tells(
        facts=(
            *("hotline.contract.asked", "hotline.contract.question-refused"),
            *("hotline.contract.pulled", "hotline.contract.answered"),
            *("hotline.contract.withdrawal-confirmed", "hotline.contract.cut-off"),
        ),
        by=(API,),
    ),
)


def invented() -> list[str]:
    """Return the command of a demonstration's invented sources."""
    served = f"127.0.0.1:{settings.HASHES.loopback}"
    return [sys.executable, "-m", "balise.hotline.matching.exchange.doubles", served]


MODULE = Module(
    staff=(Mount("hotline/hashes/", "hashes"),),
    partners="hotline/hashes",
    abilities={"analyst": (access.READ,), "hotline_lead": (access.MANAGE,)},
    scopes=(
        Scope(access.PULL, _("Hold a bank of fingerprints")),
        Scope(access.ASK, _("Ask about fingerprints, without a bank")),
    ),
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Fingerprint exchange"),
            says=_("Lists of known content shared with us, and partners that block what we found."),
            url_name="staff:hashes:exchange",
            icon="refresh",
            ability=access.READ,
            due=of_exchange,
        ),
    ),
    retention=RULES,
    schedule=(*fetching.SCHEDULE, *handing.SCHEDULE, *voting.SCHEDULE),
    grants=GRANTS,
    demonstration=fill,
    doubles=lambda: {"hashes": (settings.HASHES.loopback, invented())},
)


# A real centre has no invented source, and asks no real one before it may.


_PRODUCTION = {
    *(one.production.removeprefix("https://") for one in SOURCES.values()),
    split_url(arachnid.PRODUCTION).netloc,
}


@register(Tags.security)
def sources_are_what_they_may_be(**_options: Any) -> list[CheckMessage]:
    """E462: an invented source outside a demonstration. E463: a real one that is not agreed to."""
    found: list[CheckMessage] = []
    if settings.HASHES.loopback and not settings.DEMONSTRATION:
        found.append(
            Error(
                "BALISE_HASH_SOURCES_LOOPBACK is for demonstrations and tests.",
                hint="Leave it out: a real centre asks real sources.",
                id="balise.E462",
            )
        )
    real = sorted(code for code, at in settings.HASHES.addresses.items() if _is_production(at))
    if real and not settings.HASHES.production:
        found.append(
            Error(
                f"BALISE_HASH_SOURCES has the real address of {', '.join(real)}.",
                hint="Set BALISE_HASH_SOURCES_PRODUCTION=1 once counsel has agreed (decision 31).",
                id="balise.E463",
            )
        )
    return found


def _is_production(address: str) -> bool:
    parts = split_url(address)
    return any((parts.netloc + parts.path).startswith(one) for one in _PRODUCTION)
