"""What happened with the app; never who used it, and no moment but the day."""

from datetime import date

from balise.foundation.journal.events import Code, Event


class AppUsed(Event, name="helpline.app.used"):
    """So many uses of one kind on a day, of those who agreed; `platform` is a button's, else ""."""

    day: date
    kind: Code
    platform: Code
    times: int


class ButtonSiteAdded(Event, name="helpline.app.site-added"):
    """A site that shows our button is on the list, from a day on; the subject is the site."""

    platform: Code
    since: date


class ButtonSiteEnded(Event, name="helpline.app.site-ended"):
    """A site shows our button no longer: `until` is the last day."""

    platform: Code
    until: date
