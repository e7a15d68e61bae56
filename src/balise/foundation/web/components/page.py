"""What surrounds a page: where one is, which way to go, whom to call, which language."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.template import Context, Library
from django.template.loader import render_to_string
from django.urls import reverse, translate_url
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy as _

from balise.foundation import clock
from balise.foundation.statistics.usual import Usual
from balise.foundation.web import navigation, own, quick_exit
from balise.foundation.web.timeline import Step

register = Library()


@register.simple_tag(takes_context=True)
def numbers(context: Context, page: str = "public", *, whom: str = "") -> SafeString:
    """Return the numbers of a kind of page (`config/centre.py`), each to be pressed.

    `whom` is `young` or `adults`, where the page speaks to one of them alone.
    """
    wanted = settings.CENTRE.numbers_on(page, whom=whom)
    return _drawn("numbers", wanted, get_language(), origin=_outside(context))


@register.simple_tag
def number_links(page: str, *, short: bool = False) -> SafeString:
    """Return the numbers of a kind of page as links in a line: “call 17”, “text 114”.

    `short` leaves the verbs out: “17”, “SMS 114”.
    """
    wanted = settings.CENTRE.numbers_on(page)
    return _drawn("number_links", wanted, get_language(), short=short)


@cache  # nearly every page has them: the same for a kind of page in a language
def _drawn(
    part: str,
    wanted: tuple[object, ...],
    language: str | None,
    *,
    short: bool = False,
    origin: str = "",
) -> SafeString:
    known = {
        "numbers": wanted,
        "language": language or settings.LANGUAGE_CODE,
        "short": short,
        "outside": origin,
    }
    return render_to_string(f"web/parts.html#{part}", known)


def _outside(context: Context) -> str:
    """Return the public origin on a page of the app's own; "" on a page that is public itself."""
    request = context.get("request")
    is_public = request is not None and not own.is_of_own(request)
    return "" if is_public else own.outside("")  # a part that knows no request may be of either


@register.simple_tag
def text_number(page: str) -> str:
    """Return the number that is written to, of a kind of page; "" where the country has none."""
    found = (one.number for one in settings.CENTRE.numbers_on(page) if one.is_text)
    return str(next(found, ""))


@register.simple_tag
def kept_names() -> str:
    """Return the names of what our pages keep in a browser, for `exit.js`."""
    return quick_exit.told()


@register.simple_tag(takes_context=True)
def leaving_beside(context: Context) -> SafeString:
    """Return what `exit.js` needs to close the app's origin and the public one together."""
    domain, beside = settings.LEAVING_DOMAIN, ""
    if own.is_of_own(context.get("request")):
        beside = f"{settings.PUBLIC_ADDRESS}{quick_exit.EXIT_PATH}"
    said = {"domain": domain, "beside": beside}
    return format_html_join("", ' data-{}="{}"', ((name, it) for name, it in said.items() if it))


@register.simple_tag(takes_context=True)
def outside(context: Context, name: str, *args: object) -> str:
    """Return the address of a public page, for a link that a page of the app may have."""
    return f"{_outside(context)}{reverse(name, args=args)}"


@register.simple_tag
def inside(name: str, *args: object) -> str:
    """Return the address of a page of the app, for a link on any other page."""
    return own.inside(reverse(name, args=args))


@register.simple_tag
def number(code: str) -> str:
    """Return a telephone number by its code, such as `helpline`; "" where the country has none."""
    found = (one.number for one in settings.CENTRE.numbers if one.code == code)
    return str(next(found, ""))


@register.simple_tag
def steps(current: int, total: int, title: str = "") -> SafeString:
    """Return “step 2 of 3” with its dots."""
    return render_to_string(
        "web/components.html#steps",
        {"current": current, "total": total, "title": title, "dots": range(1, total + 1)},
    )


@register.simple_tag
def timeline(steps: Sequence[Step], usual: Mapping[str, Usual]) -> SafeString:
    """Return a way in steps; those ahead with how long they usually take, where that is known."""
    shown = [
        (step, usual[step.measure].words if step.is_awaited and step.measure in usual else "")
        for step in steps
    ]
    return render_to_string("web/components.html#timeline", {"steps": shown})


