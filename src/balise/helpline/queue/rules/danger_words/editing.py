"""Edits of the words of danger: what one may change, and a pack with those that are in force.

An edit adds words to a concept of a language, or takes some out, in the pack's own patterns. Rules
are changed by a release alone.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import prod
from typing import Any

from django.utils.translation import gettext as _

from balise.foundation.packs import PackFaulty
from balise.foundation.refusals import Refused
from balise.helpline.queue.rules.danger_words import vocabulary

MOST_WORDS = 50
LONGEST_WORDS = 80
LONGEST_WHY = 300
MOST_FORMS = 500  # phrases that one pattern may stand for
_FORMS_OF_A_VERB = 25
_PART = re.compile(r"#(adult|teen|child)?|[^\W_]+(['’][^\W_]+)*(\*|!)?")
_SHORTEST_STEM = 3


class WordsRefused(Refused, code="words-refused"):
    """An edit of the words of danger cannot be read, or may not be."""


class Unreadable(WordsRefused):
    """Words are not written as the list writes them."""

    field = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that come into a concept of a language, and words that leave it."""

    language: str
    concept: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


def concepts(pack: Mapping[str, Any]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the words of each concept, by language, as the pack writes them."""
    return {
        code: {name: tuple(words) for name, words in table.get("concepts", {}).items()}
        for code, table in pack.items()
        if isinstance(table, Mapping)
    }


def check(pack: Mapping[str, Any], edit: Edit) -> None:
    """Refuse (WordsRefused) an edit that cannot be read, changes nothing, or empties a concept."""
    words = concepts(pack).get(edit.language, {}).get(edit.concept)
    if words is None:
        raise WordsRefused(_("This list of words does not exist."))
    if not edit.added and not edit.removed:
        raise WordsRefused(_("Write at least one word to add or to take out."))
    if len(edit.added) + len(edit.removed) > MOST_WORDS:
        raise WordsRefused(_("At most %(count)d words at a time.") % {"count": MOST_WORDS})
    for each in edit.added:
        if each in words or each in edit.removed:
            raise Unreadable(_("“%(word)s” is there already.") % {"word": each})
        _check_pattern(each, edit.language, pack)
    for each in edit.removed:
        if each not in words:
            raise WordsRefused(_("“%(word)s” is not in this list.") % {"word": each})
    if not _changed(words, edit):
        raise WordsRefused(_("A list keeps at least one word."))


def apply(pack: Mapping[str, Any], edits: Iterable[Edit]) -> dict[str, Any]:
    """Return a pack with edits, the first one first.

    What no longer fits is left out: a later version of the pack may have lost the concept, or have
    the words already.
    """
    found = dict(pack)
    for edit in edits:
        words = concepts(found).get(edit.language, {}).get(edit.concept)
        if words is None or not (changed := _changed(words, edit)):
            continue
        table = found[edit.language]
        try:
            vocabulary.check_words(edit.language, table, changed)
        except PackFaulty:
            continue
        found[edit.language] = {
            **table,
            "concepts": {**table["concepts"], edit.concept: list(changed)},
        }
    return found


def _changed(words: tuple[str, ...], edit: Edit) -> tuple[str, ...]:
    kept = [each for each in words if each not in edit.removed]
    return tuple(dict.fromkeys((*kept, *edit.added)))


def _check_pattern(pattern: str, language: str, pack: Mapping[str, Any]) -> None:
    parts = [part.removesuffix("?").split("|") for part in pattern.replace("-", " ").split()]
    ways = [way for part in parts for way in part]
    is_read = (
        len(pattern) <= LONGEST_WORDS
        and ways
        and all(_PART.fullmatch(way) for way in ways)
        and not any(way.endswith("*") and len(way) <= _SHORTEST_STEM for way in ways)
        and prod(map(_forms, parts)) <= MOST_FORMS
    )
    try:
        if is_read:
            vocabulary.check_words(language, pack[language], (pattern,))
    except PackFaulty:
        is_read = False
    if not is_read:
        raise Unreadable(_("“%(word)s” cannot be read.") % {"word": pattern})


def _forms(part: list[str]) -> int:
    return 1 + sum(_FORMS_OF_A_VERB if way.endswith("!") else 1 for way in part)


# Where the edits in force come from. Rules know no database: `App.ready` plugs
# `queries.words.in_force` in.


type Ask = Callable[[], tuple[Edit, ...]]


def none() -> tuple[Edit, ...]:
    """Return no edit: the words are those of the pack."""
    return ()


@dataclass(slots=True)
class Source:
    """What is asked for the edits in force."""

    ask: Ask = none


SOURCE = Source()
