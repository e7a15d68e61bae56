"""Bring in a version of a story, publish it, withdraw it."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from balise.awareness.activities.stories import access
from balise.awareness.activities.stories.documents import compiling
from balise.awareness.activities.stories.events import StoryPublished, StoryWithdrawn, StoryWritten
from balise.awareness.activities.stories.models import Published, Story, Version
from balise.awareness.activities.stories.queries.checked import Checked, checked, words_of
from balise.awareness.activities.stories.rules import about
from balise.awareness.activities.stories.rules.about import Packed
from balise.awareness.activities.stories.rules.sounds import sounds
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.limited.lanes import STORIES
from balise.foundation.refusals import Refused


class StoryAddressTaken(Refused, code="story-address-taken"):
    """Another story has this address."""

    field = "slug"


class StoryTooLarge(Refused, code="story-too-large"):
    """The files are larger than a story may be."""


class StoryHasFindings(Refused, code="story-has-findings"):
    """Something is wrong with this version: it is not published."""


class StoryNotPublished(Refused, code="story-not-published"):
    """There is nothing to withdraw."""


class StoryAlreadyPublished(Refused, code="story-already-published"):
    """The version is the public one."""


def begin(*, slug: str, files: Mapping[str, str], by: Actor) -> UUID:
    """Bring in a new story, checked, and return its id; it is kept whatever is wrong with it.

    Refuses an address that another story has, and what is larger than a story may be.
    """
    access.require(by, access.WRITE)
    if Story.objects.filter(slug=slug).exists():
        raise StoryAddressTaken(_("Another story has this address."))
    made = _checked(files)
    with transaction.atomic():
        return _added(slug, files, made, by=by).story_id


def revise(*, story_id: UUID, files: Mapping[str, str], by: Actor) -> int:
    """Bring in a version of a story, checked, and return its number.

    A file takes the place of the one of its name in the last version, whose other files stay.
    Without a change there is no other version. Refuses what is larger than a story may be.
    """
    access.require(by, access.WRITE)
    story = find(Story, id=story_id)
    last = story.versions.first()
    whole = {**(last.files if last else {}), **files}
    made = _checked(whole)
    with transaction.atomic():
        return _added(story.slug, whole, made, by=by).number


def publish(*, story_id: UUID, number: int, by: Actor) -> None:
    """Make a version public, in the place of the one that was.

    Refuses one with findings, and the one that is public.
    """
    access.require(by, access.PUBLISH)
    with transaction.atomic():
        story = Story.locked(story_id)
        version = find(Version, story=story, number=number)
        if version.findings or not version.compiled:
            raise StoryHasFindings(_("Something is wrong with this version: correct it first."))
        if Published.objects.filter(slug=story.slug, number=number).exists():
            raise StoryAlreadyPublished(_("This version is public already."))
        _publish(story, version, by=by)


def withdraw(*, story_id: UUID, by: Actor) -> None:
    """Take a story from the public; its versions stay. Refuses one that is not public."""
    access.require(by, access.PUBLISH)
    with transaction.atomic():
        story = Story.locked(story_id)
        row = Published.objects.filter(slug=story.slug).first()
        if row is None:
            raise StoryNotPublished(_("This story is not public."))
        row.delete()
        Version.objects.filter(story=story, number=row.number).update(withdrawn_at=clock.now())
        record(StoryWithdrawn(subject=story.id, number=row.number), by=by)


def begin_stories(*, by: Actor, country: str) -> list[UUID]:
    """Publish the stories of a country's pack that are new, and return their ids.

    They are compiled and checked before they are part of Balise, so no Node is needed. A centre's
    own version of one, and one that a centre withdrew, stay as they are.
    """
    access.require(by, access.PUBLISH)
    with transaction.atomic():
        return [story for each in about.stories(country) if (story := _begun(each, by=by))]


@STORIES.turn()
def _checked(files: Mapping[str, str]) -> Checked:
    """Check files, in children with limits: that takes seconds, and nothing is locked meanwhile."""
    length = sum(len(text.encode()) for text in files.values())
    if length > compiling.LONGEST or len(files) > compiling.MOST_FILES:
        raise StoryTooLarge(_("These files are larger than a story may be."))
    return checked(files)


def _begun(one: Packed, *, by: Actor) -> UUID | None:
    last = Version.objects.filter(story__slug=one.slug).first()
    if last is not None and (not last.is_packed or last.files == dict(one.files)):
        return None
    is_public = Published.objects.filter(slug=one.slug).exists()
    version = _added(
        one.slug, one.files, Checked(one.compiled, (), one.plan), by=by, is_packed=True
    )
    if last is None or is_public:
        _publish(Story.locked(version.story_id), version, by=by)
    return version.story_id


def _added(
    slug: str, files: Mapping[str, str], made: Checked, *, by: Actor, is_packed: bool = False
) -> Version:
    story, _is_new = Story.objects.get_or_create(slug=slug, defaults={"begun_at": clock.now()})
    story = Story.locked(story.id)
    last = Version.objects.filter(story=story).first()
    if last is not None and (last.files, last.compiled) == (dict(files), made.compiled):
        return last
    version = Version.objects.create(
        story=story,
        number=last.number + 1 if last else 1,
        files=dict(files),
        compiled=made.compiled,
        hash=made.hash,
        findings=[each.told() for each in made.findings],
        plan=[each.told() for each in made.plan],
        is_packed=is_packed,
        written_at=clock.now(),
    )
    record(
        StoryWritten(subject=story.id, number=version.number, findings=len(version.findings)),
        by=by,
    )
    return version


def _publish(story: Story, version: Version, *, by: Actor) -> None:
    moment = clock.now()
    Published.objects.update_or_create(
        slug=story.slug,
        defaults={
            "number": version.number,
            "hash": version.hash,
            "compiled": version.compiled,
            "about": version.files[about.FILE],
            "words": words_of(version.files),
            "plan": version.plan,
            "sounds": sounds(version.files),
            "published_at": moment,
        },
    )
    version.published_at, version.withdrawn_at = moment, None
    version.save(update_fields=("published_at", "withdrawn_at"))
    record(StoryPublished(subject=story.id, number=version.number), by=by)
