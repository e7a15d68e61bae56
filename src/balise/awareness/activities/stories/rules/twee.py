"""Twee 3 and Twine 2 JSON, as ink: passages, links and words; the rest is left out, and said so.

Pure. Sources: Twee 3 specification 3.0.2 and Twine 2 JSON specification, Interactive Fiction
Technology Foundation.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from balise.foundation import strict_json

MOST: Final = 1_000  # passages
_HEADER: Final = re.compile(
    r"(?P<name>(?:\\.|[^\[{\\])+)(?:\[(?P<tags>(?:\\.|[^\]\\])*)\])?\s*(?:\{.*\})?\s*"
)
_LINK: Final = re.compile(r"\[\[(?P<inside>[^\[\]]+)\](?:\[[^\[\]]*\])?\]")
_LEFT_OUT: Final = (  # in this order: what is found first may hold the others
    ("comment", re.compile(r"<!--.*?-->|/\*.*?\*/|/%.*?%/", re.DOTALL)),
    ("script", re.compile(r"<script\b.*?</script>|<%.*?%>", re.DOTALL | re.IGNORECASE)),
    ("picture", re.compile(r"\[img\[[^\[\]]*\](?:\[[^\[\]]*\])?\]|<img\b[^>]*>", re.IGNORECASE)),
    ("macro", re.compile(r"<<.*?>>|\([a-z][\w-]*:[^()]*(?:\([^()]*\)[^()]*)*\)", re.DOTALL)),
    ("html", re.compile(r"</?[a-zA-Z][^>]*>")),
    ("variable", re.compile(r"\$[A-Za-z_]\w*|\{[^{}\n]*\}")),
    ("format", re.compile(r"''|//|~~|\*\*|__|\|[\w-]+>|[\w-]+<\|")),
)
_READ: Final = frozenset({"StoryTitle", "StoryData"})
_SHOWN: Final = 200  # characters of what is left out
_BROKEN: Final = "Balise.broken"  # the tag of a passage whose head cannot be read
_SPECIAL_TAGS: Final = frozenset({"script", "stylesheet", "Twine.private", "widget", _BROKEN})
_SPECIAL: Final = re.compile(r"Story[A-Z]\w*|Passage(?:Ready|Done|Header|Footer)|UserScript")
_INK: Final = re.compile(r"[\\{}|#~<>\[\]]|//|->")
_AT_START: Final = re.compile(r"[*+=\-]|(?:VAR|CONST|LIST|INCLUDE|EXTERNAL|TODO)\b")


class TweeFaulty(ValueError):
    """What was given is neither Twee 3 nor Twine 2 JSON."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a passage had that the ink has not: its kind, and the words of it."""

    passage: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """A story as ink, its title, and what was left out of it."""

    title: str
    ink: str
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class _Passage:
    name: str
    tags: tuple[str, ...]
    text: str


def imported(text: str) -> Imported:
    """Return a story of Twee 3, or of Twine 2 JSON. Raises TweeFaulty."""
    title, start, passages = (_of_json if text.lstrip().startswith("{") else _of_twee)(text)
    if not passages or len(passages) > MOST:
        raise TweeFaulty(f"a story has 1 to {MOST} passages")
    left = [
        LeftOut(each.name, "head", each.text[:_SHOWN])
        if _BROKEN in each.tags
        else LeftOut(each.name, "special", " ".join(each.tags) or each.name)
        for each in passages
        if _is_special(each) and each.name not in _READ
    ]
    told = [each for each in passages if not _is_special(each)]
    names = _names(told)
    if len(names) < len(told):
        raise TweeFaulty("two passages have one name")
    first = next((each.name for each in told if each.name == start), "")
    if not first:
        raise TweeFaulty("the passage that the story starts with is missing")
    knots = [_knot(each, names, left) for each in told]
    return Imported(title, f"-> {names[first]}\n\n" + "\n".join(knots), tuple(left))


def _of_json(text: str) -> tuple[str, str, list[_Passage]]:
    try:
        told = strict_json.loads(text)
        passages = [
            _Passage(str(each["name"]), _tags(each.get("tags", ())), str(each["text"]))
            for each in told["passages"]
        ]
        return str(told.get("name", "")), _start(told), passages
    except strict_json.FAULTS as error:
        raise TweeFaulty(f"no JSON: {error}") from None
    except (AttributeError, KeyError, TypeError) as error:
        raise TweeFaulty(f"no Twine 2 JSON: {error} is missing or has another form") from None


def _start(told: Mapping[str, Any]) -> str:
    """Return the name of the first passage, which some write by its number."""
    known = {str(each.get("pid", each.get("id", ""))): each["name"] for each in told["passages"]}
    start = str(told.get("start") or told.get("startnode") or "Start")
    return str(known.get(start, start))


