"""What the forecast counts beside the calls, which `telephony` counts by half hour; and rotas."""

from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.suppression import CHILDREN
from balise.helpline.conversations.events import ConversationBegun
from balise.helpline.staffing.events import RotaPublished, ShiftTaken

MEASURES = (
    Measure(
        "helpline.chats.offered",
        counts=ConversationBegun,
        by_half_hour=True,
        threshold=CHILDREN,
    ),
    Measure("helpline.rotas.published", counts=RotaPublished, day="monday", amount="short"),
    Measure("helpline.shifts.swapped", counts=ShiftTaken),
)
