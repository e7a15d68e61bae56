"""Editions as staff, members and everyone see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from django.utils.translation import get_language, gettext as _

from balise.foundation.actors import Actor
from balise.foundation.finding import find, there
from balise.foundation.statistics.indicators import INDICATORS
from balise.steering.editions import access
from balise.steering.editions.documents import FORMS
from balise.steering.editions.models import Comment, Edition, File, Link, Section
from balise.steering.editions.queries import making
from balise.steering.editions.rules import deck as editions_deck
from balise.steering.editions.rules.deck import Deck
from balise.steering.editions.rules.kinds import COMMITTEE, page_of
from balise.steering.editions.rules.preparing import Page
from balise.steering.rules.leaving import FigureTable, cell_words


@dataclass(frozen=True, slots=True)
class SectionRead:
    """A page of an edition: its template, its words, and how many questions are open."""

    section: Section
    page: Page
    number: int | None  # of the page in the deck; None where it is left out
    title: Mapping[str, str]
    is_written: bool
    questions: int

    @property
    def name(self) -> str:
        """Return the name of the page, in the reader's language."""
        return str(self.page.name)


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table in the words of a language: its column heads, and each row's name and cells."""

    number: str
    code: str
    name: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page of a deck in words."""

    code: str
    title: str
    sentences: Sequence[str]
    tables: Sequence[TableRead]


@dataclass(frozen=True, slots=True)
class DraftRead:
    """A draft as the bearer of a link reads it; `asked` are their own questions."""

    edition: Edition
    pages: Sequence[PageRead]
    asked: Sequence[Comment]


@dataclass(frozen=True, slots=True)
class EditionRead:
    """An edition with all that stands around it; `deck` is as it was last made.

    `absent` is what its last page says of numbers that its form asks for, in each language; `gone`
    are figures of a frozen one that the centre no longer counts, and that stay.
    """

    edition: Edition
    deck: Deck
    sections: Sequence[SectionRead]
    comments: Sequence[Comment]
    links: Sequence[Link]
    files: Sequence[File]
    is_drawn: bool
    stops: Sequence[str]
    absent: Sequence[Mapping[str, str]]
    gone: Sequence[FigureTable]


@dataclass(frozen=True, slots=True)
class LifeRead:
    """An edition, all versions of its day, and the links by which seats read under embargo."""

    edition: Edition
    versions: Sequence[Edition]
    early: Sequence[Link]

    @property
    def has_correction(self) -> bool:
        """Return whether another version corrects it, if only as a draft."""
        return any(one.corrects_id == self.edition.id for one in self.versions)


def editions(*, seen_by: Actor) -> Sequence[Edition]:
    """Return every edition without its deck, the latest first."""
    access.require(seen_by, access.READ)
    return list(Edition.objects.defer("deck"))


def edition(edition_id: UUID, *, seen_by: Actor) -> EditionRead:
    """Return an edition. Raises NotHere."""
    access.require(seen_by, access.READ)
    found = find(Edition, id=edition_id)
    deck = editions_deck.read(found.deck)
    comments = list(found.comments.select_related("section", "link"))
    is_draft = found.frozen_at is None
    return EditionRead(
        found,
        deck,
        _sections(found, deck, comments),
        comments,
        list(found.links.filter(from_at=None)),
        list(found.files.defer("octets")),
        not is_draft and not missing_files(found, deck),
        making.stops(found, deck) if is_draft else (),
        deck.pages[-1].sentences,
        [one for one in deck.figures.values() if one.code not in INDICATORS],
    )


def life(edition_id: UUID, *, seen_by: Actor) -> LifeRead:
    """Return an edition without its deck, with the register of its revisions. Raises NotHere."""
    access.require(seen_by, access.READ)
    found = find(Edition.objects.defer("deck"), id=edition_id)
    versions = Edition.objects.defer("deck").filter(template=found.template, day=found.day)
    early = found.links.exclude(from_at=None)
    return LifeRead(found, list(versions.order_by("version")), list(early))


def missing_files(edition: Edition, deck: Deck) -> Sequence[tuple[bool, str, str]]:
    """Return whom for, form and language of each file that is not drawn yet."""
    kept = {(one.is_public, one.form, one.language) for one in edition.files.defer("octets")}
    readers = (False, True) if edition.kind.is_public else (False,)
    return [one for one in product(readers, FORMS, deck.languages) if one not in kept]


def section_in(read: EditionRead, code: str) -> SectionRead:
    """Return a page of an edition. Raises NotHere."""
    return there(next((one for one in read.sections if one.page.code == code), None))


def tables_of(read: EditionRead, of: SectionRead, language: str) -> Sequence[TableRead]:
    """Return the tables of a page in words."""
    if of.number is None:
        return ()
    charts = read.deck.pages[of.number - 1].charts
    return [_table(read.deck.figures[chart.figure], language) for chart in charts]


def comment(comment_id: UUID, *, seen_by: Actor) -> Comment:
    """Return a comment. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Comment, id=comment_id)


def file(
    edition_id: UUID, form: str, language: str, *, is_public: bool, seen_by: Actor
) -> tuple[Edition, File]:
    """Return a file of an edition. Raises NotHere."""
    access.require(seen_by, access.READ)
    found = find(Edition.objects.defer("deck"), id=edition_id)
    return found, find(File, edition=found, form=form, language=language, is_public=is_public)


def deck_of_day(
    day: date, template: str = COMMITTEE.code, *, version: int = 1
) -> tuple[Edition, Deck, Sequence[File]]:
    """Return the edition of a day for the server's operator. Raises NotHere."""
    found = find(Edition, template=template, day=day, version=version)
    return found, editions_deck.read(found.deck), list(found.files.all())


def draft(link: Link) -> DraftRead:
    """Return what the bearer of a link reads: pages with their tables, and what they asked."""
    deck = editions_deck.read(link.edition.deck)
    language = get_language() or ""
    codes = [
        section.code
        for section in link.edition.sections.all()
        if section.is_in or page_of(section.code).is_fixed
    ]
    codes = [code for code in codes if not page_of(code).asked or page_of(code).counted]
    pages = [
        PageRead(
            code,
            page.title[language],
            [sentence[language] for sentence in page.sentences],
            [_table(deck.figures[chart.figure], language) for chart in page.charts],
        )
        for code, page in zip(codes, deck.pages, strict=False)
    ]
    return DraftRead(link.edition, pages, list(link.comments.select_related("section")))


def _table(table: FigureTable, language: str) -> TableRead:
    return TableRead(
        table.number,
        table.code,
        table.name[language],
        [head[language] for head in table.heads],
        [
            (
                row.label.get(language, "") or _("Total"),
                [cell_words(cell, is_percent=table.is_percent) for cell in row.cells],
            )
            for row in table.rows
        ],
    )


def _sections(edition: Edition, deck: Deck, comments: Sequence[Comment]) -> Sequence[SectionRead]:
    found = []
    number = 0
    for section in edition.sections.all():
        page = page_of(section.code)
        is_there = (section.is_in or page.is_fixed) and (not page.asked or bool(page.counted))
        number += is_there
        shown = deck.pages[number - 1] if is_there and number <= len(deck.pages) else None
        asked = [one for one in comments if one.section_id == section.id and not one.answered_at]
        found.append(
            SectionRead(
                section,
                page,
                number if is_there else None,
                shown.title if shown else {},
                bool(section.titles),
                len(asked),
            )
        )
    return found
