"""The pieces of a page: buttons, badges, alerts, cards, tables, dialogs, figures."""

from collections.abc import Iterable, Sequence
from typing import Final

from django.template import Library
from django.template.defaultfilters import linebreaksbr
from django.template.loader import render_to_string
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from balise.foundation import countries
from balise.foundation.web.components.drawings import icon as draw_icon, line_mark
from balise.foundation.web.components.page import line_name

register = Library()

_TONE_ICONS: Final = {"good": "check-circle", "warn": "alert", "danger": "alert", "note": "info"}


@register.simple_tag
def button(
    label: str, *, kind: str = "primary", icon: str = "", **attributes: object
) -> SafeString:
    """Return a button; `kind` is primary, quiet, plain or danger; submits unless `type=`."""
    attributes.setdefault("type", "submit")
    return format_html(
        '<button class="button button-{}"{}>{}<span>{}</span></button>',
        kind,
        _attributes(attributes),
        draw_icon(icon) if icon else "",
        label,
    )


@register.simple_tag
def link_button(
    label: str, url: str, *, kind: str = "primary", icon: str = "", **attributes: object
) -> SafeString:
    """Return a link that looks like a button."""
    return format_html(
        '<a class="button button-{}" href="{}"{}>{}<span>{}</span></a>',
        kind,
        url,
        _attributes(attributes),
        draw_icon(icon) if icon else "",
        label,
    )


@register.filter
def country_name(code: str) -> str:
    """Return a country's name in the language of the page; the code where none is known."""
    return countries.country_name(code)


@register.filter
def grouped(number: int) -> str:
    """Return a number with its thousands apart, as the language of the page has them."""
    return number_format(number, force_grouping=True)


@register.simple_tag
def tag(label: object, tone: str = "plain", *, icon: str = "") -> SafeString:
    """Return a badge: words first, the tone's colour and icon only underline them."""
    drawing = icon or _TONE_ICONS.get(tone, "")
    return format_html(
        '<span class="tag tag-{}">{}{}</span>', tone, draw_icon(drawing) if drawing else "", label
    )


@register.simple_tag
def line_tag(line: str, name: object = "") -> SafeString:
    """Return a line's badge: its top mark and its name (its own unless given)."""
    return format_html(
        '<span class="tag tag-line" data-line="{}">{}{}</span>',
        line,
        line_mark(line),
        name or line_name(line),
    )


@register.simple_tag
def key(*keys: str) -> SafeString:
    """Return a keyboard hint, as `{% key "Shift" "?" %}`."""
    return format_html_join("+", "<kbd>{}</kbd>", ((each,) for each in keys))


@register.simple_tag
def copy(text: str, label: str = "") -> SafeString:
    """Return a button that copies `text`; hidden where there is no script."""
    return format_html(
        '<button class="button button-quiet" type="button" data-copy="{}" data-copied="{}" hidden>'
        "{}<span>{}</span></button>",
        text,
        _("Copied"),
        draw_icon("copy"),
        label or _("Copy"),
    )


@register.simple_block_tag
def alert(content: str, tone: str = "note", title: str = "", *, live: bool = False) -> SafeString:
    """Return a notice; `live` when it answers what the person has just done."""
    return format_html(
        '<div class="alert alert-{}"{}>{}<div>{}{}</div></div>',
        tone,
        conditional_escape(format_html(' role="{}"', "status")) if live else "",
        draw_icon(_TONE_ICONS.get(tone, "info")),
        format_html('<p class="alert-title">{}</p>', title) if title else "",
        content,
    )


@register.simple_block_tag
def card(
    content: str, title: str = "", url: str = "", *, icon: str = "", line: str = "", level: int = 2
) -> SafeString:
    """Return a card; with `url` its title leads there and the whole card can be pressed."""
    return render_to_string(
        "web/components.html#card",
        {
            "content": content,
            "title": title,
            "url": url,
            "icon": icon,
            "line": line,
            "level": level,
        },
    )


@register.simple_block_tag
def table(content: str, caption: str, *, keys: bool = False, quiet: bool = False) -> SafeString:
    """Return a table around its rows; on a phone each row folds, by the cells' `data-label`.

    `keys` lets j, k and Enter walk the rows; `quiet` keeps the caption for screen readers.
    """
    return render_to_string(
        "web/components.html#table",
        {"content": content, "caption": caption, "keys": keys, "quiet": quiet},
    )


@register.simple_tag
def facts(pairs: Iterable[tuple[object, object]]) -> SafeString:
    """Return a description list of (label, value); an empty value is said as “not given”."""
    rows = [(label, value if value not in {None, ""} else _("not given")) for label, value in pairs]
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join("", "<div><dt>{}</dt><dd>{}</dd></div>", rows),
    )


@register.simple_tag
def said(pairs: Iterable[tuple[object, str]]) -> SafeString:
    """Return a description list of (label, what someone wrote), line by line."""
    rows = [(label, linebreaksbr(words)) for label, words in pairs]
    return format_html(
        '<dl class="facts">{}</dl>',
        format_html_join("", "<div><dt>{}</dt><dd><bdi>{}</bdi></dd></div>", rows),
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, *, opened: bool = False) -> SafeString:
    """Return a text that opens under its summary."""
    return format_html(
        '<details class="disclosure"{}><summary><span>{}</span></summary><div>{}</div></details>',
        SafeString(" open") if opened else "",
        summary,
        content,
    )


@register.simple_block_tag
def dialog(content: str, identifier: str, title: str) -> SafeString:
    """Return a native dialog; `{% dialog_button %}` opens it."""
    return render_to_string(
        "web/components.html#dialog", {"content": content, "identifier": identifier, "title": title}
    )


@register.simple_tag
def dialog_button(
    label: str, identifier: str, *, kind: str = "quiet", icon: str = ""
) -> SafeString:
    """Return the button that opens a dialog."""
    return button(
        label, kind=kind, icon=icon, type="button", commandfor=identifier, command="show-modal"
    )


@register.simple_block_tag
def empty(content: str, title: str, picture: str = "calm") -> SafeString:
    """Return the state of a list with nothing in it: a quiet picture and what to do next."""
    return render_to_string(
        "web/components.html#empty", {"content": content, "title": title, "picture": picture}
    )


@register.simple_block_tag
def figure(content: str, value: object, sentence: str, *, change: str = "") -> SafeString:
    """Return a key figure with the sentence that says what it means, and room for its chart."""
    return render_to_string(
        "web/components.html#figure",
        {"content": content, "value": value, "sentence": sentence, "change": change},
    )


@register.simple_tag
def priority_points(points: Sequence[tuple[object, int]], total: int | None = None) -> SafeString:
    """Return why something comes first: (reason, points) and their total."""
    return render_to_string(
        "web/components.html#priority_points",
        {
            "points": points,
            "total": sum(each for _reason, each in points) if total is None else total,
        },
    )


def _attributes(attributes: dict[str, object]) -> SafeString:
    present = (
        (name.rstrip("_").replace("_", "-"), "" if value is True else value)
        for name, value in attributes.items()
        if value not in {None, False, ""}
    )
    return format_html_join("", ' {}="{}"', present)
