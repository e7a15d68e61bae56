"""The card of this module, which a centre turns on, and its plugs."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import SYSTEM
from balise.foundation.budgets.rules import GIB, Budget
from balise.foundation.grants import ALL, API, Declared, Grant, Tells
from balise.foundation.journal.book import subscribe
from balise.foundation.modules import Module, Mount
from balise.foundation.retention.rules import Rule
from balise.foundation.retention.usual import deleted, past
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.law.rules.mappings import SCHEMES
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.actions import forgetting
from balise.takedown.onward.exchange.events import IccamMoved, LetterArrived, LetterQueued
from balise.takedown.onward.exchange.models import Arrival, IccamCase, Letter, Transfer
from balise.takedown.onward.exchange.rules.iccam.codes import ICCAM
from balise.takedown.onward.exchange.rules.words import TransferState
from balise.takedown.onward.exchange.tasks import carrying
from balise.takedown.onward.exchange.tasks.iccam import working as iccam

# Where the exchange is off too: packs of labels name its codes, and analysts read them.
SCHEMES.insert(0, ICCAM)

# What is deleted of the exchange. Defaults for the data protection officer to confirm.


_DELIVERED = timedelta(days=30)
_LEFT = timedelta(days=90)
_ENDED = timedelta(days=365)


def letters_due(at: datetime) -> QuerySet[Letter]:
    """Return the letters that arrived a month ago, and those given up that nobody tried again.

    Those of a transfer that failed go with it, once it is given up.
    """
    arrived = Q(delivered_at__lte=at - _DELIVERED)
    given_up = Q(delivered_at__isnull=True, next_at__isnull=True, written_at__lte=at - _LEFT)
    return Letter.objects.filter(arrived | given_up & ~Q(transfer__state=TransferState.FAILED))


def cases_due(at: datetime) -> QuerySet[IccamCase]:
    """Return the contents that have been in ICCAM, or given up, for a year."""
    return IccamCase.objects.filter(begun_at__lte=at - _ENDED).exclude(state="in-doubt")


def _erase_letters(letter_ids: Sequence[UUID]) -> int:
    return forgetting.forget_letters(letter_ids=letter_ids, by=SYSTEM)


def _give_up(transfer_ids: Sequence[UUID]) -> int:
    return forgetting.give_up_transfers(transfer_ids=transfer_ids, by=SYSTEM)


def _erase_transfers(transfer_ids: Sequence[UUID]) -> int:
    return forgetting.forget_transfers(transfer_ids=transfer_ids, by=SYSTEM)


RULES = (
    Rule(
        name="takedown.exchange.letters",
        forgets=Letter,
        says=_(
            "The text of a letter to another hotline: one month after it arrived, three months "
            "after it was written if it was cancelled"
        ),
        due=letters_due,
        erase=_erase_letters,
    ),
    Rule(
        name="takedown.exchange.failed",
        forgets=Letter,
        says=_("A transfer to another hotline that failed: three months after the last attempt"),
        due=past(Transfer, "moved_at", _LEFT, state=TransferState.FAILED),
        erase=_give_up,
    ),
    Rule(
        name="takedown.exchange.transfers",
        forgets=Transfer,
        says=_(
            "The fact that content went to another hotline or came from one: one year after it "
            "ended"
        ),
        due=past(Transfer, "closed_at", _ENDED),
        erase=_erase_transfers,
    ),
    Rule(
        name="takedown.exchange.arrivals",
        forgets=Arrival,
        says=_("The fact that another hotline sent a letter: one year after it was read"),
        due=past(Arrival, "read_at", _ENDED),
        erase=deleted(Arrival),
    ),
    Rule(
        name="takedown.exchange.iccam",
        forgets=IccamCase,
        says=_("Exports to ICCAM and imports from it: one year after they began"),
        due=cases_due,
        erase=deleted(IccamCase),
    ),
)


# What the partners' door may do with letters of hotlines abroad: it keeps them, and opens none.


GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("referrals_exchange_peer", "referrals_exchange_peercard"),
        to=(API,),
        why="It knows whose signature it is.",
        read=ALL,
    ),
    Grant(
        on=("referrals_exchange_arrival", "referrals_exchange_nonce"),
        to=(API,),
        why="It keeps what comes, sealed, once.",
        read=ALL,
        add=True,
    ),
    Grant(
        on=("referrals_exchange_letter",),
        to=(API,),
        why="It says which letters of ours were fetched.",
        read=ALL,
        change=("delivered_at", "next_at"),
    ),
    Grant(
        on=("referrals_exchange_transfer",),
        to=(API,),
        why="It says which letters of ours were fetched.",
        read=ALL,
        change=("state", "moved_at", "fault"),
    ),
    Tells(facts=("takedown.letter.arrived", "takedown.transfer.moved"), by=(API,)),
)


def connect() -> None:
    """Register the subscribers of events; the line that exchanges plugs the port."""
    subscribe("exchange.queued", carrying.carry_queued, LetterQueued)
    subscribe("exchange.iccam", iccam.export_queued, IccamMoved)
    subscribe("exchange.arrived", carrying.read_arrived, LetterArrived)


MODULE = Module(
    budgets=(Budget("takedown.onward.exchange", in_all=10 * GIB),),
    staff=(Mount("takedown/exchange/", "exchange"),),
    machines=True,
    abilities={"analyst": (access.READ, access.SEND, access.PROPOSE, access.APPROVE)},
    ways=(
        StaffEntry(
            line="hotline",
            label=_("Hotlines abroad"),
            says=_("Content sent to other countries and received from them."),
            url_name="staff:exchange:transfers",
            icon="link",
            ability=access.READ,
        ),
    ),
    retention=RULES,
    schedule=(*carrying.SCHEDULE, *iccam.SCHEDULE),
    key_line="exchange",
    grants=GRANTS,
    connect=connect,
)
