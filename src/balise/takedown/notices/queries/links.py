"""The links of a mail: signed by the index key, which our own processes hold and no one else."""

from datetime import datetime
from functools import cache
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from balise.foundation.clock import now
from balise.foundation.encryption.sealing import blind
from balise.takedown.notices.queries.customs import country_customs
from balise.takedown.notices.rules.links import Link, Purpose, read, written

LINE = "takedown"
FIELD = "notices.link"

_TOKEN = "TOKEN"  # noqa: S105 - a placeholder
_VIEWS = {Purpose.ANSWER: "notices:answer", Purpose.CONTEST: "notices:contest"}


def answer_link(mailing_id: UUID, *, language: str) -> str:
    """Return the address at which a recipient answers one mail."""
    ends_at = now() + country_customs().answer_link
    return _address(Link(Purpose.ANSWER, mailing_id, ends_at), language)


def contest_link(notice_id: UUID, *, language: str) -> str:
    """Return the address at which a notice is contested; for its recipient to pass on."""
    ends_at = now() + country_customs().contest_link
    return _address(Link(Purpose.CONTEST, notice_id, ends_at), language)


def link_of(token: str, purpose: Purpose) -> Link | None:
    """Return the link that a token is; None if it is not ours or for something else."""
    found = read(token, _mac)
    return found if found is not None and found.purpose is purpose else None


def has_ended(link: Link, *, at: datetime | None = None) -> bool:
    """Return whether a link leads nowhere any more."""
    return link.ends_at <= (at or now())


def token_of(link: Link) -> str:
    """Return a link's token."""
    return written(link, _mac)


def _address(link: Link, language: str) -> str:
    path = _path(link.purpose, language).replace(_TOKEN, token_of(link))
    return f"{settings.PUBLIC_ADDRESS}{path}"


@cache
def _path(purpose: Purpose, language: str) -> str:
    """Return a page's path with a placeholder: a mail holds fifty links, and resolving is slow."""
    with override(language):
        return reverse(_VIEWS[purpose], args=(_TOKEN,))


def _mac(text: str) -> bytes:
    return blind(LINE, FIELD, text)
