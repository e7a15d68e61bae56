"""The public pages of training, each in a state that the real actions made."""

from typing import Any

from django.test import Client

from balise.awareness.learning.events.access.links import token_of
from balise.awareness.learning.events.rules.facts import EventKind
from balise.awareness.learning.training import actions
from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.tests.makers import (
    came_to,
    make_badge,
    make_followed,
    make_passed,
)
from balise.config.tests.public_ways import Reach
from balise.foundation.actors import ANYONE


def training(page: str, *, passed: bool = False) -> Reach:
    """Return the way to a page of the online module, with a path whose lessons are done."""

    def reach(_client: Client) -> str:
        one = make_passed() if passed else make_followed()
        return f"/fr/training/{page}?path={one.token}"

    return reach


def six_words() -> dict[str, str]:
    """Keep a path, and return the words that open it."""
    _held, words = actions.keep(token=make_followed().token, language="fr", by=ANYONE)
    return {"words": " ".join(words)}


def shown(page: str, **told: Any) -> Reach:
    """Return the way to a page that shows once what its address has."""

    def reach(_client: Client) -> str:
        return f"/fr/{page}{links.shown(told)}/?path={make_passed().token}"

    return reach


def badge(page: str = "", *, given: bool = True) -> Reach:
    """Return the way to a badge."""
    return lambda _client: f"/fr/badges/{make_badge(given=given)}/{page}"


def session(_client: Client) -> str:
    """Return the address at which someone who came to a session asks for their badge."""
    return f"/fr/training/session/{token_of(came_to(EventKind.TRAINING))}/"
