"""Which tools the catalogue has, as the journal is told."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied

from balise.awareness.publications import actions, events
from balise.awareness.publications.actions.following import tell_tools
from balise.awareness.publications.models import Published, Resource, Shelved
from balise.awareness.publications.rules.tools import Tool, changes, kinds, tools
from balise.awareness.publications.tests.makers import make_public
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.journal.models import Entry

A, B = UUID(int=1), UUID(int=2)


def test_a_tool_is_what_is_used_with_someone() -> None:
    assert {"sheet", "workshop", "tool", "kit"} <= kinds("fr")
    assert not {"article", "news", "video", "series"} & kinds("fr")


def test_a_page_in_two_languages_is_one_tool() -> None:
    found = tools(
        [
            (A, "sheet", {"topic": ["rights", "bullying"]}),
            (A, "sheet", {"topic": ["bullying"]}),
            (B, "article", {"topic": ["bullying"]}),
        ],
        "fr",
    )
    assert found == {A: Tool("sheet", ("bullying", "rights"))}


def test_what_changed_is_told_and_nothing_twice() -> None:
    before = {A: Tool("sheet", ("bullying",))}
    found = changes(before, {A: Tool("guide", ("rights",)), B: Tool("sheet")})
    assert (found.shelved, found.taken) == ([(A, "guide"), (B, "sheet")], [(A, "sheet")])
    assert (found.set_, found.cleared) == ([(A, "rights")], [(A, "bullying")])
    assert changes(before, before) == changes({}, {})


@pytest.mark.django_db
def test_a_tool_counts_from_when_it_is_public_until_it_is_not() -> None:
    page = make_public(kind="sheet", topic=["bullying", "rights"])
    assert told(events.ToolShelved) == ["sheet"]
    assert told(events.ToolTopicSet) == ["bullying", "rights"]
    assert actions.settle(by=SYSTEM) == 0
    assert tell_tools(by=SYSTEM) == 0

    Resource.objects.get(pk=page).unpublish()
    actions.settle(by=SYSTEM)
    assert told(events.ToolTaken) == ["sheet"]
    assert told(events.ToolTopicCleared) == ["bullying", "rights"]
    assert not Shelved.objects.exists()
    assert not Published.objects.filter(page_id=page).exists()


@pytest.mark.django_db
def test_only_who_publishes_may_tell_it() -> None:
    with pytest.raises(PermissionDenied):
        tell_tools(by=ANYONE)


def told(event: type[events.ToolEvent | events.ToolTopicEvent]) -> list[str]:
    rows = Entry.objects.filter(event=event.name).order_by("id")
    return [row.facts.get("kind") or row.facts["topic"] for row in rows]
