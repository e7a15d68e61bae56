"""Who waits for the demonstration's listeners: three people who asked to be called back.

Their numbers are of the range that is kept for fiction. Nobody is seated: whoever enters as a
listener takes a seat themself.
"""

from datetime import timedelta

from balise.foundation.actors import ANYONE
from balise.foundation.clock import now
from balise.helpline.telephony.actions import calling_back
from balise.helpline.telephony.rules.call_backs import Script

_ASKED = (
    ("+33 1 99 00 12 34", "Après le collège, s'il vous plaît.", Script.FRIEND),
    ("+33 1 99 00 23 45", "Des photos de ma fille circulent.", Script.OPEN),
    ("+33 1 99 00 34 56", "", Script.FIRST_NAME),
)


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
