"""What happened to a content and what comes, in one order. Pure: the callers say the moments."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy, pgettext_lazy

FLOOR = 10  # removals by one host, below which its usual time says nothing


class What(TextChoices):
    """What may happen to a content."""

    REPORTED = "reported", pgettext_lazy("timeline", "Reported")
    DANGER = "danger", gettext_lazy("Danger reported")
    TAKEN = "taken", pgettext_lazy("timeline", "Taken")
    OPENED = "opened", pgettext_lazy("timeline", "Opened")
    RELEASED = "released", pgettext_lazy("timeline", "Released")
    REVIEWED = "reviewed", pgettext_lazy("timeline", "Review")
    DIFFER = "differ", gettext_lazy("The two reviews differ")
    SETTLED = "settled", gettext_lazy("Decided between two reviews")
    DECIDED = "decided", pgettext_lazy("timeline", "Verdict")
    CORRECTION_ASKED = "correction-asked", gettext_lazy("Asked to be taken back")
    TAKEN_BACK = "taken-back", gettext_lazy("Verdict taken back")
    REOPENED = "reopened", pgettext_lazy("timeline", "Reopened")
    ANSWERED = "answered", gettext_lazy("Answer to a reporter")
    NOTICE_SENT = "notice-sent", gettext_lazy("Notice sent")
    NOTICE_REMINDED = "notice-reminded", gettext_lazy("Host reminded")
    NOTICE_RECEIVED = "notice-received", gettext_lazy("Host confirms receipt")
    NOTICE_ENDED = "notice-ended", gettext_lazy("Outcome of the notice")
    POLICE_CALLED = "police-called", gettext_lazy("Police called")
    DOSSIER_DRAFTED = "dossier-drafted", gettext_lazy("Police dossier drafted")
    DOSSIER_APPROVED = "dossier-approved", gettext_lazy("Police dossier approved")
    DOSSIER_SENT = "dossier-sent", gettext_lazy("Police dossier sent")
    DOSSIER_RECEIVED = "dossier-received", gettext_lazy("Police confirm receipt")
    SEEN = "seen", pgettext_lazy("timeline", "Monitoring")
    REMOVED = "removed", pgettext_lazy("timeline", "Removed")
    REAPPEARED = "reappeared", gettext_lazy("Online again")
    GIVEN_UP = "given-up", gettext_lazy("Nothing more can be done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happened: when, what, by or with whom, what came of it, and where it stands.

    `count` things alike came one after the other, the last of them at `until`.
    """

    at: datetime
    what: What
    who: str = ""
    says: str | Promise = ""
    url: str = ""
    count: int = 1
    until: datetime | None = None

    def is_like(self, other: "Step") -> bool:
        """Whether both say the same of different moments."""
        mine = (self.what, self.who, str(self.says), self.url)
        return mine == (other.what, other.who, str(other.says), other.url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """One thing to come: what, when if that is known, how long it usually takes in words."""

    words: str | Promise
    at: datetime | None = None
    usually: str = ""


def happened(*sources: Iterable[Step]) -> list[Step]:
    """Return what several sources tell as one order, the first first.

    Things of one moment keep the order of their sources. Those alike in a row are one step.
    """
    found: list[Step] = []
    for step in sorted(chain(*sources), key=lambda one: one.at):
        last = found[-1] if found else None
        if last is not None and last.is_like(step):
            until = max(step.until or step.at, last.until or last.at)
            found[-1] = replace(last, count=last.count + step.count, until=until)
        else:
            found.append(step)
    return found


def comes(*sources: Iterable[Coming]) -> list[Coming]:
    """Return what is to come: what has no moment in the order it is asked, then what has one."""
    found = list(chain(*sources))
    dated = sorted((one for one in found if one.at), key=lambda one: str(one.at))
    return [one for one in found if not one.at] + dated


def usual(seconds: int, *, of: int, in_words: str) -> str:
    """Return how long something usually takes, in words; "" where too few are known to say so.

    `seconds` is the median `of` so many; `in_words` says the seconds.
    """
    if of < FLOOR or seconds < 0:
        return ""
    return _("half within %(time)s") % {"time": in_words}
