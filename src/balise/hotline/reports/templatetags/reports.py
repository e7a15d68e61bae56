"""What the reports' pages name: a receipt in groups, the centre's numbers and lines by code."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from django.conf import settings
from django.template import Library
from django.utils import formats, timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _, pgettext

from balise.foundation.clock import now
from balise.foundation.countries import country_name
from balise.foundation.encryption.worded import Receipt, shown
from balise.foundation.web.components.pieces import tag
from balise.hotline.reports.actions.consulting import OpenedAssessment, OpenedReport
from balise.hotline.reports.queries.dialogues import Words
from balise.hotline.reports.queries.items import Described
from balise.hotline.reports.queries.listing import ContentRow
from balise.hotline.reports.rules import priority
from balise.hotline.reports.rules.categories import category
from balise.hotline.reports.rules.words import (
    AgeBand,
    Concern,
    ContentState,
    MetHow,
    PlaceKind,
    ToRead,
)
from balise.takedown.law.rules import Absence, law
from balise.takedown.law.rules.facts import span_of
from balise.takedown.law.rules.items import FACTS, NAMES, Item
from balise.takedown.law.rules.mappings import SCHEMES, said
from balise.takedown.law.rules.qualification import qualification
from balise.takedown.law.rules.trees import Choice, Ending, Question

register = Library()

_TONES = {
    ContentState.WAITING: ("note", "clock"),
    ContentState.SECOND_LOOK: ("warn", "eye"),
    ContentState.CLOSING: ("plain", "clock"),
    ContentState.REMOVING: ("danger", "send"),
    ContentState.REMOVED: ("good", "check-circle"),
    ContentState.CLOSED: ("plain", "check"),
}


_HOUR, _DAY = 60, 24 * 60
_SAYS_NOTHING = frozenset({"unknown", "no", "other"})


class _Numbered(Protocol):
    number: str


class _Named(Protocol):
    name: str


class _Centre(Protocol):
    """The part of `settings.CENTRE` that is asked for here."""

    def number(self, code: str) -> _Numbered: ...

    def line(self, code: str) -> _Named: ...


@register.filter
def as_code(receipt: Receipt) -> str:
    """Return a receipt in its seven groups."""
    return shown(receipt)


@register.filter
def number_of(centre: _Centre, code: str) -> str:
    """Return the telephone number with this code, such as `helpline`."""
    return centre.number(code).number


@register.filter
def line_called(centre: _Centre, code: str) -> str:
    """Return the name under which the public knows a line."""
    return centre.line(code).name


@register.filter
def entry(mapping: Mapping[str, object], key: str) -> object:
    """Return what a mapping holds under a key; empty where it holds nothing."""
    return mapping.get(key, "")


@register.filter
def same(one: object, other: object) -> bool:
    """Return whether two values are equal, for a tag's keyword."""
    return bool(one) and one == other


@register.filter
def state_tag(row: ContentRow) -> SafeString:
    """Return the state of a content, as a badge; a closed one says by which verdict."""
    if row.is_given_up:
        return tag(_("Illegal, not removed"), "warn", icon="check")
    tone, icon = _TONES[row.state]
    label = (
        row.verdict.label if row.state is ContentState.CLOSED and row.verdict else row.state.label
    )
    return tag(label, tone, icon=icon)


