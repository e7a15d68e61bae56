"""Open an edition, change its days, write its pages."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from hashlib import sha256
from secrets import token_urlsafe
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import ANYONE, Actor
from balise.foundation.clock import now, today
from balise.foundation.finding import NotHere, find, there
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.editions import access, events
from balise.steering.editions.models import Comment, Edition, Link, Section
from balise.steering.editions.queries import making
from balise.steering.editions.rules import deck
from balise.steering.editions.rules.deck import Deck
from balise.steering.editions.rules.kinds import COMMITTEE, page_of, template_of
from balise.steering.editions.rules.life import (
    EditionState,
    StepWrong,
    check_early,
    reads_early,
)
from balise.steering.editions.rules.preparing import (
    LINK_LASTS,
    Compared,
    EditionKnown,
    LinkOver,
    NumberStrange,
    Template,
    WordsMissing,
    check_days,
    check_shape,
    usual_days,
)
from balise.steering.indicators.ports import day_of_edition

type Words = Mapping[str, str]


@transaction.atomic
def open_edition(
    *,
    template: str = COMMITTEE.code,
    day: date,
    first: date | None = None,
    last: date | None = None,
    known_by: date | None = None,
    compared: Compared = Compared.YEAR,
    by: Actor,
) -> UUID:
    """Open the edition of a day with every page of its template; one of a kind a day.

    Without a first and a last day it is of the template's usual ones. What was recorded until
    `known_by`, or its day, counts. Pages that the edition of this kind before left out are out
    again, and in its order; in a first one that everyone may read, those that not everyone may.
    """
    access.require(by, access.WRITE)
    kind = template_of(template)
    usual = usual_days(kind.days, day, day_of_edition.ask)
    first, last, known_by = first or usual.first, last or usual.last, known_by or day
    _check(kind, day=day, first=first, last=last, known_by=known_by)
    rows.in_turn("editions.days")
    of_kind = Edition.objects.filter(template=template)
    if of_kind.filter(day=day).exists():
        raise EditionKnown(_("This day has an edition already."))
    before = of_kind.filter(day__lt=day).first()
    edition = Edition.objects.create(
        template=template,
        day=day,
        first=first,
        last=last,
        known_by=known_by,
        compared=compared.value,
        written_by=by.key,
    )
    earlier = {one.code: one for one in before.sections.all()} if before else {}
    places = {page.code: place for place, page in enumerate(kind.pages)}
    places |= {code: one.place for code, one in earlier.items() if code in places}
    codes = sorted(places, key=places.__getitem__)
    Section.objects.bulk_create(
        Section(
            edition=edition,
            code=code,
            place=place,
            is_in=earlier[code].is_in if code in earlier else kind.takes(page_of(code)),
            versions=page_of(code).versions,
        )
        for place, code in enumerate(codes)
    )
    _make(edition)
    record(
        events.EditionOpened(
            subject=edition.id, template=Code(template), day=day, first=first, last=last
        ),
        by=by,
    )
    return edition.id


@transaction.atomic
def change_days(
    *,
    edition_id: UUID,
    first: date,
    last: date,
    known_by: date,
    compared: Compared,
    by: Actor,
) -> None:
    """Change the days of a draft and what they are compared with."""
    access.require(by, access.WRITE)
    edition = Edition.locked_draft(edition_id)
    _check(edition.kind, day=edition.day, first=first, last=last, known_by=known_by)
    edition.first, edition.last, edition.known_by = first, last, known_by
    edition.compared = compared.value
    edition.save(update_fields=("first", "last", "known_by", "compared"))
    _written(edition, by=by)
    record(events.EditionChanged(subject=edition.id, first=first, last=last), by=by)


@transaction.atomic
def write_section(
    *,
    edition_id: UUID,
    code: str,
    titles: Words,
    notes: Words,
    by: Actor,
) -> None:
    """Write the title and the speaker's notes of a page; empty ones are those that are computed.

    Refuses a number that no table of the page has. Whoever writes has read the page: the versions
    of its indicators are those of now.
    """
    access.require(by, access.WRITE)
    edition = Edition.locked_draft(edition_id)
    section = Section.locked_in(edition, code)
    section.titles = {language: text for language, text in titles.items() if text.strip()}
    section.notes = {language: text for language, text in notes.items() if text.strip()}
    section.versions = page_of(code).versions
    if strange := making.strange_numbers(edition, section):
        raise NumberStrange(
            _("No table of this page has this number: %(numbers)s.")
            % {"numbers": ", ".join(strange)}
        )
    section.save(update_fields=("titles", "notes", "versions"))
    _written(edition, by=by)
    _note(edition, code, by=by)


@transaction.atomic
def place_section(*, edition_id: UUID, code: str, is_in: bool, move: int = 0, by: Actor) -> None:
    """Leave a page out of a draft or take it in, and move it by so many places.

    The cover stays first and the register last: they do not move.
    """
    access.require(by, access.WRITE)
    edition = Edition.locked_draft(edition_id)
    section = Section.locked_in(edition, code)
    if page_of(code).is_fixed:
        return
    section.is_in = is_in
    section.save(update_fields=("is_in",))
    if move:
        ordered: Sequence[Section] = list(edition.sections.all())
        _moved([one for one in ordered if not page_of(one.code).is_fixed], section, move)
    _written(edition, by=by)
    _note(edition, code, by=by)


@transaction.atomic
def make_again(*, edition_id: UUID, by: Actor) -> None:
    """Make the deck of a draft again, from what is counted now.

    If that changes what an approval was given to, it is a draft again.
    """
    access.require(by, access.WRITE)
    edition = Edition.locked_draft(edition_id)
    made = _make(edition)
    if edition.approved and edition.approved != deck.content_digest(made):
        _void(edition)


def _written(edition: Edition, *, by: Actor) -> None:
    """Make the deck again after someone wrote in it; no approval stands any longer."""
    edition.written_by = by.key
    edition.save(update_fields=("written_by",))
    _void(edition)
    _make(edition)


def _void(edition: Edition) -> None:
    edition.asked_at = edition.approved_at = None
    edition.approved_by = edition.approved = ""
    edition.ticks = []
    edition.save(
        update_fields=("asked_at", "approved_at", "approved_by", "approved", "ticks"),
    )


def _check(kind: Template, *, day: date, first: date, last: date, known_by: date) -> None:
    check_days(day=day, first=first, last=last, known_by=known_by)
    check_shape(kind.days, first=first, last=last)


def _make(edition: Edition) -> Deck:
    """Make the deck of a draft and keep it, within the caller's transaction."""
    made = making.deck_of(edition)
    edition.deck, edition.digest, edition.made_at = (
        deck.as_json(made),
        deck.digest(made),
        now(),
    )
    edition.save(update_fields=("deck", "digest", "made_at"))
    return made