@register.simple_tag
def tabs(entries: Sequence[tuple[str, str, bool]], label: str) -> SafeString:
    """Return tabs that are links: (label, url, is current)."""
    return render_to_string("web/components.html#tabs", {"entries": entries, "label": label})


@register.simple_tag
def pager(*, newer: str = "", older: str = "", says: str = "", label: str = "") -> SafeString:
    """Return the ways to newer and older entries; an empty address is a way that is closed."""
    return render_to_string(
        "web/components.html#pager", {"newer": newer, "older": older, "says": says, "label": label}
    )


@register.simple_tag
def crumbs(*parts: str, label: str = "", lang: str = "") -> SafeString:
    """Return the way here: label, address, label, address, … ; the last label needs none.

    `lang` is the language of the last label, where it is not that of the page.
    """
    trail = [
        (parts[at], parts[at + 1] if at + 1 < len(parts) else "") for at in range(0, len(parts), 2)
    ]
    return render_to_string(
        "web/components.html#crumbs", {"trail": trail, "label": label, "lang": lang}
    )


@register.simple_tag
def moment(at: datetime | None, *, only: str = "") -> SafeString:
    """Return a time in the centre's zone, readable by machines; `only="date"` for a day."""
    if at is None:
        return format_html("{}", "—")
    local = timezone.localtime(at)
    words = formats.date_format(local, "DATE_FORMAT" if only == "date" else "SHORT_DATETIME_FORMAT")
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), words)


@register.simple_tag
def age(since: datetime | date) -> str:
    """Return how long something has waited: “3 hours”, “2 days”."""
    return navigation.age(since, now=clock.now(), today=clock.today())


@register.simple_tag
def line_name(line: str) -> str:
    """Return the name under which the public or the staff knows a line."""
    known = {each.code: each.name for each in settings.CENTRE.lines}
    own = {"steering": _("Steering"), "house": _("The centre"), "takedown": _("Removal")}
    return known.get(line) or str(own.get(line, line))


@register.simple_tag(takes_context=True)
def language_links(context: Context) -> SafeString:
    """Return the same public page in the other languages."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else "/"
    current = get_language()
    others = [
        (code, name, _in_language(here, code))
        for code, name in settings.LANGUAGES
        if code != current
    ]
    return render_to_string("web/components.html#language_links", {"others": others})


@register.inclusion_tag("web/staff_parts.html#navigation", takes_context=True)
def staff_navigation(context: Context) -> dict[str, object]:
    """Show the sections this actor may enter."""
    request: HttpRequest = context["request"]
    return {"sections": _sections(request), "here": request.path}


@register.inclusion_tag("web/staff_parts.html#tabs", takes_context=True)
def staff_tabs(context: Context, of: str = "") -> dict[str, object]:
    """Show the pages that are tabs of this one, with what waits in each; `of` names its entry."""
    request: HttpRequest = context["request"]
    actor = getattr(request, "actor", None)
    return {"tabs": navigation.tabs_of(_sections(request), actor, of=of) if actor else []}


def _sections(request: HttpRequest) -> list[navigation.Section]:
    """Return the sections of the person who asks; what waits is counted once for a page."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return []
    found: list[navigation.Section] | None = getattr(request, "staff_sections", None)
    if found is None:
        found = navigation.staff_sections(actor, here=request.path)
        request.staff_sections = found  # type: ignore[attr-defined]
    return found


@register.inclusion_tag("web/staff_parts.html#pulses", takes_context=True)
def staff_pulses(context: Context) -> dict[str, object]:
    """Let the page call what it is to tell by itself."""
    actor = getattr(context["request"], "actor", None)
    return {"addresses": navigation.pulses(actor) if actor else []}


@register.simple_tag(takes_context=True)
def beats_of_a_fault(context: Context) -> list[str]:
    """Return what a page of a fault goes on calling: whoever has someone keeps them there too.

    Where nobody could say yet who asks, it calls all there is, and each address answers for itself.
    """
    request = context.get("request")
    actor = getattr(request, "actor", None)
    if request is None or (actor is None and settings.SESSION_COOKIE_NAME not in request.COOKIES):
        return []
    return navigation.pulses(actor)


def _in_language(address: str, code: str) -> str:
    translated = translate_url(address, code)
    return translated if translated != address else f"/{code}/"
