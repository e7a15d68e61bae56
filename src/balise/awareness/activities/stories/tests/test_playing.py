"""A story is played within limits, saved at its checkpoints, resumed after an edit."""

import orjson
import pytest

from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.engine import StoryFaulty
from balise.awareness.activities.stories.rules.player import NoSuchChoice, Play
from balise.awareness.activities.stories.rules.saves import (
    FORMAT,
    Moved,
    Moves,
    Save,
    SaveElsewhere,
    SaveFaulty,
    SaveNewer,
)
from balise.awareness.activities.stories.tests.sources import YARD, ink, story


def played(*choices: str, source: str = YARD, seed: int = 1) -> Play:
    play = player.begin(story(source), seed=seed)
    for choice in choices:
        play.choose(next(each.index for each in play.scene.choices if each.id == choice))
    return play


def test_a_scene_has_lines_with_ids_tags_and_choices() -> None:
    scene = played().scene
    assert scene.name == "yard"
    assert [(line.id, line.speaker) for line in scene.lines] == [("y1", "lou")]
    assert [each.id for each in scene.choices] == ["talk", "let", "look"]
    assert (scene.tags.image, scene.tags.alt) == ("yard", "Two pupils in the yard.")
    assert not scene.ending
    assert played("talk").scene.tags.clues == ("note",)
    assert played("talk", "say").scene.ending == "heard"


def test_an_external_function_is_played_by_its_fallback() -> None:
    assert played("let").heard == ()


def test_a_choice_that_is_not_offered_is_refused() -> None:
    with pytest.raises(NoSuchChoice):
        played().choose(3)


def test_plays_of_one_story_do_not_touch_each_other() -> None:
    one, other = played(), played("talk")
    one.choose(1)
    other.choose(0)
    assert (one.scene.name, other.scene.name) == ("evening", "good")
    assert (one.variables["trust"], other.variables["trust"]) == (0, 2)


def test_what_chance_decides_follows_from_the_seed_after_a_save_too() -> None:
    source = "-> a\n=== a\n# checkpoint\n{RANDOM(1, 1000)} # id: n\n+ [On # id: on] -> a\n"
    one = played("on", "on", source=source, seed=5)
    assert one.scene == played("on", "on", source=source, seed=5).scene
    assert one.scene != played("on", "on", source=source, seed=6).scene
    again, moved = player.resume(one.story, *one.state())
    assert (again.scene, moved) == (one.scene, None)
    again.choose(0)
    one.choose(0)
    assert again.scene == one.scene


def test_a_state_brings_back_the_whole_scene_and_a_save_its_checkpoint() -> None:
    one = played("talk")
    again, moved = player.resume(one.story, *one.state())
    assert (again.scene, again.variables, moved) == (one.scene, one.variables, None)
    assert [line.id for line in again.scene.lines] == ["y3", "o1"]
    kept = Save.read(orjson.loads(orjson.dumps(one.saved().told())))
    assert (kept.checkpoint, kept.variables) == ("office", {"trust": 1})  # before the scene's own
    later, moved = player.resume(one.story, kept)
    assert (later.variables, moved) == ({"trust": 2}, None)
    assert [line.id for line in later.scene.lines] == ["o1"]


def test_a_choice_taken_once_stays_taken_after_a_save() -> None:
    one = played("look")
    source = YARD.replace("-> evening\n+", "-> yard\n+")
    once = played("let", source=source)
    again, _moved = player.resume(once.story, once.saved())
    assert [each.id for each in again.scene.choices] == ["talk", "look"]
    assert [each.id for each in one.scene.choices] == ["talk", "let", "look"]


DRIFT = """
VAR score = 0
-> one
=== one
# checkpoint
A message comes. # id: a
{ABOVE}
* [Talk to an adult # id: talk]
  ~ score = 2
  -> talked
* [Let it go # id: let] -> let_go
=== talked
# checkpoint
You talk. # id: b
* [Go on # id: on] -> END
=== let_go
# checkpoint
You let it go. # id: c
* [Go on # id: on2] -> END
"""


def test_a_choice_added_above_does_not_change_what_was_chosen() -> None:
    before = DRIFT.replace("{ABOVE}", "")
    after = DRIFT.replace("{ABOVE}", "* [Answer # id: answer] -> let_go")
    one = played("talk", source=before)
    for since in (one.state(), (one.saved(), ())):
        again, moved = player.resume(story(after), *since)
        assert (again.scene.name, again.variables["score"], moved) == ("talked", 2, None)


