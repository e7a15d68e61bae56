"""Versions of a story are brought in, published, withdrawn; the public reads what is published."""

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.activities.stories import queries
from balise.awareness.activities.stories.actions import writing
from balise.awareness.activities.stories.actions.writing import (
    StoryAddressTaken,
    StoryAlreadyPublished,
    StoryHasFindings,
    StoryNotPublished,
    StoryTooLarge,
)
from balise.awareness.activities.stories.models import Published
from balise.awareness.activities.stories.queries import checked
from balise.awareness.activities.stories.rules import about, player
from balise.awareness.activities.stories.tests.makers import FILES, GOOD, make_public, make_story
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

LATE = GOOD.replace("tard", "très tard")

pytestmark = pytest.mark.django_db


def test_a_version_is_brought_in_by_who_writes_alone() -> None:
    with pytest.raises(PermissionDenied):
        writing.begin(slug="yard", files=FILES, by=ANYONE)
    story = make_story()
    found = checked.one(story, by=make_actor("editor"))
    assert (found.row.title, found.row.public, found.shown.findings) == ("Dans la cour", None, ())
    with pytest.raises(NotHere):
        queries.published("yard")


def test_an_address_is_of_one_story() -> None:
    make_story()
    with pytest.raises(StoryAddressTaken):
        make_story()


def test_a_version_has_the_files_of_the_last_one_but_those_that_are_brought() -> None:
    story, editor = make_story(), make_actor("editor")
    assert writing.revise(story_id=story, files=FILES, by=editor) == 1
    with pytest.raises(PermissionDenied):
        writing.revise(story_id=story, files=FILES, by=ANYONE)
    assert writing.revise(story_id=story, files={"main.ink": LATE}, by=editor) == 2
    found = checked.one(story, by=editor)
    assert found.files == {**FILES, "main.ink": LATE}
    assert found.shown.findings == ()


def test_what_is_larger_than_a_story_may_be_is_refused() -> None:
    with pytest.raises(StoryTooLarge):
        make_story(main="x" * 5_000_000)


def test_a_version_with_findings_is_kept_and_not_published() -> None:
    story = make_story(main=GOOD.replace("# ending: heard", ""))
    lead = make_actor("awareness_lead")
    with pytest.raises(StoryHasFindings):
        writing.publish(story_id=story, number=1, by=lead)
    assert [each.code for each in checked.one(story, by=lead).shown.findings] == [
        "dead-end",
        "ending-unknown",
    ]


def test_a_host_without_node_keeps_a_version_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PATH", "")
    story = make_story()
    lead = make_actor("awareness_lead")
    assert [each.code for each in checked.one(story, by=lead).shown.findings] == ["no-node"]
    with pytest.raises(StoryHasFindings):
        writing.publish(story_id=story, number=1, by=lead)


def test_a_published_story_is_played_in_the_words_of_a_language() -> None:
    make_public()
    found = queries.published("yard")
    play = player.begin(found.story(), seed=1)
    assert play.scene.lines[0].text == "Lou te montre son téléphone."
    said = found.said(play.scene, "en")
    assert said.lines[0].text == "Lou shows you a telephone."
    assert said.choices[0].text == "Talk about it"
    assert said.tags.alt == "Two pupils in the yard."
    (card,) = queries.catalogue()
    assert (str(card.about.title), card.languages) == ("Dans la cour", ("fr", "en"))


def test_what_the_check_mapped_is_published_with_the_version() -> None:
    story = make_public()
    stops = queries.mapped("yard")
    assert [(each.nth, each.depth, each.line[0]) for each in stops] == [
        (1, 0, "yard.1"),
        (2, 1, "office.1"),
        (3, 1, "evening.1"),
        (4, 2, "heard.1"),
    ]
    assert [(way.id, way.to) for way in stops[0].ways] == [("yard.talk", 2), ("yard.wait", 3)]
    assert [each.is_checkpoint for each in stops] == [True, True, False, False]
    assert [each.is_end for each in stops] == [False, False, False, True]
    assert checked.one(story, by=make_actor("editor")).plan == stops


def test_publishing_asks_for_the_head_of_awareness() -> None:
    story = make_story()
    with pytest.raises(PermissionDenied):
        writing.publish(story_id=story, number=1, by=make_actor("editor"))


def test_another_version_takes_the_place_of_the_public_one() -> None:
    story, lead = make_public(), make_actor("awareness_lead")
    writing.revise(story_id=story, files={"main.ink": LATE}, by=lead)
    with pytest.raises(StoryAlreadyPublished):
        writing.publish(story_id=story, number=1, by=lead)
    writing.publish(story_id=story, number=2, by=lead)
    assert queries.published("yard").card.number == 2
    assert Published.objects.count() == 1
    writing.publish(story_id=story, number=1, by=lead)
    assert queries.published("yard").card.number == 1


def test_a_withdrawn_story_is_not_public_and_keeps_its_versions() -> None:
    story, lead = make_public(), make_actor("awareness_lead")
    with pytest.raises(PermissionDenied):
        writing.withdraw(story_id=story, by=make_actor("editor"))
    writing.withdraw(story_id=story, by=lead)
    with pytest.raises(NotHere):
        queries.published("yard")
    with pytest.raises(StoryNotPublished):
        writing.withdraw(story_id=story, by=lead)
    assert checked.one(story, by=lead).shown.withdrawn_at is not None
    writing.publish(story_id=story, number=1, by=lead)
    assert checked.one(story, by=lead).shown.withdrawn_at is None


def test_the_journal_tells_what_was_done_by_numbers_alone() -> None:
    story, lead = make_public(), make_actor("awareness_lead")
    writing.withdraw(story_id=story, by=lead)
    entries = Entry.objects.filter(subject=str(story))
    assert [entry.event for entry in entries.order_by("id")] == [
        "awareness.story.written",
        "awareness.story.published",
        "awareness.story.withdrawn",
    ]


def test_the_stories_of_the_pack_are_public_once() -> None:
    begun = writing.begin_stories(by=SYSTEM, country="fr")
    assert len(begun) == len(about.stories("fr")) == Published.objects.count()
    assert writing.begin_stories(by=SYSTEM, country="fr") == []
    assert about.stories("lu") == about.stories("fr")


def test_what_a_centre_made_of_a_story_of_the_pack_stays() -> None:
    begun = writing.begin_stories(by=SYSTEM, country="fr")
    for story in begun:
        writing.withdraw(story_id=story, by=make_actor("awareness_lead"))
    assert writing.begin_stories(by=SYSTEM, country="fr") == []
    assert not Published.objects.exists()
