"""Requests and items, limited to what the reader may see: desk, opened, tracker, figures."""

from balise.helpline.removals.queries.desk import (
    Pile as Pile,
    due as due,
    gone_before as gone_before,
    pile as pile,
    promised as promised,
)
from balise.helpline.removals.queries.figures import (
    figures as figures,
)
from balise.helpline.removals.queries.items import (
    clock_of as clock_of,
    next_of as next_of,
    ran as ran,
    standing as standing,
    steps_open as steps_open,
    told_of as told_of,
)
from balise.helpline.removals.queries.noticed import (
    answers_to_read as answers_to_read,
    at_platform as at_platform,
    by_notice as by_notice,
    of_round as of_round,
    unsent as unsent,
)
from balise.helpline.removals.queries.opened import (
    ItemShown as ItemShown,
    Opened as Opened,
    opened as opened,
)
from balise.helpline.removals.queries.platforms import (
    Platform as Platform,
    Way as Way,
    offence_words as offence_words,
    other_ways as other_ways,
    platform as platform,
    platform_names as platform_names,
    platforms as platforms,
    ways as ways,
    ways_of as ways_of,
)
from balise.helpline.removals.queries.tracking import (
    Tracked as Tracked,
    began_in as began_in,
    of_conversation as of_conversation,
    tracked as tracked,
)
from balise.helpline.removals.queries.working import (
    answer_to_tell as answer_to_tell,
    items_of as items_of,
    left_behind as left_behind,
    request_of as request_of,
    requests_of as requests_of,
    ticket_of as ticket_of,
    with_ticket as with_ticket,
)
