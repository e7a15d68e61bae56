"""What one look says of a content. Only words or codes that say “gone” count for gone."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from balise.takedown.tracing.rules.looks import Answer, Look, Place, Says, Text

_NOT_FOUND, _GONE = 404, 410
_UNAUTHORISED = 401
_LEGAL_REASONS = 451
_UNSATISFIABLE_RANGE = 416  # the page is there, and empty
_SERVER_ERROR = 500
# The server is there, and cannot answer now: not in time (408), or not so often (429).
_NOT_NOW = frozenset({408, 429})
_TOO_MUCH = frozenset({429, 503})


class Seen(TextChoices):
    """What was seen at an address."""

    ONLINE = "online", pgettext_lazy("watch", "Online")
    GONE = "gone", pgettext_lazy("watch", "Gone")
    SOFT_GONE = "soft-gone", pgettext_lazy("watch", "Gone, in the page’s words")
    NAME_GONE = "name-gone", pgettext_lazy("watch", "The name no longer exists")
    MOVED = "moved", pgettext_lazy("watch", "Leads elsewhere")
    BLOCKED = "blocked", pgettext_lazy("watch", "Blocked for this country")
    SIGN_IN = "sign-in", pgettext_lazy("watch", "For members only")
    UNREACHABLE = "unreachable", pgettext_lazy("watch", "No answer")
    UNCLEAR = "unclear", pgettext_lazy("watch", "No clear answer")
    REFUSED = "refused", pgettext_lazy("watch", "Not a public address")
    UNKNOWN = "unknown", pgettext_lazy("watch", "Not checked")

    @property
    def is_miss(self) -> bool:
        """Whether it indicates that the content is gone."""
        return self in MISSES


MISSES = frozenset({Seen.GONE, Seen.SOFT_GONE, Seen.NAME_GONE})
_UNANSWERED = {
    Answer.UNKNOWN: Seen.UNKNOWN,
    Answer.REFUSED: Seen.REFUSED,
    Answer.NAME_GONE: Seen.NAME_GONE,
    Answer.SILENT: Seen.UNREACHABLE,
}


def verdict(look: Look, *, usual: str = "") -> Seen:
    """Return what a look says of a content.

    `usual` is the address that its site has led to since the first look, "" for none: there, the
    content is where it always was.
    """
    if look.answer is not Answer.ANSWERED:
        return _UNANSWERED[look.answer]
    status = look.http_status or 0
    if status in {_NOT_FOUND, _GONE}:
        return Seen.GONE
    if status == _LEGAL_REASONS or Says.BLOCKED in look.says:
        return Seen.BLOCKED
    if status == _UNAUTHORISED or look.place is Place.SIGN_IN or Says.SIGN_IN in look.says:
        return Seen.SIGN_IN
    if status // 100 == 2 or status == _UNSATISFIABLE_RANGE:  # noqa: PLR2004 - success
        return _of_a_page(look, usual)
    return Seen.UNREACHABLE if status >= _SERVER_ERROR or status in _NOT_NOW else Seen.UNCLEAR


def _of_a_page(look: Look, usual: str) -> Seen:
    """Return what a page that came says: it may be an error that calls itself a success."""
    if Says.GONE in look.says:
        if look.like_nonsense or (Says.GONE_ALOUD in look.says and look.text is Text.SHORT):
            return Seen.SOFT_GONE
        # A long page may say it of something else: a comment, another file.
        if Says.GONE_ALOUD in look.says or look.like_nonsense is None:
            return Seen.UNCLEAR
    if look.place is not Place.SAME and not (usual and look.leads_to == usual):
        return Seen.MOVED
    # The site answers anything alike: that it answers says nothing of this content.
    return Seen.UNCLEAR if look.like_nonsense else Seen.ONLINE


def is_silent(look: Look) -> bool:
    """Return whether a host did not answer, or asks for fewer requests: it is left alone then."""
    return look.answer in {Answer.SILENT, Answer.NAME_GONE} or look.http_status in _TOO_MUCH


def becomes_usual(look: Look) -> str:
    """Return the address that a site leads to for this content alone, at its first look; or ""."""
    is_page = look.answer is Answer.ANSWERED and (look.http_status or 0) // 100 == 2  # noqa: PLR2004
    is_own = look.place is Place.SITE and look.like_nonsense is False
    return look.leads_to if is_page and is_own and Says.GONE not in look.says else ""
