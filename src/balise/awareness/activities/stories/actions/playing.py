"""Play a story: begin, choose, keep under six words, come back. Anyone may; nobody is known."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils.translation import pgettext

from balise.awareness.activities.stories.events import StoryCounted
from balise.awareness.activities.stories.models import KeptPlay, PlayTally
from balise.awareness.activities.stories.queries import Published, published
from balise.awareness.activities.stories.queries.plays import Held, beginning, played, reached
from balise.awareness.activities.stories.rules.places import Keep, Mode, Place, What, ending_code
from balise.awareness.activities.stories.rules.saves import SaveFaulty
from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.finding import NotHere
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.foundation.statistics import tallies

# Count what is done in a story, in the tally of the day; tell the journal of days that are over.
#
# A choice that is made twice counts twice: nothing here knows one player from another.


_TOLD = (What.BEGUN, What.ENDED)


def count(*, story: str, mode: Mode, what: What, code: str = "", by: Actor) -> None:  # noqa: ARG001 - anyone
    """Add one to the day's tally."""
    tallies.add(PlayTally, story=story, mode=mode.value, what=what.value, code=code)


def count_past(
    *,
    story: str,
    mode: Mode,
    what: What,
    days: Mapping[date, int],
    by: Actor,  # noqa: ARG001 - anyone
) -> None:
    """Add what was done in a story on days of the past, so many times each day."""
    tallies.add_past(PlayTally, days, story=story, mode=mode.value, what=what.value, code="")


def tell_days(*, by: Actor) -> int:
    """Tell the journal what was begun and finished on days that are over; return how many facts."""
    return tallies.tell(PlayTally, _fact, by=by, only=Q(what__in=_TOLD))


def _fact(one: PlayTally) -> StoryCounted:
    return StoryCounted(
        subject=uuid5(NAMESPACE_URL, f"awareness/story/{one.story}/{one.day}"),
        day=one.day,
        story=Code(one.story),
        mode=Code(one.mode),
        what=Code(one.what),
        ending=Code(ending_code(one.story, one.code) if one.code else ""),
        times=one.untold,
    )


class StoryGone(Refused, code="story-gone"):
    field = "words"


class SaveUnread(Refused, code="save-unread"):
    """What the words open was kept by a later version of Balise."""

    field = "words"


class NotOffered(Refused, code="not-offered"):
    """The scene does not offer this choice: the story was edited, or the form is an old one."""


def begin(*, story: Published, mode: Mode, keep: Keep = Keep.NOWHERE, by: Actor) -> Place:
    """Begin a story, and count it."""
    count(story=story.card.slug, mode=mode, what=What.BEGUN, by=by)
    return beginning(story, mode=mode, keep=keep)


def choose(*, story: Published, held: Held, choice: str, by: Actor) -> Held:
    """Take a choice, by its id, and count it; the kept play follows.

    Refuses a choice that the scene does not offer (NotOffered).
    """
    play, moved = played(story, held.place)
    offered = {each.id: each.index for each in play.scene.choices}
    if moved is not None or choice not in offered:
        raise NotOffered(pgettext("youth", "This choice is not there any longer. Choose again."))
    play.choose(offered[choice])
    after = replace(held, place=reached(held.place, play))
    mode = held.place.mode
    with transaction.atomic():
        count(story=story.card.slug, mode=mode, what=What.CHOSEN, code=choice, by=by)
        if ending := play.scene.ending:
            count(story=story.card.slug, mode=mode, what=What.ENDED, code=ending, by=by)
        if after.kept is not None:
            KeptPlay.objects.filter(id=after.kept).update(told=_told(after.place), changed_at=now())
    return after


def keep(*, place: Place, language: str, by: Actor) -> tuple[Held, list[str]]:  # noqa: ARG001
    """Keep a place under six new words, and return them: nothing else knows them."""
    place = replace(place, keep=Keep.CODE)
    words, index = KeptPlay.new_words(language)
    row = KeptPlay.objects.create(index=index, told=_told(place), changed_at=now())
    return Held(place, row.id), words


def resume(*, words: str, by: Actor) -> Held:  # noqa: ARG001
    """Return the play that six words open.

    Refuses words that open nothing (WordsUnknown), a story that was withdrawn (StoryGone), and a
    play that a later version kept (SaveUnread); it stays.
    """
    row = KeptPlay.opened(words)
    if row is None:
        raise WordsUnknown(
            pgettext("youth", "These words open nothing. Check each one. They last 180 days.")
        )
    try:
        place = Place.read(row.told, row.told.get("t", ()))
    except SaveFaulty:
        raise SaveUnread(
            pgettext(
                "youth",
                "A newer version of this site kept your story. Try later: your words still work.",
            )
        ) from None
    try:
        published(place.story)
    except NotHere:
        raise StoryGone(pgettext("youth", "The centre took this story away.")) from None
    return Held(place, row.id)


def _told(place: Place) -> dict[str, object]:
    return {**place.told(), "t": list(place.since)}
