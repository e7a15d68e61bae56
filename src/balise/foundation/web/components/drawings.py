"""Our own drawings: the mark, the icons, the marks of the lines and the quiet pictures."""

from functools import cache
from importlib.resources import files
from typing import Final

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = Library()


def _symbols(name: str) -> dict[str, str]:
    """Return what each symbol of a file draws, on one line."""
    found = {}
    for each in files(__package__).joinpath(name).read_text("utf-8").split('<symbol id="')[1:]:
        code, _quote, rest = each.partition('"')
        drawn = rest.partition(">")[2].partition("</symbol>")[0]
        found[code] = "".join(line.strip() for line in drawn.splitlines())
    return found


# Inside a 24 × 24 box, drawn with a round pen of 1.75.
ICONS: Final = _symbols("icons.svg")

# What points along the line of reading, and turns with it where people read from the right.
_TURNING: Final = {
    "arrow-left",
    "arrow-right",
    "chevron-right",
    "external",
    "leave",
    "list",
    "send",
}

# The top mark that each line carries, as buoys do: told apart without colour.
LINE_MARKS: Final = _symbols("marks.svg")


class DrawingUnknown(KeyError):
    """No drawing bears this name."""


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Return an icon: silent beside a text, or named by `label` where it stands alone.

    A name we do not draw gives an empty box, never an error: a test reads all the templates.
    """
    voice = format_html('role="img" aria-label="{}"', label) if label else _SILENT
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" {}>{}</svg>',
        " icon-turns" if name in _TURNING else "",
        voice,
        mark_safe(ICONS.get(name, "")),  # noqa: S308 - our own drawing
    )


@register.simple_tag
def line_mark(line: str) -> SafeString:
    """Return the top mark of a line, in the line's colour; always beside the line's name."""
    shape = LINE_MARKS.get(line, LINE_MARKS["house"])
    return format_html(
        '<svg class="mark" data-line="{}" viewBox="0 0 24 24" {}>{}</svg>',
        line,
        _SILENT,
        mark_safe(shape),  # noqa: S308 - our own drawing
    )


@register.simple_tag
def logo() -> SafeString:
    """Return the mark of Balise, a lit buoy on the water; the word stands beside it as text."""
    return picture("logo")


@register.simple_tag
def picture(name: str) -> SafeString:
    """Return a quiet picture that says nothing the text does not say."""
    return _drawn(name)


@cache
def _drawn(name: str) -> SafeString:
    source = files("balise.foundation.web").joinpath("templates/web/pictures", f"{name}.svg")
    if not source.is_file():
        raise DrawingUnknown(name)
    return mark_safe(source.read_text(encoding="utf-8").strip())  # noqa: S308 - our own drawing


_SILENT: Final = mark_safe('aria-hidden="true" focusable="false"')
