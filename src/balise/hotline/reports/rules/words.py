"""The code lists of reports and contents. Categories are a country's data: see categories.py."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _, pgettext_lazy


class Channel(TextChoices):
    """How a report reached the hotline."""

    WEB = "web", _("Public form")
    API = "api", _("Partner")
    IMPORT = "import", _("Import")
    HELPLINE = "helpline", _("Helpline")
    NETWORK = "network", _("Hotline network")


class PlaceKind(TextChoices):
    """Where a content was found."""

    WEB = "web", _("On a website or a social network")
    APP = "app", _("In an app")
    MESSAGING = "messaging", _("In a private message")
    GAME = "game", _("In a game")
    PHONE = "phone", _("By telephone or text message")


class AgeBand(TextChoices):
    """How old the reporter is; asked, never required, never more exact.

    `ASKED` cross neither 15 nor 18, where the law changes. The others are those of before: they are
    shown as they were said, and still taken from partners.
    """

    UNDER_13 = "under-13", _("Under 13")
    FROM_13 = "13-14", _("13 or 14")
    FROM_15 = "15-17", _("15 to 17")
    ADULT = "adult", _("18 or over")
    ACROSS_15 = "13-15", _("13 to 15 (earlier band)")
    FROM_16 = "16-17", _("16 or 17")


ASKED = (AgeBand.UNDER_13, AgeBand.FROM_13, AgeBand.FROM_15, AgeBand.ADULT)
MINORS = frozenset(AgeBand) - {AgeBand.ADULT}


class Concern(TextChoices):
    """Whom the content is about, in the reporter's words."""

    ME = "me", _("It is about me")
    KNOWN = "known", _("It is about someone I know")
    NOBODY = "nobody", _("I do not know the people concerned")


class MetHow(TextChoices):
    """How the reporter found the content."""

    BY_CHANCE = "by-chance", _("By chance, while browsing")
    SUGGESTED = "suggested", _("It was suggested to me (feed, advertisement)")
    SENT = "sent", _("Someone sent it to me")
    SEARCHED = "searched", _("I was looking for something else")
    SHOWN = "shown", _("A child or a pupil showed it to me")
    OTHER = "other", _("Another way")


class ContentState(TextChoices):
    """The state of a content."""

    WAITING = "waiting", pgettext_lazy("content", "Waiting for a verdict")
    SECOND_LOOK = "second-look", pgettext_lazy("content", "Waiting for a second review")
    CLOSING = "closing", pgettext_lazy("content", "Being decided with others")
    REMOVING = "removing", pgettext_lazy("content", "Illegal: to be removed")
    REMOVED = "removed", pgettext_lazy("content", "Removed")
    CLOSED = "closed", pgettext_lazy("content", "Closed")


LOOKED_AT = frozenset({ContentState.WAITING, ContentState.SECOND_LOOK})
OPEN_STATES = frozenset({*LOOKED_AT, ContentState.CLOSING, ContentState.REMOVING})
DECIDED_STATES = frozenset({ContentState.REMOVING, ContentState.REMOVED, ContentState.CLOSED})
# Nobody outside is told of a verdict that can still be undone.
_TOLD_AS = {ContentState.CLOSING: ContentState.WAITING}


def told_outside(state: ContentState) -> ContentState:
    """Return the state that people outside are told of a content."""
    return _TOLD_AS.get(state, state)


def states_told_as(told: str) -> list[str]:
    """Return the states that people outside are told in one word."""
    return [state.value for state in ContentState if told_outside(state).value == told]


REOPENED_FROM = frozenset({ContentState.REMOVED, ContentState.CLOSED})


class Verdict(TextChoices):
    """What the law, or the eye, says of a content."""

    ILLEGAL = "illegal", _("Illegal")
    HARMFUL = "harmful", _("Harmful, not illegal")
    OUT_OF_SCOPE = "out-of-scope", _("Out of scope")
    GONE = "gone", _("Already gone")
    UNVERIFIABLE = "unverifiable", _("Cannot be verified")


# What may have changed since: something came back, or can be reached or placed now.
PASSING_VERDICTS = frozenset({Verdict.GONE, Verdict.UNVERIFIABLE, Verdict.OUT_OF_SCOPE})


# They say what the content is, which needs the content opened.
SEEN_VERDICTS = frozenset({Verdict.ILLEGAL, Verdict.HARMFUL})


class Ground(TextChoices):
    """The ground of a verdict: how one knows. Four of them say why nobody could look.

    Only `LOOKED` says that a person saw the content. `OPENED` is of before that was asked: its
    encrypted data were opened, and nobody knows more.
    """

    LOOKED = "looked", _("I looked")
    OPENED = "opened", pgettext_lazy("ground", "Opened")
    REPORT = "report", _("The report alone")
    FINGERPRINT = "fingerprint", _("A fingerprint")
    KNOWN = "known", _("Same as the earlier verdict")
    WATCH = "watch", _("Monitoring found it so")
    TRACE = "trace", _("The trace: its name leads nowhere")
    ACCOUNT_NEEDED = "account-needed", _("Account required")
    PRIVATE = "private", _("Private conversation or closed group")
    INEXACT = "inexact", _("Place not exact enough")
    UNREACHABLE = "unreachable", _("Not reachable from here")
    UNOPENED = "unopened", _("Known without opening")
    BANK = "bank", _("Its fingerprint is in a bank")
    COPY = "copy", _("It is a copy of decided content")


REASONS_UNSEEN = frozenset(
    {Ground.ACCOUNT_NEEDED, Ground.PRIVATE, Ground.INEXACT, Ground.UNREACHABLE}
)


# How one knows, as it is asked of most verdicts.
ASKED_GROUNDS = (Ground.LOOKED, Ground.WATCH, Ground.TRACE, Ground.FINGERPRINT, Ground.REPORT)


class LookedWhere(TextChoices):
    """Where someone looked at a content."""

    PUBLIC = "public", _("Public page, without an account")
    ACCOUNT = "account", _("Page that asks for an account")
    LINK = "link", _("Shared link")


class LookedWith(TextChoices):
    """With what someone looked at a content."""

    BROWSER = "browser", _("Browser of this computer")
    ISOLATED = "isolated", _("Isolated browser")
    PHONE = "phone", _("Telephone of the centre")


# Nobody says so of a content: its fingerprints do.
BY_FINGERPRINT = frozenset({Ground.BANK, Ground.COPY})


class ToRead(IntegerChoices):
    """Why someone has to read a report that the queue does not bring; the gravest is last."""

    NOTHING = 0, _("Nothing")
    WORDS = 1, _("Has a comment")
    MESSAGE = 2, _("Message waiting")
    CHILD = 3, _("A child may be concerned")
    DANGER = 4, _("Someone may be in danger now")


class Confidence(TextChoices):
    """How sure an analyst is of a verdict."""

    SURE = "sure", _("Sure")
    LIKELY = "likely", _("Likely")
    DOUBTFUL = "doubtful", _("Doubtful")


class Author(TextChoices):
    """Who wrote a message of the dialogue."""

    REPORTER = "reporter", _("Reporter")
    HOTLINE = "hotline", _("Hotline")
