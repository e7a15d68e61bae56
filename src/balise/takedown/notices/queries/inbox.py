"""What came back, limited to what the reader may see; and which of our mails a mail answers."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from balise.foundation.actors import Actor
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.journal.models import Entry
from balise.takedown.notices import access
from balise.takedown.notices.events import NoticeWithdrawn, OutcomeRecorded
from balise.takedown.notices.models import Answer, Contest, Mailing, Notice, Told
from balise.takedown.notices.queries.mails import notices_in
from balise.takedown.notices.rules.inbound import Inbound
from balise.takedown.notices.rules.mails import mailing_of

ANSWER_SEALED = "takedown_notices.answer.sealed"
CONTEST_SEALED = "takedown_notices.contest.sealed"
CONTEST_REASONS = "takedown_notices.contest.reasons"

_DIGITS = 8  # of a number such as N-1A2B3C4D


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why someone objects, and where the reasons of our decision go."""

    grounds: str
    answer_to: str


def answers_that_wait(*, seen_by: Actor, limit: int = 200) -> list[Answer]:
    """Return the answers of one's lines that nobody has settled, the oldest first."""
    found = Answer.objects.filter(line__in=access.lines_read_by(seen_by), settled_at__isnull=True)
    return list(_with_notices(found.order_by("received_at"))[:limit])


def answers_settled(*, seen_by: Actor, limit: int = 50) -> list[Answer]:
    """Return the answers of one's lines that were settled last, automatic ones among them."""
    found = Answer.objects.filter(line__in=access.lines_read_by(seen_by), settled_at__isnull=False)
    return list(_with_notices(found.order_by("-settled_at"))[:limit])


def answers_to(notice: Notice, *, seen_by: Actor) -> list[Answer]:
    """Return the answers about one notice, or about a mail that it was in, the oldest first."""
    access.require(seen_by, access.READ, line=notice.line)
    mailings = notice.mentions.values("mailing_id")
    found = Answer.objects.filter(line=notice.line)
    direct = found.filter(notice=notice)
    through = found.filter(notice__isnull=True, mailing__in=mailings)
    return sorted({*direct, *through}, key=lambda one: one.received_at)


def answer(answer_id: UUID, *, seen_by: Actor) -> Answer | None:
    """Return one answer, closed as it is, or None."""
    access.require_ability(seen_by, access.READ)
    found = _with_notices(Answer.objects.filter(id=answer_id)).first()
    if found is not None:
        access.require(seen_by, access.READ, line=found.line)
    return found


def answered_notices(found: Answer) -> list[Notice]:
    """Return the notices that an answer may be about, those of its mail if none is named."""
    if found.notice is not None:
        return [found.notice]
    return notices_in(found.mailing) if found.mailing is not None else []


def recognise(inbound: Inbound) -> tuple[Mailing | None, Notice | None]:
    """Return the mail and the notice that a mail answers, as far as they can be told.

    By the token of the address that it came to, then by the Message-IDs that it refers to, then by
    the numbers in its subject. A mail about one notice answers that notice.
    """
    mailing = _mailing_of(inbound)
    notice = None
    numbers = [number for number in inbound.numbers if number.startswith("N-")]
    if len(numbers) == 1:
        notice = by_number(numbers[0], line=mailing.line if mailing else "")
    if mailing is not None:
        inside = notices_in(mailing)
        if notice not in inside:
            notice = inside[0] if len(inside) == 1 else None
    elif notice is not None:
        mailing = notice.mailing
    return mailing, notice


def by_number(number: str, *, line: str = "") -> Notice | None:
    """Return the notice with a short number, in a line if given; None if there are none or two."""
    bounds = _bounds(number, "N-")
    if bounds is None:
        return None
    found = Notice.objects.filter(id__range=bounds).select_related("contact__organisation")
    few = list((found.filter(line=line) if line else found)[:2])
    return few[0] if len(few) == 1 else None


def contests_that_wait(*, seen_by: Actor, limit: int = 200) -> list[Contest]:
    """Return the objections of one's lines that nobody has decided, the oldest first."""
    found = Contest.objects.filter(line__in=access.lines_read_by(seen_by), ruling="")
    return list(found.select_related("notice__contact__organisation")[:limit])


