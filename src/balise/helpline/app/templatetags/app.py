"""What pages of the app say of its looks, and whom a dangerous answer leads to."""

import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.template import Library
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from balise.helpline.app.queries.words import shown_plan
from balise.helpline.app.rules.looks import icon, looks as of_country
from balise.helpline.app.rules.plan import Plan
from balise.helpline.app.rules.ways import CHAT, Way

register = Library()


@register.simple_tag
def looks(code: str = "") -> SafeString:
    """Return the manifest of one look, that of the centre if none is named, and all their names.

    `app/look.js` puts another in its place where this device chose one.
    """
    found = of_country(settings.COUNTRY)
    shown = code or found[0].code
    known = {
        each.code: {
            "name": str(each.name),
            "icon": static(icon(each.code)),
            "manifest": reverse("app:manifest", args=[each.code]),
        }
        for each in found
    }
    return format_html(
        '<link rel="manifest" href="{}"><link rel="apple-touch-icon" href="{}">'
        '<meta name="app-looks" content="{}" data-shown="{}">',
        known[shown]["manifest"],
        static(icon(shown, 192)),
        json.dumps(known, ensure_ascii=False, separators=(",", ":")),
        code,
    )


@register.inclusion_tag("helpline/app/parts.html#way_buttons")
def way_buttons(codes: Sequence[str], whom: str, *, kind: str = "") -> dict[str, Any]:
    """Show the numbers of the centre that codes name, and the chat, each to be pressed."""
    return {"buttons": _buttons(codes, whom), "whom": whom, "kind": kind}


@register.inclusion_tag("helpline/app/parts.html#slim")
def way_links(ways: Sequence[Way], whom: str) -> dict[str, Any]:
    """Show the first buttons of all ways in a line, each once, with the letters that it is for."""
    letters: dict[str, str] = {}
    for way in ways:
        for code in way.first:
            letters[code] = letters.get(code, "") + way.danger
    links = [
        (found, dangers) for code, dangers in letters.items() for found in _buttons([code], whom)
    ]
    return {"links": links, "whom": whom}


@register.simple_tag
def hard_moments() -> Plan | None:
    """Return the plan for hard moments; None where it waits for a signature."""
    return shown_plan()


@register.simple_tag
def way_of(ways: Sequence[Way], danger: str) -> Way | None:
    """Return the way of a danger's letter, or None."""
    return next((one for one in ways if one.danger == danger), None)


def _buttons(codes: Sequence[str], whom: str) -> list[Any]:
    """Return numbers of the centre, and CHAT, by their codes; what a centre has not is left out."""
    known = {one.code: one for one in settings.CENTRE.numbers if whom in one.whom}
    found = []
    for code in codes:
        there = [CHAT if each == CHAT else known.get(each) for each in code.split("/")]
        found += [one for one in there if one][:1]
    return found
