"""Checking a story before it is published: its `story.toml`, its compilation, the lint."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings

from balise.awareness.activities.stories.documents import checking, compiling
from balise.awareness.activities.stories.documents.compiling import NotCompiled
from balise.awareness.activities.stories.rules import about
from balise.awareness.activities.stories.rules.about import About, AboutFaulty
from balise.awareness.activities.stories.rules.findings import Finding
from balise.awareness.activities.stories.rules.lint import Facts
from balise.awareness.activities.stories.rules.pictures import PICTURES
from balise.awareness.activities.stories.rules.plan import Stop
from balise.awareness.activities.stories.rules.player import digest
from balise.awareness.activities.stories.rules.sounds import is_sound
from balise.awareness.activities.stories.rules.triggers import trigger_words
from balise.foundation import apart

MAIN: Final = "main.ink"


@dataclass(frozen=True, slots=True)
class Checked:
    """A story that was checked, and its map; `compiled` is empty where it did not compile."""

    compiled: str
    findings: tuple[Finding, ...]
    plan: Sequence[Stop] = ()

    @property
    def hash(self) -> str:
        """Return what tells this state of the story from another."""
        return digest(self.compiled) if self.compiled else ""


def checked(files: Mapping[str, str], *, main: str = MAIN, compiled: str = "") -> Checked:
    """Return a story with what is wrong with it; the work is done in children with limits.

    What is compiled already is not compiled again.
    """
    found, facts = _about(files)
    if not compiled:
        try:
            sources = {name: text for name, text in files.items() if name.endswith(".ink")}
            made = compiling.compiled(sources, main=main, library=settings.INKJS)
        except NotCompiled as error:
            return Checked("", (*found, Finding(error.code, main, str(error))))
        found = (*found, *(Finding("ink", each.where, each.message) for each in made.said))
        compiled = made.text
    if not compiled:
        return Checked("", tuple(sorted(set(found))))
    more, plan = checking.linted(compiled, facts)
    return Checked(compiled, tuple(sorted({*found, *more})), plan)


def _about(files: Mapping[str, str]) -> tuple[tuple[Finding, ...], Facts]:
    """Return what is wrong with `story.toml` and the words, and what the lint must know of them."""
    topics = trigger_words(settings.COUNTRY)
    if about.FILE not in files:
        return (Finding("no-about", about.FILE, "there is no such file"),), Facts(topics=topics)
    try:
        own = about.of(_told(files[about.FILE]))
    except AboutFaulty as error:
        return (Finding("no-about", about.FILE, str(error)),), Facts(topics=topics)
    found = [
        Finding("image-unknown", about.FILE, f"there is no drawing {each.image}")
        for each in own.trailer
        if each.image not in PICTURES
    ]
    words = dict[str, Mapping[str, str]]()
    for language, name in _languages(files):
        try:
            words[language] = about.words_in(_told(files[name]))
        except AboutFaulty as error:
            found.append(Finding("no-translation", name, str(error)))
    return tuple(found), _facts(own, words, topics, files)


def read_table(name: str, text: str) -> None:
    """Read `story.toml`, or the words of another language. Raises AboutFaulty."""
    told = _told(text)
    if name == about.FILE:
        about.of(told)
    else:
        about.words_in(told)


def _told(text: str) -> dict[str, Any]:
    """Return what a file in TOML says, read in a child with limits. Raises AboutFaulty."""
    try:
        return apart.toml(text.encode())
    except apart.Unreadable as fault:
        raise AboutFaulty(f"no TOML: {fault.detail or fault.code}") from None


def _facts(
    own: About,
    words: Mapping[str, Mapping[str, str]],
    topics: Mapping[str, tuple[str, ...]],
    files: Mapping[str, str],
) -> Facts:
    return Facts(
        language=own.language,
        ages=own.ages,
        clues=frozenset(each.code for each in own.clues),
        endings={each.code: (bool(each.help), each.debrief is not None) for each in own.endings},
        triggers=frozenset(own.triggers),
        words=words,
        topics=topics,
        pictures=frozenset(PICTURES),
        sounds=frozenset(filter(is_sound, files)),
    )


def _languages(files: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the languages that a story has tables of words in, with the tables' names."""
    tables = (name for name in files if name.endswith(".toml") and name != about.FILE)
    return [(name.removesuffix(".toml"), name) for name in sorted(tables)]


def words_of(files: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return the words of other languages, by language. Raises AboutFaulty."""
    return {language: about.words(files[name]) for language, name in _languages(files)}
