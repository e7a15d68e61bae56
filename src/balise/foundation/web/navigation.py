"""The ways into the lines, told by their modules; the house knows none of them."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.request import split_domain_port
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import npgettext, pgettext, pgettext_lazy

from balise.foundation.actors import Actor
from balise.foundation.web import errors, own

# What waits for one person, as their home shows it: numbers and days, never a bare link.
#
# Each module tells its own (`due` of a `StaffEntry`); what has neither a number nor a day is left
# out.


AHEAD = timedelta(days=30)
_HOURS_TOLD = 48


class Part(TextChoices):
    """The parts of the home, in their order."""

    LATE = "late", pgettext_lazy("home", "Overdue")
    MINE = "mine", pgettext_lazy("home", "Yours")
    WAITS = "waits", pgettext_lazy("home", "Waiting")
    TODAY = "today", pgettext_lazy("home", "Today")
    SOON = "soon", pgettext_lazy("home", "In the next 30 days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One line of a home: a number of things (`count`), or the day of one (`on`).

    `since` is since when the oldest waits: a moment, or a day. `url` is where it is, if that is not
    the page of its entry.
    """

    says: str | Promise
    part: Part = Part.WAITS
    count: int = 0
    since: datetime | date | None = None
    on: datetime | date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a home, with the place that it leads to and the line of work that it is of."""

    due: Due
    line: str
    icon: str
    url: str


def age(since: datetime | date, *, now: datetime, today: date) -> str:
    """Return how long something has waited, in its largest unit: minutes, hours, or days from two.

    What waits since a day, and not a moment, is told in days.
    """
    if not isinstance(since, datetime):
        return _days(max((today - since).days, 0))
    minutes = max(int((now - since).total_seconds()) // 60, 0)
    hours = minutes // 60
    if hours >= _HOURS_TOLD:
        return _days(hours // 24)
    if hours:
        return npgettext("age", "%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    if not minutes:
        return pgettext("age", "less than a minute")
    return npgettext("age", "%(count)s minute", "%(count)s minutes", minutes) % {"count": minutes}


def _days(count: int) -> str:
    return npgettext("age", "%(count)s day", "%(count)s days", count) % {"count": count}


def parts(
    lines: Iterable[Line], *, today: date, day_of: Callable[[datetime], date]
) -> Sequence[tuple[Part, Sequence[Line]]]:
    """Return the parts that have lines, each with its own.

    What is dated stands by its day, up to AHEAD from today, and not at all once it is past. What is
    overdue stands by age, the oldest first; the others stay in the order of the modules.
    """

    def on(moment: datetime | date) -> date:
        return day_of(moment) if isinstance(moment, datetime) else moment

    found: dict[Part, list[Line]] = {part: [] for part in Part}
    for each in lines:
        if each.due.on is not None:
            day = on(each.due.on)
            if today <= day <= today + AHEAD:
                found[Part.TODAY if day == today else Part.SOON].append(each)
        elif each.due.count > 0:
            found[each.due.part].append(each)
    found[Part.LATE].sort(key=lambda each: on(each.due.since) if each.due.since else today)
    for part in (Part.TODAY, Part.SOON):
        found[part].sort(key=lambda each: on(each.due.on) if each.due.on else today)
    return [(part, rows) for part, rows in found.items() if rows]


# `/cms/` on a host of its own: what a script in it reached would be on another origin.
#
# On that host there are Wagtail's pages, sign-in and one's own account, and the files that these
# load; its session is a cookie of that host alone. Elsewhere there is no `/cms/`.


AREA: Final = "/cms/"
BESIDE: Final = (
    *("/staff/account/", "/staff/demonstration/", "/staff/display/"),
    *("/csp/", "/favicon.ico", "/robots.txt"),
)
TO_AREA: Final = frozenset({"/", "/staff/"})  # where signing in leads, and where errors lead back


class CmsHostMiddleware:
    """Keep `/cms/` to its host (`BALISE_CMS_HOST`), and all else away from it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Return the answer; 404 for what is on the other host."""
        host, _port = split_domain_port(request.get_host())
        is_area = request.path.startswith(AREA)
        if host != settings.CMS_HOST:
            return _nothing(request) if is_area else self.get_response(request)
        if request.path in TO_AREA:
            return HttpResponseRedirect(AREA)
        if is_area or request.path.startswith((settings.STATIC_URL, *BESIDE)):
            return self.get_response(request)
        return _nothing(request)


def whole(path: str) -> str:
    """Return an address of ours as a link to it stands on any page: with the host of `/cms/`."""
    if not settings.CMS_HOST or not path.startswith(AREA):
        return path
    return f"{settings.CMS_ADDRESS}{path}"


def _nothing(request: HttpRequest) -> HttpResponse:
    return errors.answer(request, errors.NOT_FOUND)


type Wording = str | Promise


@dataclass(frozen=True, slots=True)
class StaffEntry:
    """A page that staff enter from the side navigation and from their home."""

    line: str
    label: Wording
    url_name: str
    icon: str
    ability: str = ""
    # A second ability, where the first is shared by lines and the page is one line's.
    beside: str = ""
    says: Wording = ""
    # A key pressed after `g`, as in "go": g then i for the inbox.
    key: str = ""
    # How much waits there for whoever asks; asked on each page, so it has to be quick.
    count: Callable[[Actor], int] | None = None
    # Entries that name the same tabs stand as tabs above the pages of each of them.
    tabs: str = ""
    # How much of it cannot wait, and in which word; asked on the pages that have these tabs.
    late: Callable[[Actor], int] | None = None
    late_says: Wording = ""
    # What waits there in numbers and days; asked for the home alone.
    due: Callable[[Actor], Iterable[Due]] | None = None


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """A thing a person can do from the public home; without an address, its number is called.

    One with an icon is a large button, or a tile; all others are links below.
    """

    line: str
    label: Wording
    says: Wording = ""
    url_name: str = ""
    number: str = ""
    icon: str = ""
    is_own: bool = False  # a page of the app, which may have an origin of its own

    @property
    def said(self) -> str:
        """Return the label; that of a number holds it at `%(number)s`."""
        if not self.number:
            return str(self.label)
        return str(self.label) % {"number": settings.CENTRE.number(self.number).number}


@dataclass(frozen=True, slots=True)
class Pulse:
    """What every staff page tells by itself each ten seconds, for those with an ability.

    What the view answers stands above the page: a life in danger does not wait for a click.
    """

    ability: str
    url_name: str


@dataclass(frozen=True, slots=True)
class Way:
    """An entry with its address, ready to be shown; `count` of what waits there, 0 where none."""

    entry: StaffEntry
    url: str
    is_here: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """The entries of one line."""

    line: str
    ways: tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """An entry as a tab above a page; `late` is how much there cannot wait."""

    way: Way
    late: int
    is_here: bool


_staff: list[StaffEntry] = []
_public: list[PublicEntry] = []
_pulses: list[Pulse] = []
_content_pages: dict[str, str] = {}


def arrange(
    *,
    staff: Iterable[StaffEntry],
    public: Iterable[PublicEntry],
    pulses: Iterable[Pulse],
    content_pages: Mapping[str, str],
) -> None:
    """Set all the entries, in the order in which to show them; the centre's start calls it once.

    `content_pages` names, for each line, the view that shows one of its contents.
    """
    _staff[:] = staff
    _public[:] = public
    _pulses[:] = pulses
    _content_pages.clear()
    _content_pages.update(content_pages)


def public_entries() -> Sequence[tuple[PublicEntry, str]]:
    """Return the public entries with what a press of each opens: a page, or a number."""
    return [(entry, _opened(entry)) for entry in _public]


def staff_ways(actor: Actor) -> list[Way]:
    """Return the entries this actor may enter, in their order; nothing is counted."""
    return [Way(entry, url, is_here=False) for entry, url in _open_to(actor)]


def due_lines(actor: Actor) -> list[Line]:
    """Return what waits behind the entries that this actor may enter, in their order."""
    return [
        Line(each, entry.line, entry.icon, each.url or url)
        for entry, url in _open_to(actor)
        if entry.due is not None
        for each in entry.due(actor)
    ]


def staff_sections(actor: Actor, *, here: str = "") -> list[Section]:
    """Return the entries this actor may enter, by line; the longest address that fits is “here”."""
    open_to = _open_to(actor)
    current = max((url for _entry, url in open_to if here.startswith(url)), key=len, default="")
    sections: dict[str, list[Way]] = {}
    for entry, url in open_to:
        count = entry.count(actor) if entry.count else 0
        way = Way(entry, url, is_here=url == current, count=count)
        sections.setdefault(entry.line, []).append(way)
    return [Section(line, tuple(ways)) for line, ways in sections.items()]


def tabs_of(sections: Iterable[Section], actor: Actor, *, of: str = "") -> list[Tab]:
    """Return the tabs of the page one is on, or of the entry whose view is named `of`.

    None where the entry has no tabs, or where it would be alone.
    """
    ways = [way for section in sections for way in section.ways]
    here = next((way for way in ways if (way.entry.url_name == of if of else way.is_here)), None)
    named = here.entry.tabs if here else ""
    beside = [way for way in ways if named and way.entry.tabs == named]
    if len(beside) == 1:
        return []
    return [
        Tab(way, way.entry.late(actor) if way.entry.late else 0, is_here=way is here)
        for way in beside
    ]


def ways_into(modules: Collection[str], actor: Actor) -> list[Way]:
    """Return the entries of some modules that an actor may enter, without what waits there.

    A module is named as its abilities are: “awareness.orders”.
    """
    return [
        Way(entry, url, is_here=False)
        for entry in _staff
        if entry.ability.rpartition(".")[0] in modules
        and _is_for(entry, actor)
        and (url := _address(entry.url_name))
    ]


def pulses(actor: Actor | None) -> list[str]:
    """Return the addresses that this actor's pages call by themselves; all where none is known."""
    theirs = (pulse for pulse in _pulses if actor is None or actor.may(pulse.ability))
    found = (_address(pulse.url_name) for pulse in theirs)
    return [address for address in found if address]


def content_page(line: str, subject: UUID) -> str:
    """Return the address of a line's page about one of its contents; "" where it has none."""
    name = _content_pages.get(line, "")
    return reverse(name, args=[subject]) if name else ""


def _open_to(actor: Actor) -> list[tuple[StaffEntry, str]]:
    return [
        (entry, url)
        for entry in _staff
        if _is_for(entry, actor) and (url := _address(entry.url_name))
    ]


def _is_for(entry: StaffEntry, actor: Actor) -> bool:
    """Whether to show an entry; what asks for no ability is the centre's own people's."""
    if not entry.ability:
        return actor.organisation is None
    return actor.may(entry.ability) and (not entry.beside or actor.may(entry.beside))


def _opened(entry: PublicEntry) -> str:
    if entry.number:
        return settings.CENTRE.number(entry.number).opens
    found = _address(entry.url_name)
    return own.inside(found) if found and entry.is_own else found


def _address(url_name: str) -> str:
    if not url_name:
        return ""
    try:
        return whole(reverse(url_name))
    except NoReverseMatch:  # a process that mounts one door knows no address of the others
        return ""
