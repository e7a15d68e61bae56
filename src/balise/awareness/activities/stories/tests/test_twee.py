"""Twine's stories become ink that compiles; what they had more is said."""

import orjson
import pytest

from balise.awareness.activities.stories.rules import player, twee
from balise.awareness.activities.stories.rules.twee import TweeFaulty
from balise.awareness.activities.stories.tests.sources import ink

TWEE = """:: StoryTitle
The locker

:: StoryData
{"ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC", "format": "SugarCube", "start": "The yard"}

:: Style [stylesheet]
body { color: red }

:: The yard [outside] {"position":"1,2"}
Lou is {here} & #1 ~ alone. <<set $brave to true>>
* [[Talk to Lou->The office]]
You may also [[wait|Later]] a little. <img src="https://remote.example/a.png">

:: The office
''The door'' is open.
[[Later]]
[[Nowhere]]

:: Later
It is late.
"""


def test_passages_and_links_of_twee_are_knots_and_choices() -> None:
    found = twee.imported(TWEE)
    assert found.title == "The locker"
    play = player.begin(player.load(ink(found.ink).text), seed=1)
    assert [line.text for line in play.scene.lines] == [
        "Lou is & #1 ~ alone.",
        "You may also wait a little.",
    ]
    assert [each.text for each in play.scene.choices] == ["Talk to Lou", "wait"]
    play.choose(0)
    assert (play.scene.name, play.scene.lines[0].text) == ("the_office", "The door is open.")
    play.choose(0)
    assert (play.scene.name, play.scene.choices) == ("later", ())


def test_what_is_left_out_is_said() -> None:
    kinds = {(each.passage, each.kind) for each in twee.imported(TWEE).left_out}
    assert kinds == {
        ("Style", "special"),
        ("The yard", "macro"),
        ("The yard", "variable"),
        ("The yard", "picture"),
        ("The office", "format"),
        ("The office", "link"),
    }


def test_a_passage_whose_head_cannot_be_read_is_left_out_and_said() -> None:
    found = twee.imported(":: Start\nHello.\n[[Later]]\n\n:: Later [tag\nLate.\n\n::\nNowhere.\n")
    assert "Hello." in found.ink
    assert [*twee.report(found.left_out)] == [
        "Later [tag: head: Late.",
        ": head: Nowhere.",
        "Start: link: Later",
    ]


def test_json_of_twine_is_the_same_story() -> None:
    passages = [
        {"name": "The yard", "tags": "outside", "text": "Hello.\n[[On->Later]]", "pid": "1"},
        {"name": "Later", "tags": [], "text": "Late.", "pid": "2"},
        {"name": "Start?", "text": "", "pid": "3"},
    ]
    told = {"name": "Locker", "startnode": "1", "passages": passages}
    found = twee.imported(orjson.dumps(told).decode())
    assert found.ink.startswith("-> the_yard\n")
    assert ink(found.ink).text


@pytest.mark.parametrize(
    "line", ["- dash", "= equal", "* star", "VAR x", "a // b", "a -> b", "a <> b", "[x]", "a \\ b"]
)
def test_words_that_ink_reads_otherwise_are_shown_as_they_are(line: str) -> None:
    made = twee.imported(f":: Start\n{line.replace('//', '/ /')}\n").ink
    play = player.begin(player.load(ink(made).text), seed=1)
    assert play.scene.lines[0].text == line.replace("//", "/ /")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no passage",
        ":: A\ntext",
        ":: Start\n:: Start\n",
        "{",
        '{"passages": 3}',
        '{"name": "a", "passages": []}',
        ":: StoryData\n[]\n:: Start\n",
    ],
)
def test_what_is_no_twine_is_refused(text: str) -> None:
    with pytest.raises(TweeFaulty):
        twee.imported(text)


def test_names_that_ink_does_not_take_are_replaced() -> None:
    made = twee.imported(":: Start\n[[👍]]\n[[2 é]]\n[[END]]\n:: 👍\na\n:: 2 é\nb\n:: END\nc\n")
    assert ink(made.ink).text
    assert {"scene", "scene_2", "scene_end"} <= set(player.load(ink(made.ink).text).built.scenes)
