"""What happened with the app; never who used it, and no moment but the day."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class AppUsed(Event, name="helpline.app.used"):
    """So many uses of one kind on a day, of those who agreed; `platform` is a button's, else ""."""

    day: date
    kind: Code
    platform: Code
    times: int
