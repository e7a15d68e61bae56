"""The check of a story finds each fault that is put into one without any."""

import pytest

from balise.awareness.activities.stories.queries.checked import checked
from balise.awareness.activities.stories.rules import about
from balise.awareness.activities.stories.rules.about import FILE
from balise.awareness.activities.stories.tests.makers import ABOUT, FILES, GOOD, WORDS

HUB = """=== heard ===
On t’écoute. # id: heard.1
+ [Encore un # id: h.1] -> h1
=== h1
Un. # id: h1.1
+ [Encore deux # id: h.2] -> h2
=== h2
Deux. # id: h2.1
+ [Encore trois # id: h.3] -> h3
=== h3
Trois. # id: h3.1
+ [Encore quatre # id: h.4] -> h4
=== h4
Quatre. # id: h4.1
+ [Encore cinq # id: h.5] -> h5
=== h5
Cinq. # id: h5.1
+ [Finir # id: h.6] -> really
=== really ===
"""
FAULTS = (
    ("dead-end", GOOD, " # ending: heard", ""),
    ("unreachable", GOOD, "=== heard ===", "=== alone ===\nRien. # id: a\n-> END\n=== heard ==="),
    ("no-exit", GOOD, "[Appeler # id: evening.call] -> heard", "[Appeler # id: x] -> evening"),
    ("endless", GOOD, "evening.call] -> heard", "x] -> lost\n=== lost\n-> lost"),
    ("engine", GOOD, "-> END", ""),
    pytest.param(
        *("too-many-states", GOOD, "VAR brave = false", "VAR brave = 0\nVAR n = 0\n"),
        marks=pytest.mark.whole,  # it looks at each state, for five seconds
    ),
    ("no-help", ABOUT, 'help = "3018"', ""),
    ("no-debrief", ABOUT, 'debrief = { fr = "Parler aide.", en = "Talking helps." }', ""),
    ("no-alt", GOOD, " # alt: Deux élèves dans la cour.", ""),
    ("image-unknown", GOOD, "passed-yard", "nowhere"),
    ("long-sentence", GOOD, "Il est tard.", "Il est " + "très " * 20 + "tard."),
    ("hard-to-read", GOOD, "Il est tard.", "Anticonstitutionnellement, oui. " * 25),
    ("trigger", GOOD, "Il est tard.", "Il parle de suicide."),
    ("trigger", GOOD, "# clue: note", "# clue: note # trigger: violence"),
    ("no-checkpoint", GOOD, "=== heard ===", HUB),
    ("checkpoint-inside", GOOD, "Il est tard.", "Il est tard. # checkpoint"),
    ("no-translation", WORDS, '"evening.1" = "It is late."', ""),
    ("no-translation", WORDS, '"yard.alt" = "Two pupils in the yard."', ""),
    ("clue-unknown", GOOD, "# clue: note", "# clue: other"),
    ("ending-unknown", GOOD, "# ending: heard", "# ending: other"),
    ("tag-unknown", GOOD, "# speaker: Lou", "# voice: Lou"),
    ("external", GOOD, "VAR brave", "EXTERNAL ring()\n~ ring()\nVAR brave"),
    ("html", GOOD, "Il est tard.", "Il est <b>tard</b>."),
    ("html", WORDS, "It is late.", "It is <i>late</i>."),
    ("remote", GOOD, "Il est tard.", "Voir https:\\/\\/remote.example/a.png"),
    ("remote", GOOD, "passed-yard", "https:\\/\\/remote.example/a.png"),
    ("no-id", GOOD, " # id: evening.1", ""),
    ("no-id", GOOD, " # id: evening.call", ""),
    ("id-twice", GOOD, "# id: evening.1", "# id: office.1"),
    ("two-texts", GOOD, "On t’écoute.", "On t’écoute{brave: bien}."),
    ("not-kept", GOOD, "Il est tard.", "{TURNS_SINCE(-> yard) > 3: Il est tard.|Il est tard.}"),
    ("no-about", ABOUT, "minutes = 5", ""),
    ("ink", GOOD, "-> office", "-> nowhere"),
)  # fmt: skip


@pytest.mark.parametrize(("code", "file", "was", "becomes"), FAULTS)
def test_each_fault_is_found(code: str, file: str, was: str, becomes: str) -> None:
    assert was in file
    names = {GOOD: "main.ink", ABOUT: FILE, WORDS: "en.toml"}
    text = file.replace(was, becomes, 1)
    if code == "too-many-states":
        text = text.replace("Il est tard.", "~ n = n + 1\n{n}. # id: n").replace(
            "-> heard\n=== heard", "-> evening\n+ {n > 0} [Rester # id: stay] -> evening\n=== heard"
        )
    found = checked({**FILES, names[file]: text}).findings
    assert code in {each.code for each in found}, found


def test_a_good_story_has_none() -> None:
    assert checked(FILES).findings == ()


def test_our_own_stories_have_none_and_are_compiled_from_their_source() -> None:
    for each in about.stories("fr"):
        made = checked(each.files)
        assert made.findings == (), each.slug
        assert made.compiled == each.compiled, each.slug