def contests_ruled(*, seen_by: Actor, limit: int = 50) -> list[Contest]:
    """Return the objections of one's lines that were decided last."""
    found = Contest.objects.filter(line__in=access.lines_read_by(seen_by)).exclude(ruling="")
    return list(found.select_related("notice__contact__organisation").order_by("-ruled_at")[:limit])


def contests_of(notice: Notice, *, seen_by: Actor) -> list[Contest]:
    """Return the objections to one notice, the oldest first."""
    access.require(seen_by, access.READ, line=notice.line)
    return list(notice.contests.all())


def contest(contest_id: UUID, *, seen_by: Actor) -> Contest | None:
    """Return one objection, closed as it is, or None."""
    access.require_ability(seen_by, access.READ)
    found = (
        Contest.objects.select_related("notice__contact__organisation")
        .filter(id=contest_id)
        .first()
    )
    if found is not None:
        access.require(seen_by, access.READ, line=found.line)
    return found


def hands_in(found: Contest) -> set[str]:
    """Return who took part in what an objection is about: none of them decides it.

    Everyone who wrote, sent, escalated or closed a notice about the content, recorded an outcome of
    one, now or before, or noted the objection.
    """
    ladder = Notice.objects.filter(line=found.line, subject=found.notice.subject)
    hands = {hand for one in ladder.defer("sealed") for hand in one.first_hands}
    told = Told.objects.filter(notice__in=ladder).values_list("told_by", flat=True)
    ended = Entry.objects.filter(
        event__in=(OutcomeRecorded.name, NoticeWithdrawn.name),
        subject__in=list(ladder.values_list("id", flat=True)),
    ).values_list("actor_key", flat=True)
    return {*hands, *told, *ended, found.noted_by} - {""}


def grounds_of(found: Contest) -> Grounds:
    """Return what an objection says; needs the line's private key, else KeyNotHeld."""
    key = key_of_line(found.line, found.id)
    return Grounds(**key.open(found.sealed, where=CONTEST_SEALED, row=found.id))


def reasons_of(found: Contest) -> str:
    """Return why an objection was decided so; needs the line's private key, else KeyNotHeld."""
    if not found.reasons:
        return ""
    key = key_of_line(found.line, found.id)
    return str(key.open(found.reasons, where=CONTEST_REASONS, row=found.id)["reasons"])


def retractions_to_tell(*, seen_by: Actor, limit: int = 50) -> list[Told]:
    """Return who was told by hand and must be told that a notice was cancelled."""
    found = Told.objects.filter(
        notice__line__in=access.lines_read_by(seen_by),
        retraction_due_at__isnull=False,
        retracted_at__isnull=True,
    )
    return list(found.select_related("notice__contact__organisation")[:limit])


def told_about(notice: Notice) -> list[Told]:
    """Return who was told by hand about a notice's content."""
    return list(Told.objects.filter(notice__line=notice.line, notice__subject=notice.subject))


def _mailing_of(inbound: Inbound) -> Mailing | None:
    known = Mailing.objects.select_related("contact__organisation")
    for token in inbound.tokens:
        found = known.filter(token=token).first()
        if found is not None:
            return found
    ids = [named for named in map(mailing_of, inbound.answers) if named is not None]
    found = known.filter(id__in=ids).order_by("-created_at").first() if ids else None
    if found is not None:
        return found
    for number in inbound.numbers:
        bounds = _bounds(number, "M-")
        few = list(known.filter(id__range=bounds)[:2]) if bounds else []
        if len(few) == 1:
            return few[0]
    return None


def _bounds(number: str, prefix: str) -> tuple[UUID, UUID] | None:
    """Return the first and last id of those with a short number."""
    digits = number.strip().upper().removeprefix(prefix)
    if len(digits) != _DIGITS or not set(digits) <= set("0123456789ABCDEF"):
        return None
    return UUID(digits + "0" * 24), UUID(digits + "F" * 24)


def _with_notices(found: QuerySet[Answer]) -> QuerySet[Answer]:
    return found.select_related("notice__contact__organisation", "mailing__contact__organisation")