def _moved(ordered: list[Section], section: Section, by_places: int) -> None:
    places = [one.place for one in ordered]
    at = next(at for at, one in enumerate(ordered) if one.id == section.id)
    one = ordered.pop(at)
    ordered.insert(max(0, min(len(ordered), at + by_places)), one)
    for place, each in zip(places, ordered, strict=True):
        each.place = place
    Section.objects.bulk_update(ordered, ("place",))


def _note(edition: Edition, code: str, *, by: Actor) -> None:
    record(events.SectionWritten(subject=edition.id, edition=edition.id, section=Code(code)), by=by)


# Let members read a draft before the committee meets, ask, and be answered.


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
def give_early(
    *, edition_id: UUID, seat: str, purpose: str, from_at: datetime, by: Actor
) -> tuple[int, str]:
    """Make a link by which a seat reads an edition under embargo; return its number and token.

    It opens at most a day before everyone reads. The edition says afterwards who read before.
    """
    access.require(by, access.PUBLISH)
    edition = Edition.locked(edition_id)
    if edition.state is not EditionState.EMBARGOED or edition.published_at is None:
        raise StepWrong(_("Only an edition under embargo is read before the others."))
    if not seat.strip() or not purpose.strip():
        raise WordsMissing(_("Say who it is for, and what for."))
    check_early(from_at, edition.published_at)
    token = token_urlsafe(24)
    link = Link.objects.create(
        edition=edition,
        number=edition.links.count() + 1,
        seat=seat,
        purpose=purpose,
        from_at=from_at,
        mark=_mark(token),
        until=localtime(edition.published_at).date(),
    )
    told = {"seat": seat, "purpose": purpose, "from": from_at.isoformat()}
    edition.seen_before = [*edition.seen_before, told]
    edition.save(update_fields=("seen_before",))
    record(
        events.LinkGiven(subject=link.id, edition=edition.id, number=link.number, until=link.until),
        by=by,
    )
    return link.number, token


@transaction.atomic
def open_link(*, token: str, by: Actor = ANYONE) -> Link:
    """Return the link of a token, noting that it was opened. Raises NotHere for one that is over.

    A link is over after its day, and once its edition is frozen; one to read under embargo opens at
    its moment, is not there before, and each opening is written down.
    """
    link = there(Link.objects.select_for_update(of=("self",)).filter(mark=_mark(token)).first())
    link.edition = Edition.objects.get(id=link.edition_id)
    is_first = link.opened_at is None
    if link.from_at is not None:
        if link.edition.state is not EditionState.EMBARGOED:
            raise LinkOver(_("This link is over."))
        if not reads_early(link.edition.life, link.from_at, now()):
            raise NotHere(token)
    elif link.until < today() or link.edition.frozen_at is not None:
        raise LinkOver(_("This link is over."))
    if is_first:
        link.opened_at = now()
        link.save(update_fields=("opened_at",))
    if is_first or link.from_at is not None:
        record(events.LinkOpened(subject=link.id, edition=link.edition_id), by=by)
    return link


@transaction.atomic
def comment(*, token: str, code: str, words: str, by: Actor = ANYONE) -> None:
    """Ask something of a page, or of the whole edition for ""; refuses once it is frozen."""
    link = open_link(token=token, by=by)
    if link.edition.frozen_at is not None:
        raise LinkOver(_("This edition is frozen: it is read, not discussed."))
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
