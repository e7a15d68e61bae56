"""Every change in training."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from secrets import randbelow
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

import orjson
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, gettext as _

from balise.awareness.learning.training import access
from balise.awareness.learning.training.documents import apart
from balise.awareness.learning.training.events import (
    BadgeAsked,
    BadgeGiven,
    BadgeRevoked,
    ModuleCounted,
    StandingSigned,
)
from balise.awareness.learning.training.models import (
    LINE,
    PLACES,
    Badge,
    DayTally,
    KeptPath,
    Once,
    Standing,
)
from balise.awareness.learning.training.queries import Held, held, id_of, issuer, of_session
from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.credentials import (
    Given,
    after_months,
    credential,
    proof,
    signed,
)
from balise.awareness.learning.training.rules.paths import Course, Path, course
from balise.awareness.learning.training.rules.words import Way, What, Why
from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.signatures import sign, signing_key
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.finding import NotHere
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.foundation.statistics import tallies

# Count what a path did, once, in the tally of the day; tell the journal of days that are over.


MARKED: Final = timedelta(days=180)  # how long a path's second time is known: as it may be kept


def count(*, what: What, path: Path, total: int = 0, by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally, within the caller's transaction; a second time counts nothing."""
    if tallies.once(Once, path.id.bytes, what=what):
        tallies.add(DayTally, total=total, what=what.value)


