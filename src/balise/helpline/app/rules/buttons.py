"""The button that other sites show: a link, drawn or not, that asks nobody for anything.

None of the three forms has a script, a style or a cookie. The first two load nothing at all, so
that a page with `default-src 'none'` may hold them; the frame is one answer of ours.
"""

from dataclasses import dataclass
from html import escape
from typing import Final
from urllib.parse import quote

LONGEST: Final = 5_000  # bytes of a button, with all that it loads
_HEIGHT: Final = 48
_LETTER: Final = 10  # pixels of a bold one at 15 pixels, at most
_AROUND: Final = 68  # pixels: the picture before the words, and the room after
_EDGE: Final = 8  # pixels around the button in its frame, for the outline of the focus


@dataclass(frozen=True, slots=True)
class Button:
    """A button: where it leads (a whole address), and what it says in one language.

    What it returns is HTML.
    """

    leads_to: str
    words: str
    language: str

    @property
    def link(self) -> str:
        """Return a plain link, which the site gives its own style."""
        return self._around(escape(self.words))

    @property
    def drawn(self) -> str:
        """Return the same link as a drawing that stands in the page itself."""
        return self._around(self.picture)

    @property
    def picture(self) -> str:
        """Return the drawing: attributes alone, which no content security policy stops."""
        wide, words = self._width, escape(self.words)
        return (
            f'<svg width="{wide}" height="{_HEIGHT}" viewBox="0 0 {wide} {_HEIGHT}" role="img" '
            f'aria-label="{words}"><rect x="1" y="1" width="{wide - 2}" height="{_HEIGHT - 2}" '
            'rx="12" fill="#0d6650" stroke="#ffffff" stroke-width="2"/><path d="M16 13h20a4 4 0 0 '
            "1 4 4v10a4 4 0 0 1-4 4H25l-6 5v-5h-3a4 4 0 0 1-4-4V17a4 4 0 0 1 4-4z"
            '" fill="#ffffff"/><text x="52" y="29" fill="#ffffff" font-family="Verdana, sans-serif"'
            f' font-size="15" font-weight="700">{words}</text></svg>'
        )

    def framed(self, address: str) -> str:
        """Return a frame with the button, for a site whose pages take nothing else."""
        return (
            f'<iframe src="{escape(address)}" title="{escape(self.words)}" '
            f'width="{self._width + 2 * _EDGE}" height="{_HEIGHT + 2 * _EDGE}" loading="lazy" '
            'referrerpolicy="no-referrer" '
            'sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>'
        )

    @property
    def _width(self) -> int:
        return _AROUND + _LETTER * len(self.words)

    def _around(self, inside: str) -> str:
        return (
            f'<a href="{escape(self.leads_to)}" hreflang="{self.language}" target="_blank" '
            f'rel="noopener noreferrer">{inside}</a>'
        )


def at_platform(page: str, platform: str) -> str:
    """Return the address of the page for a platform: after the #, which no browser sends us."""
    return f"{page}#{quote(platform)}"
