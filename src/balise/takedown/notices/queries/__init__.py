"""Notices, limited to what the reader may see.

`standing`: states, sending settings; `wording`, `mails`: the words that a host reads; `clocks`:
deadlines; `desk`: the list; `inbox`: what came back; `times`: how long it took; `values`:
notices as other modules have them.
"""

from balise.takedown.notices.queries.clocks import (
    Ladder as Ladder,
    clock_about as clock_about,
    dial as dial,
    expected as expected,
    hold_of as hold_of,
    holds_of_each as holds_of_each,
    known_rungs as known_rungs,
    ladder_of as ladder_of,
    proposed_step as proposed_step,
    rungs_above as rungs_above,
    running_seconds as running_seconds,
    steps_above as steps_above,
    stops_of as stops_of,
    told_rungs as told_rungs,
)
from balise.takedown.notices.queries.desk import (
    Tab as Tab,
    contacts_due as contacts_due,
    counts as counts,
    first_to_leave_with as first_to_leave_with,
    mails_left_behind as mails_left_behind,
    mails_that_failed as mails_that_failed,
    page as page,
    ready_to_leave as ready_to_leave,
    rows as rows,
)
from balise.takedown.notices.queries.inbox import (
    ANSWER_SEALED as ANSWER_SEALED,
    CONTEST_REASONS as CONTEST_REASONS,
    CONTEST_SEALED as CONTEST_SEALED,
    Grounds as Grounds,
    answer as answer,
    answered_notices as answered_notices,
    answers_settled as answers_settled,
    answers_that_wait as answers_that_wait,
    by_number as by_number,
    contest as contest,
    contests_ruled as contests_ruled,
    contests_that_wait as contests_that_wait,
    grounds_of as grounds_of,
    hands_in as hands_in,
    reasons_of as reasons_of,
    recognise as recognise,
    retractions_to_tell as retractions_to_tell,
)
from balise.takedown.notices.queries.mails import (
    MAILING_SEALED as MAILING_SEALED,
    Composed as Composed,
    answer_page as answer_page,
    compose as compose,
    contest_page as contest_page,
    notices_in as notices_in,
)
from balise.takedown.notices.queries.standing import (
    SEALED as SEALED,
    OpenedNotice as OpenedNotice,
    arrived as arrived,
    by_id as by_id,
    country_customs as country_customs,
    customs_for as customs_for,
    is_anyone_asked as is_anyone_asked,
    letter_of as letter_of,
    notice as notice,
    offence_of as offence_of,
    opened as opened,
    own_customs as own_customs,
    score_of as score_of,
    targets_of as targets_of,
    waiting_about as waiting_about,
)
from balise.takedown.notices.queries.times import by_recipient as by_recipient
from balise.takedown.notices.queries.values import (
    Moment as Moment,
    NoticeRow as NoticeRow,
    about as about,
    history_of as history_of,
)
