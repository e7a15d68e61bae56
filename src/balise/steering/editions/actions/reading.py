"""Let members read a draft before the committee meets, ask, and be answered."""

from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now, today
from balise.foundation.finding import find, there
from balise.foundation.journal.book import record
from balise.steering.editions import access, events
from balise.steering.editions.actions.preparing import make_again
from balise.steering.editions.models import Comment, Edition, Link, Section
from balise.steering.editions.rules.preparing import LINK_LASTS, LinkOver, WordsMissing


@transaction.atomic
def give_link(*, edition_id: UUID, seat: str, by: Actor) -> tuple[int, str]:
    """Make a link by which a seat reads a draft; return its number and its token.

    The token is shown once and not kept. It ends with the committee's day, or after three weeks.
    """
    access.require(by, access.WRITE)
    edition = Edition.locked_draft(edition_id)
    if not seat.strip():
        raise WordsMissing(_("Say who it is for."))
    token = token_urlsafe(24)
    link = Link.objects.create(
        edition=edition,
        number=edition.links.count() + 1,
        seat=seat,
        mark=_mark(token),
        until=max(today(), min(edition.day, today() + LINK_LASTS)),
    )
    make_again(edition_id=edition.id, by=by)
    record(
        events.LinkGiven(subject=link.id, edition=edition.id, number=link.number, until=link.until),
        by=by,
    )
    return link.number, token


@transaction.atomic
def open_link(*, token: str, by: Actor = ANYONE) -> Link:
    """Return the link of a token, noting that it was opened. Raises NotHere for one that is over.

    A link is over after its day, and once its edition is frozen.
    """
    link = there(Link.objects.select_for_update(of=("self",)).filter(mark=_mark(token)).first())
    link.edition = Edition.objects.get(id=link.edition_id)
    if link.until < today() or link.edition.frozen_at is not None:
        raise LinkOver(_("This link is over."))
    if link.opened_at is None:
        link.opened_at = now()
        link.save(update_fields=("opened_at",))
        record(events.LinkOpened(subject=link.id, edition=link.edition_id), by=by)
    return link


@transaction.atomic
def comment(*, token: str, code: str, words: str, by: Actor = ANYONE) -> None:
    """Ask something of a page, or of the whole edition for ""; refuses once it is frozen."""
    link = open_link(token=token, by=by)
    _comment(link.edition, code, words, link=link, by=by)


@transaction.atomic
def ask(*, edition_id: UUID, code: str, words: str, by: Actor) -> None:
    """Ask something of a page as staff, until it is frozen."""
    access.require(by, access.READ)
    _comment(Edition.locked_draft(edition_id), code, words, link=None, by=by)


@transaction.atomic
def answer(*, comment_id: UUID, words: str, by: Actor) -> None:
    """Answer a comment of a draft; it replaces an earlier answer."""
    access.require(by, access.WRITE)
    found = Comment.locked(comment_id)
    Edition.locked_draft(found.edition_id)
    if not words.strip():
        raise WordsMissing(_("Write an answer."))
    found.answer, found.answered_at = words, now()
    found.save(update_fields=("answer", "answered_at"))
    record(events.CommentAnswered(subject=found.id, edition=found.edition_id), by=by)


def _comment(edition: Edition, code: str, words: str, *, link: Link | None, by: Actor) -> None:
    if not words.strip():
        raise WordsMissing(_("Write what you ask."))
    section = find(Section.objects.filter(edition=edition), code=code) if code else None
    found = Comment.objects.create(
        edition=edition, section=section, link=link, at=now(), words=words
    )
    record(events.CommentMade(subject=found.id, edition=edition.id), by=by)


def _mark(token: str) -> bytes:
    return sha256(token.encode()).digest()
