"""Captions and chapters of a film, as WebVTT (W3C, 2019), refused in words that lead to the line.

Of the format we take what people write: cues with a name, their times and settings, notes, styles.
Chapters may also be plain lines, `0:42 The garden`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from balise.awareness.publications.rules.taxonomy import PACKAGE
from balise.foundation.packs import PackFaulty, Words, beside, load

LONGEST: Final = 200_000  # characters: some ten hours of speech
_ARROW: Final = "-->"
_ASIDE: Final = ("NOTE", "STYLE", "REGION")
_ROUNDING: Final = 1  # seconds by which a cue may end after the film


class CaptionsFaulty(ValueError):
    """What was given is no captions or no chapters; `str()` says why, in the editor's language."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Words, and from when to when they are shown, in seconds; `line` is where they stand."""

    begins: float
    ends: float
    says: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a film, and when it begins, in whole seconds."""

    begins: int
    title: str

    @property
    def at(self) -> str:
        """Return when it begins, as people write it: `0:42`, `1:02:03`."""
        return clock(self.begins)


def clock(seconds: int) -> str:
    """Return a length as people write it: `0:42`, `1:02:03`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def cues(text: str, *, seconds: float = 0) -> list[Cue]:
    """Return the cues of a file, in their order; `seconds` is how long the film is, 0 for unknown.

    Refuses an empty file, one without a cue, one that does not begin with `WEBVTT`, a time that
    is none, a cue that ends before it begins or after the film, or begins before the last one.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    if not text.strip():
        raise CaptionsFaulty(_("The file is empty."))
    if len(text) > LONGEST:
        raise CaptionsFaulty(_("The file is too long."))
    if lines[0].partition(" ")[0].strip() != "WEBVTT":
        raise CaptionsFaulty(_("This is not WebVTT: the first line must be “WEBVTT”."))
    found = [_cue(block) for block in _blocks(lines) if any(_ARROW in line for _at, line in block)]
    if not any(cue.says for cue in found):
        raise CaptionsFaulty(_("This file has no caption."))
    _refuse_disorder(found, seconds)
    return found


def chapters(text: str, *, seconds: float = 0) -> list[Chapter]:
    """Return chapters, from WebVTT or from lines `0:42 title`; none for no text.

    Refuses a line without a time or a title, and what `cues` refuses.
    """
    if text.lstrip("\ufeff").startswith("WEBVTT"):
        return [Chapter(int(each.begins), each.says) for each in cues(text, seconds=seconds)]
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        if line.strip():
            time, _space, title = line.strip().partition(" ")
            if not title.strip():
                raise CaptionsFaulty(
                    _("Line %(line)s: write a time and a title, such as “0:42 The garden”.")
                    % {"line": at}
                )
            begins = _seconds(time, at)
            found.append(Cue(begins, begins + 1, title.strip(), at))
    _refuse_disorder(found, seconds)
    return [Chapter(int(each.begins), each.says) for each in found]


def _blocks(lines: Sequence[str]) -> Iterable[list[tuple[int, str]]]:
    """Yield what stands between empty lines, with the number of each line; asides are left out."""
    block: list[tuple[int, str]] = []
    for at, line in enumerate([*lines[1:], ""], 2):
        if line.strip():
            block.append((at, line.strip()))
        elif block:
            if block[0][1].partition(" ")[0] not in _ASIDE:
                yield block
            block = []


def _cue(block: Sequence[tuple[int, str]]) -> Cue:
    place = next(place for place, (_at, line) in enumerate(block) if _ARROW in line)
    at, times = block[place]
    begins, _arrow, rest = times.partition(_ARROW)
    ends = rest.split()[0] if rest.split() else ""
    says = "\n".join(line for _at, line in block[place + 1 :])
    return Cue(_seconds(begins.strip(), at), _seconds(ends, at), says, at)


def _seconds(time: str, line: int) -> float:
    """Return a time in seconds; hours and thousandths may be left out."""
    parts = time.split(":")
    seconds, _dot, thousandths = parts[-1].partition(".")
    whole = [*parts[:-1], seconds]
    is_time = len(parts) in {2, 3} and all(_is_number(each) for each in whole)
    if not is_time or (thousandths and not _is_number(thousandths)):
        raise CaptionsFaulty(
            _("Line %(line)s: “%(time)s” is not a time, such as 00:42.000.")
            % {"line": line, "time": time[:20]}
        )
    total = 0
    for each in whole:
        total = total * 60 + int(each)
    return total + float(f"0.{thousandths or 0}")


def _is_number(digits: str) -> bool:
    return len(digits) in range(1, 5) and digits.isascii() and digits.isdigit()


def _refuse_disorder(found: Sequence[Cue], seconds: float) -> None:
    for cue in found:
        if cue.ends <= cue.begins:
            raise CaptionsFaulty(
                _("Line %(line)s: these words end before they begin.") % {"line": cue.line}
            )
        if seconds and cue.ends > seconds + _ROUNDING:
            raise CaptionsFaulty(
                _("Line %(line)s: the film ends at %(end)s, before these words.")
                % {"line": cue.line, "end": clock(int(seconds))}
            )
    for before, after in pairwise(found):
        if after.begins < before.begins:
            raise CaptionsFaulty(_("Line %(line)s: the times go backwards.") % {"line": after.line})


# The films and comics of a country's pack. Pure.
#
# A film is a WebM, a poster, and captions in each language; a comic is a plate of panels.


_FOLDER: Final = "films"
_PLATES: Final = "comics"


@dataclass(frozen=True, slots=True)
class Reel:
    """A film as it is stored in the pack; its captions say what is seen, for it has no sound."""

    name: str
    film: bytes
    poster: bytes
    captions: Mapping[str, str]

    def transcript(self, language: str) -> str:
        """Return the words of its captions as a text."""
        return "\n\n".join(each.says for each in cues(self.captions[language]))


@cache
def reel(country: str, name: str) -> Reel:
    """Return a film of a country's pack. Raises PackFaulty."""
    folder = beside(PACKAGE, country=country, name="starter").joinpath(_FOLDER)
    captions = {
        file.name.split(".")[1]: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.startswith(f"{name}.") and file.name.endswith(".vtt")
    }
    if not captions:
        raise PackFaulty(f"films: {name} has no captions")
    film, poster = (folder.joinpath(f"{name}.{kind}").read_bytes() for kind in ("webm", "webp"))
    return Reel(name, film, poster, captions)


