"""How a test comes to a public page, and what it sends there."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client

type Reach = Callable[[Client], str]


@dataclass(frozen=True, slots=True)
class Sending:
    """What a page sends, and whether a script of ours reads the answer instead of a person.

    `draws` where the page is the answer itself: what travels may stand in no address.
    """

    path: str
    fields: dict[str, Any]
    headers: dict[str, str]
    draws: bool = False


type Send = Callable[[Client], Sending]


def plain(path: str) -> Reach:
    """Return the way to a page that asks for nothing before."""
    return lambda client: path  # noqa: ARG005 - each way is handed a browser


def sends(path: Reach | str, **fields: Any) -> Send:
    """Return the way to send these fields."""

    def send(client: Client) -> Sending:
        return Sending(path if isinstance(path, str) else path(client), fields, {})

    return send


def hidden(page: str) -> dict[str, str]:
    """Return what a form's hidden fields bring back."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))


def at(path: str, state: Reach) -> Reach:
    """Return the way to another address of the same state."""

    def reach(client: Client) -> str:
        state(client)
        return path

    return reach
