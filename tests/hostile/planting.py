"""Hostile text, put through the real actions and forms into all that people write."""

import inspect
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from html.parser import HTMLParser
from itertools import count
from types import FunctionType, ModuleType
from typing import Any, Final
from urllib.parse import urljoin

from django.db import transaction

from tests.hostile.reading import MARK

# Ends an attribute, a script, a style and a text area, runs by a handler, and is a template.
ALL_IN_ONE: Final = (
    f"{MARK}\"'`></script></style></textarea></title><{MARK} onload={MARK}()>"
    f"<img src=x onerror={MARK}()>{{{{ 7|add:7 }}}}"
)
SHORT: Final = f"\"'><{MARK}>"
PAYLOADS: Final = (
    ALL_IN_ONE,
    f"<script>{MARK}()</script>",
    f"<svg/onload={MARK}()><style>@import'//x.example/{MARK}'</style>",
    f"[{MARK}](javascript:{MARK}()) ![{MARK}](data:text/html,<{MARK}>) <https://x.example/{MARK}>",
    f"javascript:{MARK}()//",
    f"data:text/html,<script>{MARK}()</script>",
    f"' onfocus={MARK}() autofocus {MARK}='",
    f'"}}]}}</script><{MARK}>//\\u003c{MARK}\\u003e',
    f"{MARK}{{{{ 7|add:7 }}}}{{% debug %}}${{7*11}}#{{7*11}}",
    f"{MARK};background:url(//x.example/{MARK});width:expression({MARK}())",
    f'=HYPERLINK("//x.example/{MARK}";"{MARK}")',
    f"{MARK}\r\nX-{MARK}: 1\r\n\r\n<{MARK}>",
    f"{MARK}\nEND:VEVENT\nX-{MARK}:1\nBEGIN:VEVENT",
    f"\u202e{MARK}\u2066<{MARK}>\u2029\u2028{MARK}()",
    f"{MARK}]]><{MARK}/><!--{MARK}--><!DOCTYPE {MARK}>",
    f'../../{MARK}";x="/{MARK}.svg<{MARK}>',
)
# Texts of one word, and texts that are HTML of ours: no stranger writes these.
NAMES: Final = {"name", "nickname", "title", "text", "reason", "note", "label", "says", "reference"}
OURS: Final = {"body", "language", "country", "token", "code", "by"}
FOUND_BY = {"Réseau Exemple"}  # a platform that statements are joined to by its name
_within: ContextVar[bool] = ContextVar("within", default=False)


class Planted:
    """What was planted: how many texts, through how many actions, and what refused them."""

    def __init__(self, payloads: tuple[str, ...]) -> None:
        self.payloads = payloads
        self.taken: set[str] = set()
        self.refused: set[str] = set()
        self._next = count()

    def next(self) -> str:
        """Return the next text to plant."""
        return self.payloads[next(self._next) % len(self.payloads)]


@contextmanager
def planted(*payloads: str) -> Iterator[Planted]:
    """Let each action that is called take hostile text beside what people wrote.

    An action that refuses it is given the short one, then what it was called with.
    """
    done = Planted(payloads or PAYLOADS)
    changed: list[tuple[ModuleType, str, Any]] = []
    hostile = {action: _hostile(action, done) for action in _actions()}
    for module in _ours():
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType) and value in hostile:
                changed.append((module, name, value))
                setattr(module, name, hostile[value])
    try:
        yield done
    finally:
        for module, name, value in changed:
            setattr(module, name, value)


def _ours() -> list[ModuleType]:
    return [one for name, one in list(sys.modules.items()) if name.startswith("balise.") and one]


def _actions() -> set[FunctionType]:
    """Return each action that is loaded: what takes its words by name, and who acts as `by`."""
    found = set()
    for module in _ours():
        if ".actions" not in module.__name__:
            continue
        for value in vars(module).values():
            if isinstance(value, FunctionType) and "by" in inspect.signature(value).parameters:
                found.add(value)
    return found


def _hostile(action: Callable[..., Any], done: Planted) -> Callable[..., Any]:
    where = f"{action.__module__}.{action.__name__}"

    @wraps(action)
    def called(*args: Any, **words: Any) -> Any:
        if _within.get():
            return action(*args, **words)
        mark = _within.set(True)
        try:
            for payload in (done.next(), SHORT):
                more = {key: _with(payload, key, value) for key, value in words.items()}
                if more == words:
                    break
                try:
                    with transaction.atomic():
                        given = action(*args, **more)
                except Exception:  # noqa: BLE001 - whatever refuses it
                    done.refused.add(where)
                else:
                    done.taken.add(where)
                    return given
            return action(*args, **words)
        finally:
            _within.reset(mark)

    return called


def _with(payload: str, key: str, value: Any) -> Any:
    """Return a value with hostile text at the end of each text that a person wrote."""
    if key in OURS or (isinstance(value, str) and value in FOUND_BY):
        return value
    if isinstance(value, str) and "\n" not in value:  # else a file: a story, a table
        return f"{value} {payload}" if " " in value or (value and key in NAMES) else value
    if isinstance(value, list):
        return [_with(payload, key, each) for each in value]
    if type(value) is dict:
        return {name: _with(payload, name, each) for name, each in value.items()}
    return value


class _Forms(HTMLParser):
    """Reads the forms of a page: where each leads, and its fields with what is in them."""

    def __init__(self, payload: str) -> None:
        super().__init__(convert_charrefs=True)
        self.payload = payload
        self.found: list[tuple[str, dict[str, Any]]] = []
        self._fields: dict[str, Any] | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._fields = {} if given.get("method", "get").lower() == "post" else None
            if self._fields is not None:
                self.found.append((given.get("action", ""), self._fields))
            return
        name = given.get("name", "")
        if tag == "option" and self._select and self._fields is not None and given.get("value"):
            self._fields.setdefault(self._select, given["value"])
        if self._fields is None or not name or "disabled" in given:
            return
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._fields[name] = self.payload
        elif tag == "button":
            self._fields.setdefault(name, given.get("value", ""))
        elif tag == "input":
            self._take(name, given)

    def _take(self, name: str, given: dict[str, str]) -> None:
        assert self._fields is not None
        kind, value = given.get("type", "text"), given.get("value", "")
        most = int(given.get("maxlength") or 1_000)
        if kind in {"hidden", "submit"}:
            self._fields.setdefault(name, value)
        elif kind in {"radio", "checkbox"}:
            self._fields.setdefault(name, value or "on")
        elif kind in {"text", "search"}:
            self._fields[name] = self.payload if len(self.payload) <= most else SHORT[:most]
        elif kind == "email":
            self._fields[name] = f"{MARK}@mailbox.example"
        elif kind == "url":
            self._fields[name] = f"https://pictures.example/{self.payload}"
        elif kind != "file":
            self._fields[name] = value or {"number": "1", "date": "2026-12-24"}.get(kind, "10:00")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        if tag == "select":
            self._select = ""


def forms(page: str, *, at: str, payload: str) -> list[tuple[str, dict[str, Any]]]:
    """Return each form of a page that is posted, filled with a hostile text wherever one writes."""
    read = _Forms(payload)
    read.feed(page)
    return [(urljoin(at, to).partition("#")[0], fields) for to, fields in read.found]
