"""A place in a story: a save, the choices since, the clues found."""

import pytest

from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.places import MOST, Keep, Mode, Place
from balise.awareness.activities.stories.rules.saves import SaveFaulty
from balise.awareness.activities.stories.tests.sources import story


def walked(*choices: str) -> Place:
    """Return the place after these choices, each made in a page of its own."""
    loaded = story()
    place = Place(player.begin(loaded, seed=1).saved(), mode=Mode.CLASS, keep=Keep.DEVICE)
    for choice in choices:
        play, moved = player.resume(loaded, place.save, place.since)
        assert moved is None
        play.choose(next(each.index for each in play.scene.choices if each.id == choice))
        place = place.after(*play.state(), play.passed)
    return place


def test_a_checkpoint_takes_the_place_of_the_choices_before_it() -> None:
    assert walked("look").since == ("look",)
    far = walked("look", "talk", "home")
    assert far.save.checkpoint == "office"
    assert far.since == ("home",)
    assert far.nth == 4


def test_clues_found_before_a_checkpoint_are_not_lost() -> None:
    assert walked("talk", "home").clues == ()  # in the checkpoint's own scene, played again
    assert walked("look").clues == ()


def test_it_is_read_as_it_was_told() -> None:
    place = walked("talk", "home", "call")
    assert Place.read(place.told(), place.since) == place


def test_more_choices_than_a_story_has_are_refused() -> None:
    with pytest.raises(SaveFaulty):
        Place.read(walked().told(), ["look"] * (MOST + 1))
