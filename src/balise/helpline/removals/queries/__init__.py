"""Requests and items, limited to what the reader may see: desk, opened, tracker, figures."""

from balise.helpline.removals.queries.desk import (
    Pile as Pile,
    Platform as Platform,
    Way as Way,
    clock_of as clock_of,
    due as due,
    gone_before as gone_before,
    next_of as next_of,
    offence_words as offence_words,
    other_ways as other_ways,
    pile as pile,
    platform as platform,
    platform_names as platform_names,
    platforms as platforms,
    promised as promised,
    ran as ran,
    standing as standing,
    steps_open as steps_open,
    told_of as told_of,
    ways as ways,
    ways_of as ways_of,
)
from balise.helpline.removals.queries.figures import figures as figures
from balise.helpline.removals.queries.opened import (
    ItemShown as ItemShown,
    Opened as Opened,
    answer_to_tell as answer_to_tell,
    answers_to_read as answers_to_read,
    at_platform as at_platform,
    by_notice as by_notice,
    items_of as items_of,
    left_behind as left_behind,
    of_round as of_round,
    opened as opened,
    request_of as request_of,
    requests_of as requests_of,
    ticket_of as ticket_of,
    unsent as unsent,
    with_ticket as with_ticket,
)
from balise.helpline.removals.queries.tracking import (
    Tracked as Tracked,
    began_in as began_in,
    of_conversation as of_conversation,
    tracked as tracked,
)
