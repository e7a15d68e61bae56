"""An edition from its opening to everyone: each change with its refusal and its entry."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from tests.waiting import PATIENCE

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM, Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import INDICATORS, Version
from balise.foundation.statistics.tests.makers import pick
from balise.steering.committee.tests.makers import make_decision, make_meeting
from balise.steering.editions.actions import freezing, preparing
from balise.steering.editions.documents import drawn_as
from balise.steering.editions.models import Comment, Edition, File, Link
from balise.steering.editions.queries import public, showing
from balise.steering.editions.rules import deck as editions_deck
from balise.steering.editions.rules.kinds import PAGES
from balise.steering.editions.rules.preparing import (
    DECISIONS,
    REGISTER,
    Compared,
    DaysWrong,
    EditionDraft,
    EditionFrozen,
    EditionKnown,
    LinkOver,
    NotReady,
    NumberStrange,
    WordsMissing,
)
from balise.steering.editions.tests.makers import (
    ALONE,
    edition_of,
    make_comment,
    make_edition,
    make_frozen,
    make_link,
)
from balise.steering.indicators.tests.orchard import keep_inside
from balise.steering.rules.leaving import CellState

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def events() -> list[str]:
    found = Entry.objects.filter(line="steering").order_by("id")
    return [name.removeprefix("steering.") for name in found.values_list("event", flat=True)]


def titles(edition_id: UUID, language: str = "fr") -> list[str]:
    return [page.title[language] for page in editions_deck.read(edition_of(edition_id).deck).pages]


def codes(edition_id: UUID) -> list[str]:
    return [one.code for one in edition_of(edition_id).sections.all()]


def write(edition_id: UUID, code: str = "reports", **titles_by: str) -> None:
    preparing.write_section(
        edition_id=edition_id,
        code=code,
        titles=titles_by,
        notes={},
        by=make_actor("steering"),
    )


class TestChanges:
    def test_each_is_for_those_who_may(self) -> None:
        by, nothing = make_actor("editor"), uuid4()
        days = {"first": date(2026, 1, 1), "last": date(2026, 1, 2)}
        of = {"edition_id": nothing}
        known = {"known_by": date(2026, 1, 2), "compared": Compared.YEAR}
        for act, words in (
            (preparing.open_edition, {"day": date(2026, 2, 1), **days}),
            (preparing.change_days, {**of, **days, **known}),
            (preparing.write_section, {**of, "code": "", "titles": {}, "notes": {}}),
            (preparing.place_section, {**of, "code": "", "is_in": True}),
            (preparing.make_again, of),
            (freezing.freeze, of),
            (freezing.publish, of),
            (preparing.give_link, {**of, "seat": "A"}),
            (preparing.ask, {**of, "code": "", "words": "A"}),
            (preparing.answer, {"comment_id": nothing, "words": "A"}),
        ):
            with pytest.raises(PermissionDenied):
                act(by=by, **words)
        assert events() == []

    def test_each_is_written_down(self) -> None:
        edition = make_edition()
        by = make_actor("steering")
        last = edition_of(edition).last
        preparing.change_days(
            edition_id=edition,
            first=last,
            last=last,
            known_by=last,
            compared=Compared.NOTHING,
            by=by,
        )
        write(edition, fr="Une saison", en="A season")
        preparing.place_section(edition_id=edition, code="three", is_in=False, by=by)
        comment = make_comment(edition, "reports")
        preparing.answer(comment_id=comment, words="Voilà.", by=by)
        freezing.freeze(edition_id=edition, alone=ALONE, by=by)
        freezing.draw(edition_id=edition, by=by)
        freezing.publish(edition_id=edition, by=by)
        freezing.publish(edition_id=edition, by=by)  # it is public
        assert events() == [
            "edition.opened",
            "edition.changed",
            "section.written",
            "section.written",
            "link.given",
            "link.opened",
            "comment.made",
            "comment.answered",
            "edition.frozen",
            "edition.drawn",
            "edition.published",
        ]

    def test_there_is_one_edition_of_a_day(self) -> None:
        make_edition()
        with pytest.raises(EditionKnown):
            make_edition()
        assert Edition.objects.count() == 1

    def test_a_period_that_ends_before_it_begins_is_refused(self) -> None:
        edition = make_edition()
        first = edition_of(edition).first
        with pytest.raises(DaysWrong):
            preparing.change_days(
                edition_id=edition,
                first=first,
                last=first - timedelta(days=1),
                known_by=first,
                compared=Compared.YEAR,
                by=SYSTEM,
            )

    def test_what_is_not_there_is_not_found(self) -> None:
        edition = make_edition()
        with pytest.raises(NotHere):
            write(edition, "no-such-page", fr="A")
        with pytest.raises(NotHere):
            preparing.ask(edition_id=uuid4(), code="", words="A", by=SYSTEM)


class TestPages:
    def test_stand_in_the_order_of_the_template(self) -> None:
        assert codes(make_edition()) == [page.code for page in PAGES]

    def test_keep_the_order_and_choice_of_the_edition_before(self) -> None:
        first = make_edition(clock.today() - timedelta(days=90))
        by = make_actor("steering")
        preparing.place_section(edition_id=first, code="three", is_in=True, move=1, by=by)
        preparing.place_section(edition_id=first, code=DECISIONS, is_in=False, by=by)
        order = codes(first)
        assert order[1:3] == ["reports", "three"]
        again = make_edition()
        assert codes(again) == order
        assert not edition_of(again).sections.get(code=DECISIONS).is_in

    def test_the_cover_and_the_register_do_not_move(self) -> None:
        edition = make_edition()
        before = codes(edition)
        for code in ("cover", REGISTER):
            preparing.place_section(
                edition_id=edition, code=code, is_in=False, move=2, by=make_actor("steering")
            )
        assert codes(edition) == before
        assert edition_of(edition).sections.filter(is_in=False).count() == 0

    def test_a_title_is_computed_until_someone_writes_one(self) -> None:
        pick("apple", times=40, on=clock.today() - timedelta(days=1))
        tick()
        edition = make_edition()
        assert any("40" in title for title in titles(edition))
        write(edition, fr="40 paniers, une bonne année", en="40 baskets, a good year")
        assert "40 paniers, une bonne année" in titles(edition)
        assert "40 baskets, a good year" in titles(edition, "en")
        write(edition)
        assert "40 paniers, une bonne année" not in titles(edition)

    def test_a_number_that_no_table_has_is_refused_and_nothing_is_changed(self) -> None:
        pick("apple", times=40, on=clock.today() - timedelta(days=1))
        tick()
        edition = make_edition()
        with pytest.raises(NumberStrange, match="41"):
            write(edition, fr="41 paniers", en="40 baskets")
        assert edition_of(edition).sections.get(code="reports").titles == {}

    def test_the_decisions_of_before_open_the_next(self) -> None:
        make_decision(make_meeting(clock.today() - timedelta(days=90)))
        pages = editions_deck.read(edition_of(make_edition()).deck).pages
        [decisions] = [page for page in pages if page.kind is editions_deck.PageKind.DECISIONS]
        assert "Dire le délai de retrait comme une part." in decisions.sentences[0]["fr"]


class TestFreezing:
    def test_it_is_of_the_moment_before_which_all_is_counted(self) -> None:
        stopped = clock.now().replace(microsecond=0) - timedelta(hours=20)
        with clock.at(stopped - timedelta(hours=5)):
            pick("apple", times=40, on=clock.today() - timedelta(days=1))
            tick()
        with clock.at(stopped):
            pick("apple", times=60, on=clock.today() - timedelta(days=1))
        assert editions_deck.read(edition_of(make_frozen()).deck).as_of == stopped

    def test_what_is_frozen_stays_whatever_is_counted_later(self) -> None:
        day = clock.today() - timedelta(days=1)
        pick("apple", times=40, on=day)
        tick()
        edition = make_frozen()
        before = edition_of(edition).deck
        pick("apple", times=60, on=day)
        tick()
        assert edition_of(edition).deck == before
        for change in (
            lambda: write(edition, fr="Autre"),
            lambda: preparing.make_again(edition_id=edition, by=SYSTEM),
            lambda: preparing.place_section(
                edition_id=edition, code="three", is_in=False, by=SYSTEM
            ),
            lambda: preparing.give_link(edition_id=edition, seat="A", by=SYSTEM),
            lambda: preparing.ask(edition_id=edition, code="", words="A", by=SYSTEM),
            lambda: freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM),
        ):
            with pytest.raises(EditionFrozen):
                change()
        assert edition_of(edition).deck == before

    def test_a_figure_whose_source_is_gone_stays_and_says_so(self) -> None:
        edition = make_frozen()
        frozen = edition_of(edition).deck
        freezing.draw(edition_id=edition, by=SYSTEM)
        del INDICATORS["REM-N"]
        read = showing.edition(edition, seen_by=make_actor("steering"))
        assert {one.code for one in read.gone} == {"REM-N"}
        assert edition_of(edition).deck == frozen
        assert "REM-N" in {one.code for one in editions_deck.read(frozen).figures.values()}

    def test_a_question_without_an_answer_stops_it(self) -> None:
        edition = make_edition()
        comment = make_comment(edition)
        with pytest.raises(NotReady):
            freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM)
        preparing.answer(comment_id=comment, words="Voilà.", by=SYSTEM)
        freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM)

    def test_a_definition_that_changed_since_stops_it_until_the_page_is_read_again(self) -> None:
        edition = make_edition()
        one = INDICATORS["HOT-REP"]
        versions = (*one.versions, Version(2, date(2026, 3, 1), "By basket"))
        INDICATORS[one.code] = replace(one, versions=versions)  # the fixture puts it back
        with pytest.raises(NotReady, match="HOT-REP"):
            freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM)
        for code in ("three", "reports", "years"):
            write(edition, code)
        freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM)

    def test_only_what_is_frozen_is_published_or_drawn(self) -> None:
        edition = make_edition()
        for act in (freezing.publish, freezing.draw):
            with pytest.raises(EditionDraft):
                act(edition_id=edition, by=SYSTEM)


@pytest.mark.django_db(transaction=True)
def test_of_two_directors_who_freeze_at_once_one_does() -> None:
    edition, both = make_edition(), Barrier(2)

    def freeze(director: Actor) -> bool:
        both.wait(timeout=PATIENCE)
        end = time.monotonic() + PATIENCE
        try:
            while True:
                try:
                    freezing.freeze(edition_id=edition, alone=ALONE, by=director)
                except EditionFrozen:
                    return False
                except OperationalError:  # SQLite was written to for too long: the page says so
                    assert time.monotonic() < end
                else:
                    return True
        finally:
            connection.close()

    directors = [make_actor("steering"), make_actor("steering")]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(freeze, directors)) == [False, True]
    assert events().count("edition.frozen") == 1


class TestFiles:
    def test_are_three_in_each_language_and_the_same_again(self) -> None:
        pick("apple", times=40, on=clock.today() - timedelta(days=1))
        tick()
        edition = make_frozen()
        freezing.draw(edition_id=edition, by=SYSTEM)
        kept = list(File.objects.filter(edition=edition, is_public=False))
        assert File.objects.filter(edition=edition, is_public=True).count() == len(kept)
        assert {(one.form, one.language) for one in kept} == {
            (form, language) for form in ("pptx", "pdf", "html") for language in ("fr", "en")
        }
        freezing.draw(edition_id=edition, by=SYSTEM)  # what is there is not drawn again
        assert events().count("edition.drawn") == 1
        deck = editions_deck.read(edition_of(edition).deck)
        with clock.at(clock.now() + timedelta(days=366)):
            for one in kept:
                assert drawn_as(one.form, deck, one.language) == bytes(one.octets)


class TestMembers:
    def test_a_link_opens_the_draft_until_it_is_over(self) -> None:
        edition = make_edition(clock.today() + timedelta(days=7))
        token = make_link(edition)
        assert preparing.open_link(token=token).seat == "Association Lyre"
        with pytest.raises(NotHere):
            preparing.open_link(token=f"{token}x")
        with clock.at(clock.now() + timedelta(days=8)), pytest.raises(LinkOver):
            preparing.open_link(token=token)
        freezing.freeze(edition_id=edition, alone=ALONE, by=SYSTEM)
        with pytest.raises(LinkOver):
            preparing.open_link(token=token)
        with pytest.raises(LinkOver):
            preparing.comment(token=token, code="", words="Trop tard ?")
        assert not Comment.objects.exists()

    def test_links_are_numbered_and_their_tokens_not_kept(self) -> None:
        edition = make_edition()
        tokens = [make_link(edition) for _ in range(2)]
        assert [one.number for one in Link.objects.all()] == [1, 2]
        kept = "".join(str(vars(one)) for one in Link.objects.all())
        assert not any(token in kept for token in tokens)

    def test_a_member_reads_the_answer_to_what_they_asked_and_no_other(self) -> None:
        edition = make_edition()
        tokens = [make_link(edition) for _ in range(2)]
        preparing.comment(token=tokens[0], code="reports", words="Pourquoi ?")
        preparing.answer(comment_id=Comment.objects.get().id, words="Voilà.", by=SYSTEM)
        of = [showing.draft(preparing.open_link(token=token)) for token in tokens]
        assert [[one.answer for one in each.asked] for each in of] == [["Voilà."], []]

    def test_empty_words_are_refused(self) -> None:
        edition = make_edition()
        token = make_link(edition)
        with pytest.raises(WordsMissing):
            preparing.comment(token=token, code="", words="  ")
        with pytest.raises(WordsMissing):
            preparing.answer(comment_id=make_comment(edition), words=" ", by=SYSTEM)
        with pytest.raises(WordsMissing):
            preparing.give_link(edition_id=edition, seat=" ", by=SYSTEM)


def test_a_number_for_inside_is_in_no_draft(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_inside(monkeypatch)
    pick("apple", times=2, on=clock.today() - timedelta(days=1))
    tick()
    deck = editions_deck.read(edition_of(make_edition()).deck)
    cells = [cell for table in deck.figures.values() for cell in table.rows[0].cells]
    assert any(cell.state is CellState.WITHHELD for cell in cells)
    assert not any(cell.value == 2 for cell in cells)


def test_reading_is_for_those_who_may() -> None:
    by, edition = make_actor("listener"), make_edition()
    for ask in (
        lambda: showing.editions(seen_by=by),
        lambda: showing.edition(edition, seen_by=by),
        lambda: showing.comment(make_comment(edition), seen_by=by),
        lambda: showing.file(edition, "pdf", "fr", is_public=False, seen_by=by),
    ):
        with pytest.raises(PermissionDenied):
            ask()
    with pytest.raises(NotHere):
        public.edition(clock.now())