def count_past(*, what: What, days: Mapping[date, int], by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add what paths did on days of the past, so many each day."""
    tallies.add_past(DayTally, days, what=what.value)


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was counted on days that are over; return how many facts it was."""
    return tallies.tell(DayTally, _fact, by=by)


def _fact(one: DayTally) -> ModuleCounted:
    return ModuleCounted(
        subject=uuid5(NAMESPACE_URL, f"awareness/module/{one.day}"),
        day=one.day,
        what=Code(one.what),
        times=one.untold,
        amount=one.untold_total,
    )


# Follow the module: begin, answer, keep under six words, come back. Anyone may; nobody is known.
#
# What is counted is counted once for a path, in the same transaction; no row says what one
# answered once the gain is counted.


class LessonsFirst(Refused, code="lessons-first"):
    pass


def begin(*, by: Actor) -> Held:
    """Return a new path, carried by the addresses of the pages; it counts as started."""
    path = Path(uuid4())
    with transaction.atomic():
        count(what=What.STARTED, path=path, by=by)
    return Held(path, None)


def skip(*, token: str, by: Actor) -> Held:  # noqa: ARG001
    """Go on without the test before: no gain is counted of this path."""
    return _changed(token, lambda path, _course: replace(path, skipped=True, before={}))


def answer(*, token: str, within: str, code: str, given: Sequence[str], by: Actor) -> Held:
    """Note an answer; the last of the test after counts the end, and the gain once.

    `within` is before, checks or after. A question of a test is answered once. Refuses an answer
    that is none (AnswerFaulty), and the test after while a lesson is not done (LessonsFirst).
    Raises NotHere for a question that there is not.
    """

    def change(path: Path, whole: Course) -> Path:
        question = whole.question(code)
        if question is None or (question in whole.test) != (within != "checks"):
            raise NotHere
        letters = question.read(given)
        if within == "checks":
            return path.answered(code, letters, within=within)
        if within == "before":
            is_late = path.counted or path.skipped or code in path.before
            return path if is_late else path.answered(code, letters, within=within)
        if path.next_lesson(whole):
            raise LessonsFirst(_("Finish the lessons before the test."))
        if code in path.after:
            return path
        return _counted(path.answered(code, letters, within=within), whole, last=code, by=by)

    return _changed(token, change)


def try_again(*, token: str, by: Actor) -> Held:  # noqa: ARG001
    """Begin the test after again, as often as one likes; the gain is that of the first time."""
    return _changed(token, lambda path, _course: path.again())


def keep(*, token: str, language: str, by: Actor) -> tuple[Held, list[str]]:  # noqa: ARG001
    """Keep a path, and return it with the six words that open it; they are shown this once.

    One that is kept already gets new words; the old ones open nothing.
    """
    with transaction.atomic():
        one = held(token, lock=True)
        words, index = KeptPath.new_words(language)
        if one.kept is None:
            row = KeptPath.objects.create(index=index, told=one.path.told(), changed_at=now())
            return Held(one.path, row.id), words
        KeptPath.objects.filter(id=one.kept).update(index=index, changed_at=now())
        return one, words


def resume(*, words: str, by: Actor) -> Held:  # noqa: ARG001
    """Return the path that six words open. Refuses words that open nothing (WordsUnknown)."""
    row = KeptPath.opened(words)
    if row is None:
        raise WordsUnknown(
            _("These words open nothing. Check each of the six; words unused for 180 days expire.")
        )
    return Held(Path.read(row.told), row.id)


def _counted(path: Path, whole: Course, *, last: str, by: Actor) -> Path:
    """Count what the last answer of the test after ended; return the path without its answers."""
    if not path.is_over(whole):
        return path
    count(what=What.FINISHED, path=path, by=by)
    gain = path.gain(whole)
    if gain is not None:
        count(what=What.GAIN, path=path, total=gain, by=by)
    if path.is_passed(whole):
        count(what=What.PASSED, path=path, by=by)
    return path.finished(whole, last=last)


def _changed(token: str, change: Callable[[Path, Course], Path]) -> Held:
    with transaction.atomic():
        one = held(token, lock=True)
        after = change(one.path, course(settings.COUNTRY))
        if one.kept is not None and after != one.path:
            KeptPath.objects.filter(id=one.kept).update(told=after.told(), changed_at=now())
    return replace(one, path=after)


# Ask for a badge, sign it, revoke it, and sign the public list of those that are revoked.
#
# The public door asks; a worker signs, for the public process holds no key to sign with. The
# child that knows the library of credentials has neither a key nor a table.


STANDING_LASTS: Final = timedelta(days=7)  # signed each night: a week without a worker is borne
STANDING: Final = uuid5(NAMESPACE_URL, "urn:balise:badges:standing")  # as the journal names it
_COLUMNS: Final = ("id", "course", "language", "audience", "area", "way", "place", "asked_at")
_EMPTY: Final = ("document", "revoked_for")
_TRIES: Final = 20


class NotPassed(Refused, code="not-passed"):
    pass


class AudienceUnknown(Refused, code="audience-unknown"):
    field = "audience"


class AreaNeeded(Refused, code="area-needed"):
    field = "area"


class AdultsOnly(Refused, code="badge-adults-only"):
    """A badge says something of an adult; a class gets a diploma on paper, without a name."""

    field = "is_adult"


class NotGiven(Refused, code="badge-not-given"):
    pass


class AlreadyRevoked(Refused, code="badge-already-revoked"):
    pass


def ask_online(*, token: str, audience: str, area: str = "", is_adult: bool, by: Actor) -> UUID:
    """Ask for the badge of a path whose test is passed (NotPassed else); return its id.

    The same path has one badge, however often it is asked for. Refuses an audience that there is
    not (AudienceUnknown), one that asks for an area without it (AreaNeeded), and who does not say
    that they are an adult (AdultsOnly).
    """
    if not is_adult:
        raise AdultsOnly(_("Badges are for adults. A class gets a diploma to print."))
    path = held(token).path
    if not path.passed:
        raise NotPassed(_("The badge comes after the final test."))
    return _ask(id_of(path), Way.ONLINE, audience, area, by=by)


def ask_for_session(*, registration_id: UUID, audience: str, area: str = "", by: Actor) -> UUID:
    """Ask for the badge of a training session, with the link of who came to it; return its id.

    They said that they are an adult when they registered. Refuses as `ask_online` does; NotPassed
    where staff did not note that they came.
    """
    badge_id = of_session(registration_id)
    if badge_id is None:
        raise NotPassed(_("The badge is for those who came to the session."))
    return _ask(badge_id, Way.SESSION, audience, area, by=by)


def give(*, badge_ids: Sequence[UUID], by: Actor) -> int:
    """Sign badges that were asked for, each once; return how many were signed now.

    Raises `apart.Unsigned` where the child cannot prepare them.
    """
    asked = list(Badge.objects.filter(id__in=badge_ids, document=""))
    said = [_said(row) for row in asked]
    proofs = [_proof() for _row in asked]
    documents = [credential(given, issuer()) for given in said]
    digests = apart.digests(list(zip(documents, proofs, strict=True))) if asked else []
    with transaction.atomic():
        left = set(Badge.objects.select_for_update().filter(id__in=badge_ids, document=""))
        for row, given, document, options, digest in zip(
            asked, said, documents, proofs, digests, strict=True
        ):
            if row not in left:  # another worker was quicker
                continue
            row.document, row.given_at, row.until = (
                _signed(document, options, digest),
                given.since,
                given.until,
            )
            row.save(update_fields=("document", "given_at", "until"))
            record(
                BadgeGiven(
                    subject=row.id,
                    audience=Code(row.audience),
                    area=Code(row.area),
                    way=Code(row.way),
                ),
                by=by,
            )
    if left and not Standing.objects.exists():
        sign_standing(by=by)
    return len(left)


def revoke(*, badge_id: UUID, why: Why, by: Actor) -> None:
    """Revoke a badge for a reason; whoever verifies it is told at once.

    Refuses one that is not given yet (NotGiven), and one that is revoked (AlreadyRevoked).
    """
    access.require(by, access.REVOKE)
    with transaction.atomic():
        row = Badge.locked(badge_id)
        if row.given_at is None:
            raise NotGiven(_("This badge is not signed yet."))
        if row.revoked_at is not None:
            raise AlreadyRevoked(_("This badge is revoked already."))
        row.revoked_at, row.revoked_for = now(), why
        row.save(update_fields=("revoked_at", "revoked_for"))
        record(BadgeRevoked(subject=row.id, why=Code(why)), by=by)


def sign_standing(*, by: Actor) -> None:
    """Sign the public list of revoked badges again."""
    moment = now().replace(microsecond=0)
    revoked = Badge.objects.exclude(revoked_at=None).values_list("place", flat=True)
    places = sorted(revoked)
    options = _proof()
    listed, digest = apart.standing(
        issuer(),
        places=places,
        size=PLACES,
        since=moment,
        until=moment + STANDING_LASTS,
        proof=options,
    )
    document = _signed(listed, options, digest)
    with transaction.atomic():
        Standing.objects.update_or_create(
            pk=1, defaults={"document": document, "signed_at": moment}
        )
        record(StandingSigned(subject=STANDING, revoked=len(places)), by=by)


def _ask(badge_id: UUID, way: Way, audience: str, area: str, *, by: Actor) -> UUID:
    known = audiences(settings.COUNTRY)
    of = known.of(audience)
    if of is None:
        raise AudienceUnknown(_("Choose who you are."))
    if of.asks_area and area not in known.areas:
        raise AreaNeeded(_("Choose where you work."))
    with transaction.atomic():
        if Badge.objects.filter(id=badge_id).exists():
            return badge_id
        for _nth in range(_TRIES):
            values = (
                *(badge_id, course(settings.COUNTRY).code, get_language() or ""),
                *(audience, area if of.asks_area else "", way.value, randbelow(PLACES), now()),
                *("", ""),
            )
            if rows.insert(Badge, (*_COLUMNS, *_EMPTY), [values], unless_known=True):
                record(BadgeAsked(subject=badge_id), by=by)
                return badge_id
    raise RuntimeError("no free place in the list of badges was found")


def _said(row: Badge) -> Given:
    """Return what a badge says from now on, in its language."""
    whole, moment, language = course(settings.COUNTRY), now().replace(microsecond=0), row.language
    name, about = whole.badge.in_language(language), whole.badge_for.in_language(language)
    return Given(
        id=row.id,
        place=row.place,
        name=f"{name} – {about}",
        criteria=whole.criteria.in_language(language),
        about=f"{settings.PUBLIC_ADDRESS}/{language}/training/",
        language=language,
        since=moment,
        until=after_months(moment, whole.badge_months),
    )


def _proof() -> dict[str, object]:
    return proof(issuer().key(signing_key(LINE)), now())


def _signed(document: dict[str, object], options: dict[str, object], digest: bytes) -> str:
    """Return a document with our signature, as JSON; our key signs what the child brought."""
    return orjson.dumps(signed(document, options, sign(LINE, digest).value)).decode()