@register.filter
def age(since: datetime) -> str:
    """Return how long ago a moment was, in its largest unit: “just now”, “12 min”, “3 h”, “2 d”."""
    minutes = max(int((now() - since).total_seconds()) // 60, 0)
    if not minutes:
        return pgettext("since when", "just now")
    if minutes < _HOUR:
        return _("%(count)d min") % {"count": minutes}
    if minutes < _DAY:
        return _("%(count)d h") % {"count": minutes // _HOUR}
    return _("%(count)d d") % {"count": minutes // _DAY}


@register.filter
def in_short(kind: PlaceKind) -> str:
    """Return a kind of place in a word or two, for a row of the list."""
    short = {
        PlaceKind.WEB: pgettext("kind of place", "Web"),
        PlaceKind.APP: pgettext("kind of place", "App"),
        PlaceKind.MESSAGING: pgettext("kind of place", "Private message"),
        PlaceKind.GAME: pgettext("kind of place", "Game"),
        PlaceKind.PHONE: pgettext("kind of place", "Phone"),
    }
    return short[kind]


@register.filter
def initials(name: str) -> str:
    """Return the first letters of a name's first and last words, two at most."""
    words = name.split()
    return "".join(word[0] for word in (*words[:1], *words[1:][-1:])).upper()


@register.filter
def why_read(words: Words) -> SafeString:
    """Return why a report has to be read, as badges."""
    tone = "danger" if words.why is ToRead.DANGER else "warn"
    found = [(words.why.label, tone)] if words.why else []
    if words.has_message and words.why is not ToRead.MESSAGE:
        found.append((ToRead.MESSAGE.label, "note"))
    return format_html_join(" ", "{}", ((tag(label, tone),) for label, tone in found))


@register.filter
def reasons(row: ContentRow) -> list[tuple[object, int]]:
    """Return why a content comes where it comes: (reason in words, points)."""
    return [(priority.REASONS[reason], gain) for reason, gain in row.points.items()]


@register.filter
def known(row: ContentRow) -> list[tuple[str, object]]:
    """Return what is known in clear of a content, as (label, value)."""
    places = (country_name(row.country), f"AS{row.network}" if row.network else "")
    return [
        (_("Place"), row.kind.label),
        (_("Reports"), row.report_count),
        (_("First reported"), _moment(row.first_reported_at)),
        (_("Hosting country"), " · ".join(filter(None, places))),
        *([(_("Back in the queue"), _moment(row.reopened_at))] if row.reopened_at else []),
        *([(_label_of_verdict(row), row.verdict.label)] if row.verdict else []),
    ]


def _label_of_verdict(row: ContentRow) -> str:
    return _("Earlier verdict") if row.state is ContentState.WAITING else _("Verdict")


def _moment(at: datetime) -> str:
    return formats.date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")


@register.filter
def told(one: OpenedReport) -> list[tuple[str, object]]:
    """Return what a reporter told, as (label, value); what they left out is left out."""
    answers = one.answers
    met_on = formats.date_format(answers.met_on, "SHORT_DATE_FORMAT") if answers.met_on else ""
    met_time = formats.time_format(answers.met_time) if answers.met_time else ""
    pairs = [
        (_("Category"), category(answers.category, country=settings.COUNTRY).name),
        (_("In danger"), _("Someone may be in danger now") if answers.danger else ""),
        (_("Words of danger"), answers.words_rule),
        (_("Concerned"), Concern(answers.concern).label if answers.concern else ""),
        (_("Age"), AgeBand(answers.age_band).label if answers.age_band else ""),
        (_("Found how"), MetHow(answers.met_how).label if answers.met_how else ""),
        (_("Seen on"), " ".join(part for part in (met_on, met_time) if part)),
        (_("In their words"), answers.description),
        (_("Person behind it"), answers.identities),
        (_("Context"), answers.context),
        (pgettext("reporter", "Contact details"), answers.contact),
        (_("Their reference"), answers.reference),
    ]
    return [(label, value) for label, value in pairs if value]


@register.filter
def as_pairs(asked: Sequence[tuple[Question, Choice]]) -> list[tuple[object, object]]:
    """Return questions with their answers, as (question, answer)."""
    return [(question.asks, choice.label) for question, choice in asked]


@register.filter
def answered(assessment: OpenedAssessment) -> list[tuple[object, object]]:
    """Return the questions that led to an offence, with the answers that were given."""
    questions = qualification(settings.COUNTRY).questions
    asked = ((questions.get(code), given) for code, given in assessment.answers.items())
    found = ((question, question.choice(given)) for question, given in asked if question)
    return [(question.asks, choice.label) for question, choice in found if choice]


@register.filter
def follows(ending: Ending) -> list[tuple[object, object]]:
    """Return what follows from the offence that was reached, as (label, value)."""
    offence = ending.offence
    if offence is None:
        return []
    doubt = _("to be verified")
    pairs: list[tuple[object, object]] = [
        (_("Article"), offence.article),
        (_("Penalty"), offence.penalty or doubt),
    ]
    pairs += [(one.words, one.penalty or doubt) for one in ending.aggravations]
    told = " · ".join(str(tell.label) for tell in offence.tell)
    return [*pairs, (_("To be told"), told or _("Only the host"))]


@register.filter
def in_words(item: Item) -> str:
    """Return what an item shows, as far as it is known."""
    known = {name: code for name, code in item.codes().items() if code not in _SAYS_NOTHING}
    words = {name: str(FACTS[name](code).label) for name, code in known.items()}
    # “Yes” says nothing without its question.
    said_yes = {name: str(NAMES[name]) for name, code in known.items() if code == "yes"}
    return " · ".join((words | said_yes).values())


@register.filter
def as_a_whole(described: Described) -> list[tuple[object, object]]:
    """Return what a content shows as a whole, derived from its items, as (label, value)."""
    whole = described.whole
    if whole is None:
        return []
    return [
        (_("Items"), described.count),
        (_("Youngest"), whole.age.label),
        (_("Most severe"), whole.act.label),
        (NAMES["sex"], whole.sex.label),
        (NAMES["reality"], whole.reality.label),
        (_("Baseline"), described.baseline.label),
    ]


@register.filter
def in_others_words(described: Described) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what a content shows as a whole in each partner's words: (scheme, (field, code))."""
    items = [group.item for group in described.groups]
    found = []
    for scheme in SCHEMES:
        codes = scheme.of_address(items, national=described.national)
        fields = [table.field for table in scheme.tables if table.field in codes]
        found.append((scheme.name, [(field, said(codes[field])) for field in fields]))
    return found


@register.filter
def offence_words(code: str) -> str:
    """Return an offence in words, by its code."""
    found = law(settings.COUNTRY).histories.get(code)
    return str(found.words) if found else code


@register.filter
def span(one: Absence) -> str:
    """Return why an offence has no text, and on which days."""
    return span_of(one)
