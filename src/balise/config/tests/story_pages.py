"""The public pages of stories, each in a state that the real actions made."""

from django.test import Client

from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.models import Published
from balise.awareness.activities.stories.rules.places import Mode
from balise.awareness.activities.stories.rules.sounds import told
from balise.awareness.activities.stories.tests.players import play, publish
from balise.awareness.activities.stories.tests.sources import YARD
from balise.awareness.activities.stories.web.classes import address, words_token
from balise.config.tests.public_ways import Reach
from balise.foundation.actors import ANYONE

_HARD = YARD.replace("=== evening ===\n", "=== evening ===\n# hard\n# trigger: mockery\n")


def story(page: str = "") -> Reach:
    """Return the way to a page of a story that asks for no place in it."""

    def reach(_client: Client) -> str:
        publish()
        return f"/fr/stories/{page}"

    return reach


def placed(name: str, *choices: str, **more: str) -> Reach:
    """Return the way to a page with a place: after these choices, alone or with a class."""
    mode = Mode.CLASS if name.startswith("class") else Mode.ALONE

    def reach(_client: Client) -> str:
        held = play(*choices, story=publish(_HARD), mode=mode)
        return address(name, held, **more)

    return reach


def sound(_client: Client) -> str:
    """Return the address of a sound of a story."""
    publish()
    Published.objects.update(sounds={"rain.mp3": told("rain.mp3", b"ID3 rain")})
    return "/fr/stories/yard/sounds/rain.mp3"


def kept_words(_client: Client) -> str:
    """Return the address of the page that shows six words."""
    return address("kept", play(), said=words_token(["un", "deux"]))


def six_words() -> dict[str, str]:
    """Keep a play, and return the words that open it."""
    _held, words = playing.keep(place=play().place, language="fr", by=ANYONE)
    return {"words": " ".join(words)}
