"""Published stories, and plays, made the way people make them."""

from functools import cache
from typing import Any, Final

from balise.awareness.activities.stories import models
from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.queries import Published, published
from balise.awareness.activities.stories.queries.plays import Held
from balise.awareness.activities.stories.rules import player
from balise.awareness.activities.stories.rules.places import Keep, Mode
from balise.awareness.activities.stories.rules.plan import plan, walk
from balise.awareness.activities.stories.tests.sources import YARD, ink
from balise.foundation import clock
from balise.foundation.actors import ANYONE

ABOUT: Final = """
ages = [11, 13]
minutes = 10
triggers = ["mockery"]
title = { fr = "La cour", en = "The yard" }
lead = { fr = "Lou te montre un téléphone.", en = "Lou shows you a telephone." }
notice = { fr = "On se moque de Lou.", en = "Lou is laughed at." }

[[clues]]
code = "note"
title = { fr = "Un mot", en = "A note" }
text = { fr = "Quelqu’un l’a écrit.", en = "Someone wrote it." }

[[clues]]
code = "other"
title = { fr = "Autre", en = "Other" }
text = { fr = "Autre chose.", en = "Something else." }

[[endings]]
code = "heard"
title = { fr = "On t’a écouté", en = "You are heard" }
debrief = { fr = "Tu as parlé.\\nUn adulte a aidé.", en = "You talked.\\nAn adult helped." }
help = ["helpline"]

[[endings]]
code = "alone"
title = { fr = "Plus tard", en = "Later" }
debrief = { fr = "Il est encore temps.", en = "There is still time." }
help = ["helpline"]

[[sheet]]
part = "before"
text = { fr = "Lisez toute l’histoire.", en = "Read the whole story." }

[[sheet]]
part = "expect"
text = { fr = "Des rires.", en = "Laughter." }

[[checks]]
who = "teacher"
read = ""
asks = { fr = ["Est-ce juste ?"], en = ["Is it right?"] }
"""
WORDS: Final = {"en": {"y1": "Lou shows you a phone.", "talk": "Tell an adult"}}


def publish(source: str = YARD, *, slug: str = "yard", about: str = ABOUT) -> Published:
    """Publish a story, or another state of it."""
    compiled = ink(source).text
    models.Published.objects.update_or_create(
        slug=slug,
        defaults={
            "number": 1,
            "hash": player.digest(compiled),
            "compiled": compiled,
            "about": about,
            "words": WORDS,
            "plan": _plan(compiled),
            "published_at": clock.now(),
        },
    )
    return published(slug)


@cache
def _plan(compiled: str) -> list[Any]:
    return [each.told() for each in plan(walk(player.load(compiled)))]


def play(
    *choices: str,
    story: Published | None = None,
    mode: Mode = Mode.ALONE,
    keep: Keep = Keep.NOWHERE,
) -> Held:
    """Return a play of a story after these choices."""
    story = story or publish()
    held = Held(playing.begin(story=story, mode=mode, keep=keep, by=ANYONE))
    for choice in choices:
        held = playing.choose(story=story, held=held, choice=choice, by=ANYONE)
    return held
