"""Requests and items, narrowed to who asks: the desk, one request opened, the tracker, figures."""

from balise.helpline.removals.queries.desk import Pile, Row, due, gone_before, open_count, pile
from balise.helpline.removals.queries.figures import PlatformRow, figures
from balise.helpline.removals.queries.items import (
    REFUSING,
    Told,
    next_of,
    standing,
    told_of,
)
from balise.helpline.removals.queries.noticed import Noticed, by_notice
from balise.helpline.removals.queries.opened import ItemShown, Opened, Said, opened
from balise.helpline.removals.queries.platforms import (
    Platform,
    Way,
    names_of,
    offence_words,
    other_ways,
    platform,
    platforms,
    ways,
    ways_of,
)
from balise.helpline.removals.queries.tracking import Step, Tracked, of_conversation, tracked
from balise.helpline.removals.queries.working import (
    Asked,
    answer_to_tell,
    left_behind,
    request_of,
    requests_of,
    ticket_of,
    with_ticket,
)

__all__ = [
    "REFUSING",
    "Asked",
    "ItemShown",
    "Noticed",
    "Opened",
    "Pile",
    "Platform",
    "PlatformRow",
    "Row",
    "Said",
    "Step",
    "Told",
    "Tracked",
    "Way",
    "answer_to_tell",
    "by_notice",
    "due",
    "figures",
    "gone_before",
    "left_behind",
    "names_of",
    "next_of",
    "of_conversation",
    "offence_words",
    "open_count",
    "opened",
    "other_ways",
    "pile",
    "platform",
    "platforms",
    "request_of",
    "requests_of",
    "standing",
    "ticket_of",
    "told_of",
    "tracked",
    "ways",
    "ways_of",
    "with_ticket",
]
