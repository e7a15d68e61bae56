"""The helpline of the demonstration: weeks of calls and chats, and who waits for its listeners.

The weeks are told in brief, for the forecast; `balise day past` plays them as a whole. Three people
asked to be called back. Numbers are of the range that is kept for fiction. Nobody is seated:
whoever enters as a listener takes a seat themself.
"""

from datetime import timedelta

from balise.config.played import past
from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Script

_ASKED = (
    ("+33 1 99 00 12 34", "Après le collège, s'il vous plaît.", Script.FRIEND),
    ("+33 1 99 00 23 45", "Des photos de ma fille circulent.", Script.OPEN),
    ("+33 1 99 00 34 56", "", Script.FIRST_NAME),
)


_WEEKS = 3
_CALLS, _CHATS = 18, 6  # on a day with school
_LISTENERS = 6


def remember_weeks() -> int:
    """Tell the past weeks in brief, and who works how long; return how many called and wrote."""
    past.team(_LISTENERS)
    return past.tell_weeks(_WEEKS, calls=_CALLS, chats=_CHATS, seed=1)


def wait_for_listeners() -> None:
    """Let them ask, for some time in the coming hours."""
    moment = now()
    for number, words, script in _ASKED:
        calling_back.ask_call_back(
            number=number,
            since=moment,
            until=moment + timedelta(hours=8),
            script=script,
            words=words,
            by=ANYONE,
        )