def _tags(told: Any) -> tuple[str, ...]:
    return tuple(told.split() if isinstance(told, str) else map(str, told))


def _of_twee(text: str) -> tuple[str, str, list[_Passage]]:
    parts = re.split(r"^::", text.replace("\r\n", "\n").removeprefix("\ufeff"), flags=re.MULTILINE)
    found: list[_Passage] = []
    for part in parts[1:]:
        head, _line, body = part.partition("\n")
        header = _HEADER.fullmatch(head)
        if header is None or not header["name"].strip():
            found.append(_Passage(head.strip()[:60], (_BROKEN,), body.strip()))
            continue
        tags = tuple(_unescaped(header["tags"] or "").split())
        found.append(_Passage(_unescaped(header["name"]).strip(), tags, body.strip()))
    of = {each.name: each.text for each in found}
    start = "Start"
    if "StoryData" in of:
        try:
            start = str(strict_json.loads(of["StoryData"]).get("start") or start)
        except (*strict_json.FAULTS, AttributeError):
            raise TweeFaulty("StoryData is no JSON object") from None
    return of.get("StoryTitle", ""), start, found


def _unescaped(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def _is_special(passage: _Passage) -> bool:
    return bool(_SPECIAL_TAGS & set(passage.tags) or _SPECIAL.fullmatch(passage.name))


def _names(passages: list[_Passage]) -> dict[str, str]:
    """Return a name that ink takes for each passage, none twice."""
    found: dict[str, str] = {}
    nths: dict[str, int] = {}  # counted, for a thousand passages may have one name in ink
    taken: set[str] = set()
    for each in passages:
        plain = re.sub(r"[^A-Za-z0-9_]+", "_", each.name).strip("_").lower() or "scene"
        plain = f"scene_{plain}" if plain[0].isdigit() or plain in {"end", "done"} else plain
        name, nth = plain, nths.get(plain, 1)
        while name in taken:
            nth += 1
            name = f"{plain}_{nth}"
        nths[plain] = nth
        taken.add(name)
        found[each.name] = name
    return found


def _knot(passage: _Passage, names: Mapping[str, str], left: list[LeftOut]) -> str:
    """Return a passage as a knot; its links are its choices, after its words."""
    text, name = passage.text, names[passage.name]
    for kind, pattern in _LEFT_OUT[:3]:
        text = _without(passage.name, kind, pattern, text, left)
    links = [_link(found["inside"]) for found in _LINK.finditer(text)]
    text = _LINK.sub(lambda found: _link(found["inside"])[0] if _is_within(found) else "", text)
    for kind, pattern in _LEFT_OUT[3:]:
        text = _without(passage.name, kind, pattern, text, left)
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip(" \t-*•")]
    said = [f"{_escaped(line)} # id: {name}.{nth}" for nth, line in enumerate(lines, 1)]
    for nth, (label, to) in enumerate(links, 1):
        if to in names:
            said.append(f"+ [{_escaped(label)} # id: {name}.c{nth}] -> {names[to]}")
        else:
            left.append(LeftOut(passage.name, "link", to))
    if not any(to in names for _label, to in links):
        said.append("-> END")
    return "\n".join((f"=== {name} ===", *said, ""))


def _without(
    passage: str, kind: str, pattern: re.Pattern[str], text: str, left: list[LeftOut]
) -> str:
    left += [LeftOut(passage, kind, found[0][:_SHOWN]) for found in pattern.finditer(text)]
    return pattern.sub("", text)


def _link(inside: str) -> tuple[str, str]:
    """Return the words of a link and the passage that it leads to."""
    for mark, is_label_first in (("->", True), ("<-", False), ("|", True)):
        before, found, after = inside.partition(mark)
        if found:
            pair = (before, after) if is_label_first else (after, before)
            return pair[0].strip(), pair[1].strip()
    return inside.strip(), inside.strip()


def _is_within(link: re.Match[str]) -> bool:
    """Return whether a link stands among other words of its line, which need its own."""
    start = link.string.rfind("\n", 0, link.start()) + 1
    end = link.string.find("\n", link.end())
    line = link.string[start : end if end >= 0 else None]
    return bool(_LINK.sub("", line).strip(" \t-*•"))


def _escaped(text: str) -> str:
    """Return words that ink shows as they are."""
    plain = _INK.sub(lambda found: "".join(f"\\{sign}" for sign in found[0]), text)
    return f"\\{plain}" if _AT_START.match(plain) else plain


def report(left_out: tuple[LeftOut, ...]) -> Iterator[str]:
    """Yield what was left out, a line each."""
    for each in left_out:
        yield f"{each.passage}: {each.kind}: {each.text}"
