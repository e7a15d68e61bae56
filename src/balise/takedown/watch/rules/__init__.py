"""What a look means (`verdicts`), when to look again (`schedule`), where it is now (`whereabouts`),
and how long removals take (`removals`).
"""

from balise.takedown.watch.rules.removals import About
from balise.takedown.watch.rules.schedule import News, Pace, State
from balise.takedown.watch.rules.verdicts import Seen

__all__ = ["About", "News", "Pace", "Seen", "State"]
