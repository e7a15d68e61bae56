"""Make the deck of an edition: its tables, masked, and its pages with their words."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from importlib.metadata import version
from typing import Final

from django.conf import settings
from django.utils.translation import gettext as _, gettext_lazy, override

from balise.foundation import clock
from balise.foundation.moments import day_words
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.committee.queries import Decided, open_before
from balise.steering.committee.rules import in_language
from balise.steering.editions.models import Edition, Section
from balise.steering.editions.ports import outlines
from balise.steering.editions.rules.checking import Fault, Problem, problems
from balise.steering.editions.rules.claims import Claim, claimed
from balise.steering.editions.rules.deck import Chart, Deck, Form, Map, Page, PageKind, laid_out
from balise.steering.editions.rules.headlines import headline, no_comparison, said, sentence
from balise.steering.editions.rules.kinds import COMMITTEE, page_of
from balise.steering.editions.rules.preparing import (
    REGISTER,
    Absent,
    Asked,
    Page as TemplatePage,
    Template,
    compared_period,
)
from balise.steering.editions.rules.spans import SpanKind, spans_of
from balise.steering.indicators.ports import day_of_edition
from balise.steering.indicators.queries import table
from balise.steering.indicators.queries.covering import covered
from balise.steering.indicators.rules.values import Ask
from balise.steering.rules.leaving import FigureTable, Text
from balise.steering.rules.periods import Period, title


def deck_of(edition: Edition, *, only: Section | None = None) -> Deck:
    """Return the deck of a draft as it stands; of one page and the register where `only` is given.

    Its tables are as anyone may see them.
    """
    languages = tuple(code for code, _name in settings.LANGUAGES)
    tables = _Tables(edition, _as_of(edition))
    pages: list[Page] = []
    for section in _sections(edition, only):
        page = page_of(section.code)
        if page.kind is PageKind.FIGURES and not page.counted:
            continue
        shown = [(asked, tables.of(asked)) for asked in page.counted]
        taken = [one.title for one in pages]  # two pages never have one title
        titles = _titles(edition, page, [made for _asked, made in shown], languages)
        computed = next(one for one in titles if one not in taken)
        pages.append(_page(edition, page, section, shown, computed, languages))
    return Deck(
        edition=edition.day,
        title=_each(languages, lambda _language: str(edition.kind.name)),
        as_of=tables.as_of,
        languages=languages,
        pages=tuple(pages),
        figures={made.number: made for made in tables.made.values()},
        versions=versions(),
        map=_map(pages, tables.made.values()),
        is_invented=settings.DEMONSTRATION,
    )


def _map(pages: Iterable[Page], tables: Iterable[FigureTable]) -> Map | None:
    """Return the country's map, where a figure is drawn on it."""
    drawn = {chart.figure for page in pages for chart in page.charts if chart.form is Form.PLACES}
    codes = {row.code for table in tables if table.number in drawn for row in table.rows}
    known = laid_out(*outlines.ask()) if drawn else None
    return known if known and codes & known.outlines.keys() else None


class _Tables:
    """The tables of an edition, each made once however many pages show it."""

    def __init__(self, edition: Edition, as_of: datetime) -> None:
        self.as_of = as_of
        self.made: dict[tuple[Ask, Period | None], FigureTable] = {}
        self._edition = edition

    def of(self, asked: Asked) -> FigureTable:
        """Return the table of what a page asks."""
        edition = self._edition
        period, other = spans_of(
            asked.days,
            edition.period,
            compared_period(edition.period, edition.compares),
            day_of_edition.ask,
        )
        yearly = asked.days.kind is SpanKind.YEARS
        ask = Ask(asked.code, period, parts=asked.parts, steps=asked.steps, yearly=yearly)
        if (ask, other) not in self.made:
            self.made[ask, other] = table(
                ask,
                compared=other,
                known_by=edition.known_by,
                as_of=self.as_of,
                number=f"F{len(self.made) + 1:02}",
            )
        return self.made[ask, other]


def strange_numbers(edition: Edition, section: Section) -> list[str]:
    """Return the numbers in a page's words that no table of it has."""
    found = problems(deck_of(edition, only=section))
    return [one.about for one in found if one.fault is Fault.NUMBER_UNKNOWN]


def stops(edition: Edition, deck: Deck) -> list[str]:
    """Return why an edition cannot be frozen yet, a sentence each; none where it can."""
    return [
        *(_problem_words(one) for one in problems(deck) if one.stops),
        *_changed_words(edition),
        *_asked_words(edition),
    ]


def versions() -> dict[str, str]:
    """Return the versions of the programs that draw an edition, by name."""
    return {name: version(name) for name in ("balise", "python-pptx", "typst")}


def _sections(edition: Edition, only: Section | None) -> Iterator[Section]:
    for section in edition.sections.all():
        if only is None and (section.is_in or page_of(section.code).is_fixed):
            yield section
        elif only is not None and only.id == section.id:
            yield only
        elif only is not None and section.code == REGISTER:
            yield section


def _name(page: TemplatePage, _language: str) -> str:
    return str(page.name)


def _page(
    edition: Edition,
    page: TemplatePage,
    section: Section,
    shown: Sequence[tuple[Asked, FigureTable]],
    computed: Text,
    languages: Sequence[str],
) -> Page:
    return Page(
        kind=page.kind,
        line=page.line,
        eyebrow=_each(languages, lambda _language: f"{page.eyebrow} · {page.name}"),
        title={**computed, **section.titles},
        sentences=_sentences(edition, page, [made for _asked, made in shown], languages),
        charts=tuple(
            Chart(asked.form, made.number, made.name, said(made, languages))
            for asked, made in shown
        ),
        notes=section.notes or None,
    )


