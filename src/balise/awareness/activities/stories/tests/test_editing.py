"""After any edit, a player is in a scene that they had chosen, with what they had then."""

from collections import Counter
from dataclasses import dataclass, field

import pytest

from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.player import Play
from balise.awareness.activities.stories.rules.saves import Save
from balise.awareness.activities.stories.tests.editing import Edited, Place, Way

EDITS = 1_000


@dataclass
class Player:
    """What someone chose: the scenes they came to, by uid, and the choice that led to each."""

    save: Save
    since: tuple[str, ...]
    came: list[tuple[int, int]] = field(default_factory=list)

    def counted(self, until: int) -> Counter[int]:
        return Counter(way for _place, way in self.came[1:until])


def begin(story: Edited, seed: int) -> Player:
    play = player.begin(player.load(story.compiled(), slug="edited"), seed=seed)
    one = Player(*play.state(), came=[(story.places[0].uid, 0)])
    go_on(story, one, play)
    return one


def go_on(story: Edited, one: Player, play: Play) -> None:
    """Take a few choices, and keep the state or the save, as a page or six words would."""
    for _step in range(story.chance.randint(0, 4)):
        if not play.scene.choices:
            break
        choice = story.chance.choice(play.scene.choices)
        way = way_of(story, choice.id)
        play.choose(choice.index)
        one.came.append((way.to.uid, way.uid))
    if story.chance.random() < 0.5:
        one.save, one.since = play.state()
        return
    one.save, one.since = play.saved(), ()
    while one.save.checkpoint and place_of(story, one.save.checkpoint).uid != one.came[-1][0]:
        one.came.pop()  # what was after the checkpoint is not in a save
    if not one.save.checkpoint:
        del one.came[1:]


def way_of(story: Edited, choice: str) -> Way:
    return next(way for _place, way in story.ways if way.id == choice)


def place_of(story: Edited, name: str) -> Place:
    return next(place for place in story.places if place.name == name)


def resumed(story: Edited, one: Player) -> None:
    """Resume, and see that this is a moment that they had been through; then they play on."""
    loaded = player.load(story.compiled(), slug="edited")
    told = Save.read(one.save.told())
    play, moved = player.resume(loaded, told, one.since, moves=story.moves)
    here, values = place_of(story, play.scene.name).uid, play.variables
    known = {uid: name for uid, name in story.variables.items() if name in values}
    first = (story.places[0].uid, 0)  # what a story begins with may have changed: it is there
    one.came[0] = first
    fits = [
        until
        for until in range(1, len(one.came) + 1)
        if one.came[until - 1][0] == here
        and all(values[name] == one.counted(until)[uid] for uid, name in known.items())
    ]
    assert fits, f"they never were in {play.scene.name} with {values}"
    assert moved is not None or fits[-1] == len(one.came), "they are elsewhere, and are not told"
    del one.came[fits[-1] :]
    go_on(story, one, play)


@pytest.mark.parametrize("seed", range(4))
def test_no_edit_puts_a_player_into_a_scene_that_they_did_not_choose(seed: int) -> None:
    story = Edited(seed)
    awake, asleep = begin(story, seed=1), begin(story, seed=2)
    for nth in range(EDITS // 4):
        story.edit()
        resumed(story, awake)
        if nth % 25 == 0:
            resumed(story, asleep)
