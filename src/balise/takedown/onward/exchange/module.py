"""The card of this module, which a centre turns on, and its plugs."""

from django.utils.translation import gettext_lazy as _

from balise.foundation.budgets.rules import GIB, Budget
from balise.foundation.journal.book import subscribe
from balise.foundation.modules import Module, Mount
from balise.foundation.web.navigation import StaffEntry
from balise.takedown.onward.exchange import access
from balise.takedown.onward.exchange.events import IccamMoved, LetterArrived, LetterQueued
from balise.takedown.onward.exchange.grants import GRANTS
from balise.takedown.onward.exchange.retention import RULES
from balise.takedown.onward.exchange.tasks import carrying
from balise.takedown.onward.exchange.tasks.iccam import working as iccam


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