def _titles(
    edition: Edition, page: TemplatePage, tables: Sequence[FigureTable], languages: Sequence[str]
) -> Iterator[Text]:
    """Yield what a page may be called where nobody wrote a title, the best first.

    What changed, then what its other figures say; its name at last.
    """
    match page.kind:
        case PageKind.COVER if edition.kind is not COMMITTEE:
            yield _each(languages, lambda _language: _cover_words(edition))
        case PageKind.COVER:
            yield _each(
                languages,
                lambda _language: (
                    _("Steering committee of %(day)s") % {"day": day_words(edition.day)}
                ),
            )
        case PageKind.FIGURES:
            claims = {each.number: claimed(each).claim for each in tables}
            shown = [each for each in tables if claims[each.number] is not Claim.NOTHING]
            for each in sorted(shown, key=lambda one: not claims[one.number].is_net):
                yield _each(languages, partial(headline, each))
    yield _each(languages, partial(_name, page))


def _cover_words(edition: Edition) -> str:
    words = {"name": edition.kind.name, "words": title(edition.period)}
    return _("%(name)s: %(words)s") % words


def _sentences(
    edition: Edition,
    page: TemplatePage,
    tables: Sequence[FigureTable],
    languages: Sequence[str],
) -> tuple[Text, ...]:
    """Return what a page says beside its figures: the change of its title in full, or no change."""
    match page.kind:
        case PageKind.FIGURES:
            net = [each for each in tables if claimed(each).claim.is_net][:1]
            broken = [each for each in tables if each.compared and each.breaks][:1]
            found = [_each(languages, partial(sentence, each)) for each in net]
            return tuple(
                found + [_each(languages, partial(no_comparison, each)) for each in broken]
            )
        case PageKind.DECISIONS:
            return _decisions(edition, languages)
        case PageKind.REGISTER:
            return tuple(_each(languages, partial(_said, words)) for words in _absent(edition.kind))
        case _:
            return ()


def _absent(kind: Template) -> Iterator[Callable[[], str]]:
    """Yield what is said of a form: what nobody could verify, then each number it asks in vain."""
    if kind.to_verify:
        yield lambda: str(kind.to_verify)
    for one in kind.lacks:
        yield partial(_lack_words, one)


def _lack_words(one: Absent) -> str:
    return _("%(name)s: – · %(why)s") % {"name": one.name, "why": one.why}


def _said(words: Callable[[], str], _language: str) -> str:
    return words()


def _decisions(edition: Edition, languages: Sequence[str]) -> tuple[Text, ...]:
    found = open_before(edition.day)
    if not found:
        return (_each(languages, lambda _language: _("No decision is open.")),)
    return tuple(
        _each(
            languages,
            partial(_decision_words, one),
        )
        for one in found
    )


def _decision_words(one: Decided, language: str) -> str:
    words = (one.number, in_language(one.words, language), one.owner, str(one.state.label))
    return " · ".join(filter(None, words))


_PROBLEMS: Final = {
    Fault.TITLE_TWICE: gettext_lazy("Page %(page)d: another page has this title."),
    Fault.TEXT_MISSING: gettext_lazy("Page %(page)d: words are missing in one language."),
    Fault.NUMBER_UNKNOWN: gettext_lazy("Page %(page)d: no table has the number %(about)s."),
    Fault.TOO_MANY_CHARTS: gettext_lazy("Page %(page)d: too many figures."),
    Fault.CAUSE: gettext_lazy("Page %(page)d: “%(about)s” says a cause, which no figure shows."),
    Fault.CHANGE_UNFOUNDED: gettext_lazy(
        "Page %(page)d: “%(about)s” says a change that no figure of the page shows beyond chance."
    ),
}


def _problem_words(problem: Problem) -> str:
    words = _PROBLEMS.get(problem.fault, gettext_lazy("Page %(page)d cannot be drawn."))
    return str(words) % {"page": problem.page, "about": problem.about}


def _changed_words(edition: Edition) -> Iterator[str]:
    for section in edition.sections.filter(is_in=True):
        page = page_of(section.code)
        changed = [
            code
            for code, version in page.versions.items()
            if section.versions.get(code, version) != version
        ]
        for code in changed:
            yield _("%(page)s: the definition of “%(figure)s” changed. Read the page again.") % {
                "page": page.name,
                "figure": INDICATORS[code].name,
            }


def _asked_words(edition: Edition) -> Iterator[str]:
    for comment in edition.comments.filter(answered_at=None).select_related("section"):
        name = page_of(comment.section.code).name if comment.section else _("The whole edition")
        yield _("%(page)s: a question has no answer.") % {"page": name}


def _as_of(edition: Edition) -> datetime:
    """Return the moment that the numbers are of: the end of the last day that counts, at most.

    Before the first fact that is not counted yet: where the worker stands still, the numbers are of
    the moment at which it stopped.
    """
    end = datetime.combine(edition.known_by + timedelta(days=1), time(), clock.zone())
    return min(covered(INDICATORS).whole_until, end - timedelta(seconds=1))


def _each(languages: Sequence[str], words: Callable[[str], str]) -> Text:
    """Return words in each language."""
    found = {}
    for language in languages:
        with override(language):
            found[language] = words(language)
    return found
