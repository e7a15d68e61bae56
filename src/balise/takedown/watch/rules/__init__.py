"""What a look means (`verdicts`), when to look again (`schedule`), where it is now (`whereabouts`),
and how long removals take (`removals`).
"""

from balise.takedown.watch.rules.removals import About as About
from balise.takedown.watch.rules.schedule import Pace as Pace, WatchState as WatchState
