"""What in a text looks like an address, and where it ends, before it is read.

Nothing here decides what a text means: `addresses` does.
"""

import re
from collections.abc import Iterator

from balise.foundation.url import parse_web
from balise.takedown.tracing.rules.pages import is_known_suffix

_SEPARATOR = r"\[://\]|\(://\)|(?:\[:\]|\(:\)|:)(?:\[//\]|%s)"
START = re.compile(rf"h(tt|xx|\*\*)p(s?)({_SEPARATOR % r'[/\\]*'})", re.IGNORECASE)
# Not the end of another scheme (`git+https://`).
_WEB_START = rf"(?<![\w+.-])h(?:tt|xx|\*\*)ps?(?:{_SEPARATOR % r'//|\\\\'})"
_WEB = re.compile(rf"{_WEB_START}\S*", re.IGNORECASE)
# Between two addresses of one line: spaces, a comma or a semicolon, perhaps “and”, before a scheme.
_BETWEEN = re.compile(
    rf"(?<!\s)(?:\s*+[,;]\s*+|\s++(?:(?:et|and|&)\s++)?)(?={_WEB_START})", re.IGNORECASE
)
DOTTED = re.compile(r"\[\.\]|\(\.\)|\{\.\}|[\[({](?:dot|point)[\])}]|\[\.|\.\]", re.IGNORECASE)
_SPOKEN_DOT = re.compile(r"(?<=\w)\s+(?:dot|point)\s+(?=\w)", re.IGNORECASE)
AUTHORITY = re.compile(r"[^/\\?#]*")
_BARE = re.compile(r"[^\s/\\?#@:\[]+(?::\d{1,5})?(?=[/?#]|$)")
_BARE_IP = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\])(?![\w.])")

# Around an address: spaces, marks of writing direction and of byte order, quotes and brackets.
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
OUTSIDE = " \t\r\n\v\f\u00a0\u202f\u2007\u3000" + _INVISIBLE
_PAIRS = dict(zip("<\"'«“‘(`„‹", ">\"'»”’)`“›", strict=True))
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_TRAILING = ".,;:!?…\"'»”’>*" + OUTSIDE
# Marks at the end of an address that may be those of the text it was copied from.
TAIL = ",;.…\"'»”’>)]}"


def apart(text: str) -> list[str]:
    """Return the addresses that a line names one after the other; the line alone if it names one.

    A comma, a semicolon or spaces part two addresses if a scheme follows; where none follows, if
    each piece is an address.
    """
    bare = text.strip(OUTSIDE)
    if not bare or not begins_with_address(bare):
        return [bare]
    pieces = [piece.strip(OUTSIDE) for piece in _BETWEEN.split(bare)]
    words = [word.rstrip(",;") for word in bare.split()]
    if len(pieces) == 1 and all(map(_stands_alone, words)):
        pieces = words
    return pieces


def without_tail(text: str) -> str:
    """Return an address without the marks at its end that may be those of the text around it."""
    return _without_marks(text, TAIL)


def has_tail(text: str) -> bool:
    """Return whether an address ends with marks that may not be its own."""
    return text[-1] in TAIL and without_tail(text) != text


def begins_with_address(text: str) -> bool:
    """Return whether a text begins with an address, with its scheme or without."""
    if START.match(text):
        return True
    first, *_others = text.split(maxsplit=1) or [""]
    return _stands_alone(first.rstrip(",;"))


def after_scheme(text: str) -> int:
    """Return where the name of the site begins in a text that begins with an address."""
    start = START.match(text)
    return start.end() if start else 0


def with_spoken_dots(text: str) -> str:
    """Return a text with the dots put back that were spoken in the name of its site.

    Those of a path stay: they may be words.
    """
    begins = after_scheme(text)
    authority = AUTHORITY.match(text, begins)
    ends = authority.end() if authority else begins
    spoken = text[:begins] + _SPOKEN_DOT.sub(".", text[begins:ends]) + text[ends:]
    if spoken == text:
        return text
    new = set(candidates(spoken)) - set(candidates(text))
    return spoken if any(is_known_suffix(site_of(word)) for word in new) else text


def unwrapped(text: str) -> str:
    """Return a text without the quotes and brackets around all of it."""
    for _layer in range(3):
        if len(text) > 1 and _PAIRS.get(text[0]) == text[-1]:
            text = text[1:-1].strip(OUTSIDE)
    return text


def candidates(text: str) -> Iterator[str]:
    """Yield the pieces of a text that look like addresses: with a scheme, else without."""
    whole = not has_space(text)
    found = False
    for match in _WEB.finditer(text):
        found = True
        yield match[0] if whole else _without_marks(match[0])
    if found:
        return
    for piece in text.split():
        word = piece if whole else _without_marks(unwrapped(piece))
        if _stands_alone(word):
            yield word


def _stands_alone(word: str) -> bool:
    """Return whether a word without a scheme can be meant as an address: `exemple.fr/page`."""
    host = site_of(word)
    if not host or not _BARE.match(refanged(word)):
        return _BARE_IP.match(word) is not None
    return (
        _BARE_IP.match(word) is not None
        or is_known_suffix(host)
        or (host.startswith("www.") and host.count(".") > 1)
    )


def site_of(word: str) -> str:
    """Return the host that a word without a scheme would have, canonical; "" if it has none."""
    start = START.match(word)
    match = AUTHORITY.match(refanged(word[start.end() :] if start else word))
    try:
        return str(parse_web(f"https://{match[0] if match else ''}").hostname)
    except ValueError:
        return ""


def refanged(rest: str) -> str:
    """Return what follows a scheme with its dots put back.

    Brackets in a path may be meant: they are touched only where the host's dots were disarmed too.
    """
    match = AUTHORITY.match(rest)
    authority = match[0] if match else ""
    if authority.startswith("[") and ":" in authority:  # an IPv6 address keeps its brackets
        return rest
    return DOTTED.sub(".", rest) if DOTTED.search(authority) else rest


def _without_marks(word: str, marks: str = _TRAILING) -> str:
    """Return a word without marks at its end; a bracket that is opened in the word stays."""
    end = len(word)
    surplus = {close: word.count(close) - word.count(opened) for opened, close in _BRACKETS}
    while end:
        last = word[end - 1]
        if last in surplus:
            if surplus[last] <= 0:
                break
            surplus[last] -= 1
        elif last not in marks:
            break
        end -= 1
    return word[:end]


def has_space(text: str) -> bool:
    """Return whether there are spaces, tabs or line ends between words of a text."""
    return len(text.split(maxsplit=1)) > 1