def test_a_checkpoint_that_is_gone_leads_to_the_last_that_lives_and_it_is_said() -> None:
    one = played("talk")
    shorter = YARD.replace("# checkpoint # clue: note", "# clue: note")
    again, moved = player.resume(story(shorter), one.saved())
    assert moved == Moved("gone", "yard")
    assert (again.scene.name, again.variables["trust"]) == ("yard", 0)


def test_a_scene_that_an_edit_renamed_is_found_by_its_new_name() -> None:
    one = played("talk")
    renamed = YARD.replace("office", "room").replace("trust", "faith")
    moves = Moves(scenes={"office": "room"}, variables={"trust": "faith"})
    again, moved = player.resume(story(renamed), one.saved(), moves=moves)
    assert (again.scene.name, again.variables["faith"], moved) == ("room", 2, None)


def test_a_choice_that_is_gone_ends_the_way_where_it_was() -> None:
    one = played("talk", "home", "call")
    other = YARD.replace("Call # id: call", "Ring # id: ring")
    again, moved = player.resume(story(other), *one.state())
    assert (again.scene.name, moved) == ("evening", Moved("changed", "evening"))


def test_a_save_of_another_story_or_of_a_later_version_is_refused() -> None:
    save = played().saved()
    with pytest.raises(SaveElsewhere):
        player.resume(story(slug="other"), save)
    with pytest.raises(SaveNewer):
        Save.read(save.told() | {"f": FORMAT + 1})


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"f": 1, "s": "yard", "h": "x", "g": 1, "m": [{}]},
        {"f": 1, "s": "ya rd", "h": "x", "g": 1, "m": []},
        {"f": 1, "s": "yard", "h": "x", "g": True, "m": []},
        {"f": 1, "s": "y", "h": "x", "g": 1, "m": [{"c": "a", "v": {"b": [1]}, "n": {}}]},
        {"f": 1, "s": "y", "h": "x", "g": 1, "m": [{"c": "a", "v": {}, "n": {"b": -1}}]},
    ],
)
def test_what_is_no_save_is_refused(told: object) -> None:
    with pytest.raises(SaveFaulty):
        Save.read(told)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("-> a\n=== a\n-> b\n=== b\n-> a\n", "endless"),
        ("~ f(1)\n-> END\n=== function f(x)\n~ return f(x)\n", "endless"),
        ('VAR s = "aa"\n-> a\n=== a\n~ s = s + s\n-> a\n', "too-large"),
        ("VAR n = 3\n-> a\n=== a\n~ n = n * n\n-> a\n", "too-large"),
        ("-> a\n=== a\nFor ever and ever.\n-> a\n", "too-long"),
    ],
)
def test_a_story_without_end_is_stopped(source: str, code: str) -> None:
    with pytest.raises(StoryFaulty) as refused:
        played(source=source)
    assert refused.value.code == code
    assert played().scene.name == "yard"  # another story is not disturbed


@pytest.mark.parametrize(
    ("compiled", "code"),
    [
        ("", "unreadable"),
        ("[]", "unreadable"),
        ('{"inkVersion":21}', "unreadable"),
        ('{"inkVersion":99,"root":[]}', "ink-version"),
        ('{"inkVersion":21,"root":' + "[" * 5000 + "]" * 5000 + "}", "unreadable"),
        (" " * 5_000_000, "too-large"),
    ],
)
def test_what_is_no_story_is_refused(compiled: str, code: str) -> None:
    with pytest.raises(StoryFaulty) as refused:
        player.load(compiled)
    assert refused.value.code == code


def test_an_external_function_without_a_fallback_is_refused() -> None:
    with pytest.raises(StoryFaulty) as refused:
        player.load(ink("EXTERNAL ring(x)\n~ ring(1)\n-> END\n").text)
    assert refused.value.code == "external"


def test_a_warning_of_the_engine_is_heard_and_stops_nothing() -> None:
    play = played("on", source="-> a\n=== a\nOne.\n+ [On # id: on]\n  Nothing follows.\n")
    assert [line.text for line in play.scene.lines] == ["Nothing follows."]
    assert play.failed
    assert "ran out of content" in play.heard[0]


def test_a_story_is_parsed_once_in_a_thread() -> None:
    assert story().engine is story().engine
