"""Stories, brought in and published the way people do it."""

from uuid import UUID

from balise.awareness.activities.stories.actions import writing
from balise.awareness.activities.stories.rules.about import FILE
from balise.foundation.accounts.tests.makers import make_actor

GOOD = """
VAR brave = false
-> yard
=== yard ===
# image: passed-yard # alt: Deux élèves dans la cour. # checkpoint
Lou te montre son téléphone. # id: yard.1 # speaker: Lou
* [En parler # id: yard.talk]
  ~ brave = true
  -> office
* [Attendre # id: yard.wait] -> evening
=== office ===
# checkpoint # clue: note
La porte est ouverte. # id: office.1
+ [Tout dire # id: office.say] -> heard
=== evening ===
Il est tard. # id: evening.1
+ [Appeler # id: evening.call] -> heard
=== heard ===
On t’écoute. # id: heard.1 # ending: heard
-> END
"""
ABOUT = """
title = { fr = "Dans la cour", en = "In the yard" }
lead = { fr = "Une histoire courte.", en = "A short story." }
ages = [11, 13]
minutes = 5
[[clues]]
code = "note"
title = { fr = "Un mot", en = "A note" }
text = { fr = "Un mot dans un casier.", en = "A note in a locker." }
[[endings]]
code = "heard"
title = { fr = "On t’écoute", en = "You are heard" }
debrief = { fr = "Parler aide.", en = "Talking helps." }
help = "3018"
"""
WORDS = """
"yard.1" = "Lou shows you a telephone."
"yard.talk" = "Talk about it"
"yard.wait" = "Wait"
"yard.alt" = "Two pupils in the yard."
"office.1" = "The door is open."
"office.say" = "Say everything"
"evening.1" = "It is late."
"evening.call" = "Call"
"heard.1" = "You are heard."
"""
FILES = {"main.ink": GOOD, FILE: ABOUT, "en.toml": WORDS}


def make_story(slug: str = "yard", **files: str) -> UUID:
    """Return a story with one version; `main`, `story` and `en` replace a file."""
    given = FILES | {
        {"main": "main.ink", "story": FILE, "en": "en.toml"}[name]: text
        for name, text in files.items()
    }
    return writing.begin(slug=slug, files=given, by=make_actor("editor"))


def make_public(slug: str = "yard", **files: str) -> UUID:
    """Return a story that is public."""
    story = make_story(slug, **files)
    writing.publish(story_id=story, number=1, by=make_actor("awareness_lead"))
    return story
