"""Our own drawings: the mark, the icons, the marks of the lines and the quiet pictures."""

from functools import cache
from importlib.resources import files
from typing import Final

from django.template import Library
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = Library()

# Inside a 24 × 24 box, drawn with a round pen of 1.75.
ICONS: Final = {
    "alert": '<path d="M12 4 3 20h18L12 4Zm0 6v4.5m0 2.7v.1"/>',
    "arrow-down": '<path d="M12 5v14m-6-6 6 6 6-6"/>',
    "arrow-left": '<path d="M19 12H5m6 6-6-6 6-6"/>',
    "arrow-right": '<path d="M5 12h14m-6-6 6 6-6 6"/>',
    "arrow-up": '<path d="M12 19V5m-6 6 6-6 6 6"/>',
    "bell": '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15L6 16.5ZM10 21h4"/>',
    "book": '<path d="M12 6.5C9 4.3 6 4.3 3 5.2V19c3-.9 6-.9 9 1.2 3-2.1 6-2.1 9-1.2V5.2c-3-.9-6-.9-9 1.3Zm0 0v13.7"/>',  # noqa: E501
    "bookmark": '<path d="M7 4h10v16l-5-4-5 4V4Z"/>',
    "calendar": '<path d="M4 6.5h16V20H4V6.5Zm0 4.5h16M8.5 4v4m7-4v4"/>',
    "chart": '<path d="M4 20h16M7 16v-4m5 4V6m5 10V9.5"/>',
    "chat": '<path d="M4 5h16v11h-8l-4.5 4v-4H4V5Z"/>',
    "check": '<path d="m5 12.5 4.5 4.5L19 7"/>',
    "check-circle": '<circle cx="12" cy="12" r="8.5"/><path d="m8.2 12.3 2.7 2.7 5-5.6"/>',
    "chevron-down": '<path d="m6 9.5 6 6 6-6"/>',
    "chevron-right": '<path d="m9.5 6 6 6-6 6"/>',
    "clock": '<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.2 2"/>',
    "close": '<path d="m6 6 12 12M18 6 6 18"/>',
    "coin": '<circle cx="12" cy="12" r="8.5"/><path d="M15 9.2A3.6 3.6 0 0 0 9 12a3.6 3.6 0 0 0 6 2.8M8 11h4.5M8 13h4"/>',  # noqa: E501
    "compass": '<circle cx="12" cy="12" r="8.5"/><path d="m15.5 8.5-2 5-5 2 2-5 5-2Z"/>',
    "copy": '<path d="M9 8.5h10.5V20H9V8.5Zm-2.5 7H4.5V4H15v2"/>',
    "download": '<path d="M12 4v11m-5-4.5 5 5 5-5M5 20h14"/>',
    "edit": '<path d="m5 19 .9-4L16.4 4.5l3.1 3.1L9 18.1 5 19Zm9.3-12.3 3.1 3.1"/>',
    "ellipsis": '<path d="M5.5 12h.1m6.4 0h.1m6.4 0h.1" stroke-width="3"/>',
    "external": '<path d="M10 5H5v14h14v-5m-6-9h6v6m0-6-8.5 8.5"/>',
    "eye": '<path d="M2.5 12C5 7.7 8.2 5.8 12 5.8s7 1.9 9.5 6.2c-2.5 4.3-5.7 6.2-9.5 6.2S5 16.3 2.5 12Z"/><circle cx="12" cy="12" r="2.8"/>',  # noqa: E501
    "eye-off": '<path d="M5 8.7A15 15 0 0 0 2.5 12c2.5 4.3 5.7 6.2 9.5 6.2 1.3 0 2.6-.2 3.7-.7m2.9-2c1.1-1 2-2.1 2.9-3.5C19 7.7 15.8 5.8 12 5.8c-.8 0-1.6.1-2.3.3M4 4l16 16"/>',  # noqa: E501
    "file": '<path d="M6 3.5h8l4.5 4.5v12.5H6v-17Zm7.5 0V8.5h5M9 13h6.5M9 16.5h4.5"/>',
    "filter": '<path d="M4 6h16M7 12h10m-7 6h4"/>',
    "fingerprint": '<path d="M7 18.5c1.5-1.6 2-3.6 2-6.5a3 3 0 0 1 6 0c0 4-.8 6.3-2 8.5M4.5 15c.9-3-.2-6 2-8.5 3.8-3.6 10.2-1.6 11.5 3.5.5 2.3.2 5-.3 7.5M12 12c0 3.5-.6 6-2 8"/>',  # noqa: E501
    "flag": '<path d="M5.5 21V4.5h12L15 9l2.5 4.5h-12"/>',
    "folder": '<path d="M3.5 6h6l2 2.5h9V19h-17V6Z"/>',
    "globe": '<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5.5 5 11.5 0 17-5-5.5-5-11.5 0-17Z"/>',  # noqa: E501
    "heart": '<path d="M12 20C5.5 15.5 3.5 12.5 3.5 9.3A4.3 4.3 0 0 1 12 8a4.3 4.3 0 0 1 8.5 1.3c0 3.2-2 6.2-8.5 10.7Z"/>',  # noqa: E501
    "help": '<circle cx="12" cy="12" r="8.5"/><path d="M9.5 9.7a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8m0 2.8v.1"/>',  # noqa: E501
    "history": '<path d="M4 5v4.5h4.5M4.3 9.5A8.3 8.3 0 1 1 3.7 13M12 8v4.5l3 1.8"/>',
    "home": '<path d="m3.5 11.5 8.5-7 8.5 7M6 10v10h12V10m-7.5 10v-5.5h3V20"/>',
    "image": '<path d="M4 5h16v14H4V5Zm0 11 5-5 4 4 2.5-2.5L20 17M15.5 9h.1"/>',
    "inbox": '<path d="M4 13.5 6.5 5h11l2.5 8.5V19H4v-5.5Zm0 0h5l1.2 2.5h3.6l1.2-2.5h5"/>',
    "info": '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5m0-8.8v.1"/>',
    "key": '<circle cx="8" cy="15.5" r="4"/><path d="m11 12.5 8-8m-3 3 2.5 2.5"/>',
    "keyboard": '<path d="M3 6.5h18v11H3v-11Zm5 7.5h8M6.5 10h.1m3.6 0h.1m3.6 0h.1m3.5 0h.1"/>',
    "leave": '<path d="M13 4H5v16h8m-3-8h10.5m-4-4 4 4-4 4"/>',
    "lifebuoy": '<circle cx="12" cy="12" r="8.5"/><circle cx="12" cy="12" r="3.5"/><path d="m6 6 3.5 3.5m5 5L18 18m0-12-3.5 3.5m-5 5L6 18"/>',  # noqa: E501
    "link": '<path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 0 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1"/>',  # noqa: E501
    "list": '<path d="M9 6h11M9 12h11M9 18h11M4.5 6h.1m-.1 6h.1m-.1 6h.1"/>',
    "lock": '<path d="M5.5 11h13v9.5h-13V11Zm3 0V8a3.5 3.5 0 0 1 7 0v3m-3.5 3.5V17"/>',
    "mail": '<path d="M3.5 6h17v12.5h-17V6Zm0 1 8.5 6.5L20.5 7"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "minus": '<path d="M5 12h14"/>',
    "moon": '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10Z"/>',
    "pause": '<path d="M8.5 5.5v13m7-13v13"/>',
    "phone": '<path d="M5 4h4l1.5 4.5L8 10.3a11 11 0 0 0 5.7 5.7l1.8-2.5L20 15v4c0 .6-.4 1-1 1A15 15 0 0 1 4 5c0-.6.4-1 1-1Z"/>',  # noqa: E501
    "play": '<path d="M7.5 5v14l11-7-11-7Z"/>',
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "printer": '<path d="M7 9V4h10v5m0 7h3V9H4v7h3m0-2.5h10V20H7v-6.5Z"/>',
    "receipt": '<path d="M6 3.5h12v17l-2-1.5-2 1.5-2-1.5-2 1.5-2-1.5-2 1.5v-17ZM9 8h6m-6 4h6"/>',
    "refresh": '<path d="M19.5 5v4.5H15m4.2 0A8 8 0 1 0 20 13"/>',
    "scale": '<path d="M12 4v16m-4.5 0h9M5 7h14M5 7l-2.5 6.5a3 3 0 0 0 5 0L5 7Zm14 0-2.5 6.5a3 3 0 0 0 5 0L19 7Z"/>',  # noqa: E501
    "search": '<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5.5 5.5"/>',
    "send": '<path d="m4 12 16.5-8L16 20.5l-4-6.5-8-2Zm8 2 8.5-10"/>',
    "server": '<path d="M4 4.5h16v6H4v-6Zm0 9h16v6H4v-6Zm3.5-6h.1m-.1 9h.1"/>',
    "shield": '<path d="M12 3.5 19.5 6v6c0 4.5-3 7-7.5 8.5-4.5-1.5-7.5-4-7.5-8.5V6L12 3.5Z"/>',
    "sliders": '<path d="M4 7h9m4 0h3M4 17h3m4 0h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>',  # noqa: E501
    "star": '<path d="m12 4 2.5 5.2 5.7.8-4.1 4 1 5.7L12 17l-5.1 2.7 1-5.7-4.1-4 5.7-.8L12 4Z"/>',
    "sun": '<circle cx="12" cy="12" r="4"/><path d="M12 3v2m0 14v2m9-9h-2M5 12H3m15.4-6.4L17 7M7 17l-1.4 1.4m12.8 0L17 17M7 7 5.6 5.6"/>',  # noqa: E501
    "table": '<path d="M3 10h18M5 10v9m14-9v9M8 6.5h8"/><circle cx="12" cy="6.5" r="2.5"/>',
    "trash": '<path d="M4.5 7h15M9.5 7V4.5h5V7m-8 0 1 13h9l1-13m-7 3.5v6m4-6v6"/>',
    "unlock": '<path d="M5.5 11h13v9.5h-13V11Zm3 0V8a3.5 3.5 0 0 1 6.7-1.4M12 14.5V17"/>',
    "upload": '<path d="M12 15V4M7 8.5l5-5 5 5M5 20h14"/>',
    "user": '<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.5-4.5 3.5-6.5 7.5-6.5s7 2 7.5 6.5"/>',  # noqa: E501
    "users": '<circle cx="9" cy="8.5" r="3.5"/><path d="M2.5 19.5c.4-3.8 3-5.5 6.5-5.5s6.1 1.7 6.5 5.5M15 5.3a3.5 3.5 0 0 1 0 6.4m3 2.8c2 .8 3.2 2.5 3.5 5"/>',  # noqa: E501
}

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
LINE_MARKS: Final = {
    "hotline": '<rect x="5" y="5" width="14" height="14" rx="2"/>',
    "helpline": '<path d="M12 3.8 21 19.5H3L12 3.8Z" stroke-linejoin="round"/>',
    "awareness": '<path d="m8 3.5 4 4 4-4L20.5 8l-4 4 4 4-4.5 4.5-4-4-4 4L3.5 16l4-4-4-4L8 3.5Z"/>',
    "steering": '<circle cx="12" cy="12" r="8"/>',
    "house": '<path d="M12 3.5c4.7 0 8.5 3.8 8.5 8.5H3.5c0-4.7 3.8-8.5 8.5-8.5Zm-8.5 11.5h17c-1 3.3-4.4 5.5-8.5 5.5S4.5 18.3 3.5 15Z"/>',  # noqa: E501
}


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
