"""A page's HTML as blocks of words, for what is not drawn by a browser. Pure."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

_ALONE: Final = frozenset({"h2", "h3", "p"})
_LISTS: Final = frozenset({"ul", "ol"})


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `href` is where they lead."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading (h2, h3), a paragraph (p) of one line, or a list (ul, ol) of several."""

    kind: str
    lines: list[list[Run]] = field(default_factory=list)

    def said(self) -> list[str]:
        """Return its lines in words alone."""
        return ["".join(run.text for run in line) for line in self.lines]


def blocks_of(html: str, *, site: str) -> list[Block]:
    """Return the blocks of HTML made of `rules.BODY`; addresses without a host get `site`.

    A list in a list is told by the entries of the outer one.
    """
    reader = _Reader(site)
    reader.feed(html)
    reader.close()
    whole = [Block(each.kind, [line for line in each.lines if line]) for each in reader.blocks]
    return [block for block in whole if block.lines]


class _Reader(HTMLParser):
    def __init__(self, site: str) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._site = site
        self._within: list[str] = []
        self._href = ""
        self._lists = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ALONE and not self._lists:
            self.blocks.append(Block(tag, [[]]))
        elif tag in _LISTS:
            self._lists += 1
            if self._lists == 1:
                self.blocks.append(Block(tag))
        elif tag == "li" and self.blocks:
            self.blocks[-1].lines.append([])
        elif tag == "a":
            href = dict(attrs).get("href") or ""
            self._href = f"{self._site}{href}" if href.startswith("/") else href
        self._within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _LISTS:
            self._lists -= 1
        elif tag == "a":
            self._href = ""
        if tag in self._within:
            del self._within[len(self._within) - 1 - self._within[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if not self.blocks or not self.blocks[-1].lines or not data.strip("\n"):
            return
        strong = bool({"b", "strong"} & set(self._within))
        emphasis = bool({"i", "em"} & set(self._within))
        self.blocks[-1].lines[-1].append(Run(data, strong, emphasis, self._href))