def plate(country: str, name: str) -> bytes:
    """Return the panels of a comic of a country's pack, as one WebP."""
    folder = beside(PACKAGE, country=country, name="starter").joinpath(_PLATES)
    return folder.joinpath(f"{name}.webp").read_bytes()


# Films at other sites: whose player we know, and at which address it is.


_SCHEME: Final = "https://"
_LONGEST: Final = 64  # characters of a film's name there


@dataclass(frozen=True, slots=True)
class Site:
    """A site that shows films: how its pages begin, and the address of its player.

    `{host}` and `{id}` of `frame` are the host of the page and the film's name there.
    """

    name: str
    company: Words
    at: tuple[str, ...]
    frame: str


@dataclass(frozen=True, slots=True)
class Outside:
    """A film at another site."""

    site: Site
    frame: str

    @property
    def origin(self) -> str:
        """Return the origin of the player, which its page alone may frame."""
        return _SCHEME + self.frame.removeprefix(_SCHEME).partition("/")[0]


@cache
def sites(country: str) -> tuple[Site, ...]:
    """Return the sites of a country's pack. Raises PackFaulty."""
    return tuple(_site(row) for row in load(PACKAGE, country=country, name="sites")["sites"])


def _site(row: dict[str, object]) -> Site:
    name, frame, at = str(row["name"]), str(row["frame"]), row["at"]
    if not frame.startswith(_SCHEME) or not isinstance(at, list):
        raise PackFaulty(f"sites: {name} has no address of its player or of its pages")
    company = Words.read(row["company"], where=f"sites: {name}")
    return Site(name, company, tuple(map(str, at)), frame)


def outside(address: str, known: Iterable[Site]) -> Outside | None:
    """Return the film that an address shows; None for what no known site has."""
    place = address.strip().removeprefix(_SCHEME)
    for site in known:
        for beginning in site.at:
            if place.startswith(beginning):
                name = _name(place.removeprefix(beginning))
                if name:
                    host = beginning.partition("/")[0]
                    return Outside(site, site.frame.format(host=host, id=name))
    return None


def _name(rest: str) -> str:
    """Return the name of a film at the beginning of what follows; "" for none."""
    for at, letter in enumerate(rest):
        if not (letter.isascii() and (letter.isalnum() or letter in "-_")):
            return rest[:at] if at <= _LONGEST and letter in "?&#/" else ""
    return rest if len(rest) <= _LONGEST else ""
