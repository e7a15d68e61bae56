"""An edition's life in the database: the second reader, and embargo."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.actions import correcting, freezing, preparing, reviewing
from balise.steering.editions.models import Edition
from balise.steering.editions.queries import public
from balise.steering.editions.rules.life import (
    EditionState,
    Erratum,
    FilesMissing,
    MomentWrong,
    ReadOther,
    SamePerson,
    StepWrong,
    Tick,
    TicksMissing,
)
from balise.steering.editions.rules.preparing import LinkOver, WordsMissing
from balise.steering.editions.tests.makers import ALONE, edition_of, make_comment, make_edition
from balise.steering.published.tests.makers import as_if_drawn

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

REASONS = {"fr": "Un doublon.", "en": "A duplicate."}
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
S = EditionState


def state(edition_id: UUID) -> EditionState:
    return edition_of(edition_id).state


def events() -> list[str]:
    names = Entry.objects.filter(line="steering").order_by("id").values_list("event", flat=True)
    return [name.removeprefix("steering.") for name in names]


@pytest.fixture
def writer() -> Actor:
    return make_actor("steering")


@pytest.fixture
def reader() -> Actor:
    return make_actor("steering_office")


def write(edition_id: UUID, by: Actor) -> None:
    preparing.write_section(
        edition_id=edition_id,
        code="reports",
        titles={"fr": "Une saison calme", "en": "A quiet season"},
        notes={},
        by=by,
    )


def approve(edition_id: UUID, by: Actor, ticks: Sequence[Tick] = tuple(Tick)) -> None:
    digest = edition_of(edition_id).digest
    reviewing.approve(edition_id=edition_id, digest=digest, ticks=ticks, by=by)


def make_approved(writer: Actor, reader: Actor) -> UUID:
    edition = make_edition(by=writer)
    reviewing.ask_review(edition_id=edition, by=writer)
    approve(edition, reader)
    return edition


def make_drawn(writer: Actor) -> UUID:
    edition = make_edition(by=writer)
    freezing.freeze(edition_id=edition, alone=ALONE, by=writer)
    as_if_drawn(edition)
    return edition


def make_embargoed(writer: Actor) -> UUID:
    edition = make_drawn(writer)
    freezing.publish(edition_id=edition, publish_at=clock.now() + HOUR, by=writer)
    return edition


class TestSecondReader:
    def test_a_deck_is_written_read_and_frozen_by_two(self, writer: Actor, reader: Actor) -> None:
        edition = make_edition(by=writer)
        assert state(edition) is S.DRAFT
        reviewing.ask_review(edition_id=edition, by=writer)
        assert state(edition) is S.IN_REVIEW
        approve(edition, reader)
        assert state(edition) is S.APPROVED
        freezing.freeze(edition_id=edition, by=writer)
        row = edition_of(edition)
        assert (row.state, row.alone, row.approved_by) == (S.FROZEN, "", reader.key)
        assert events() == [
            "edition.opened",
            "edition.review-asked",
            "edition.approved",
            "edition.frozen",
        ]

    def test_each_step_is_for_those_who_may(self) -> None:
        listener, office, nothing = make_actor("listener"), make_actor("steering_office"), uuid4()
        of = {"edition_id": nothing}
        words = {"erratum": Erratum.MINOR, "reasons": REASONS}
        grave = {**words, "erratum": Erratum.MAJOR}
        early = {"seat": "A", "purpose": "B", "from_at": clock.now()}
        steps: tuple[tuple[Any, Actor, dict[str, Any]], ...] = (
            (reviewing.ask_review, listener, {}),
            (reviewing.approve, listener, {"digest": "", "ticks": ()}),
            (correcting.correct, listener, words),
            (correcting.correct, office, grave),
            (correcting.ask_withdrawal, office, {"reasons": REASONS}),
            (correcting.confirm_withdrawal, office, {}),
            (freezing.hold, office, {}),
            (preparing.give_early, office, early),
        )
        for act, by, more in steps:
            with pytest.raises(PermissionDenied):
                act(by=by, **of, **more)
        assert events() == []

    def test_who_wrote_last_does_not_approve_in_whatever_role(self, writer: Actor) -> None:
        edition = make_edition(by=writer)
        reviewing.ask_review(edition_id=edition, by=writer)
        other_role = Actor(writer.kind, writer.key, make_actor("steering_office").abilities)
        for same in (writer, other_role):
            with pytest.raises(SamePerson):
                approve(edition, same)
        assert state(edition) is S.IN_REVIEW

    def test_who_approved_does_not_freeze(self, writer: Actor) -> None:
        other = make_actor("steering")
        edition = make_approved(writer, other)
        with pytest.raises(SamePerson):
            freezing.freeze(edition_id=edition, by=other)
        freezing.freeze(edition_id=edition, by=writer)

    def test_a_missing_tick_and_another_deck_are_refused(
        self, writer: Actor, reader: Actor
    ) -> None:
        edition = make_edition(by=writer)
        reviewing.ask_review(edition_id=edition, by=writer)
        with pytest.raises(TicksMissing):
            approve(edition, reader, tuple(Tick)[1:])
        with pytest.raises(ReadOther):
            reviewing.approve(edition_id=edition, digest="0" * 64, ticks=list(Tick), by=reader)
        assert state(edition) is S.IN_REVIEW

    def test_no_step_is_skipped(self, writer: Actor, reader: Actor) -> None:
        edition = make_edition(by=writer)
        with pytest.raises(StepWrong):
            approve(edition, reader)
        with pytest.raises(StepWrong):
            freezing.freeze(edition_id=edition, by=writer)
        reviewing.ask_review(edition_id=edition, by=writer)
        with pytest.raises(StepWrong):
            reviewing.ask_review(edition_id=edition, by=writer)
        with pytest.raises(StepWrong):
            freezing.freeze(edition_id=edition, by=writer)

    def test_a_changed_page_or_day_makes_it_a_draft_again(
        self, writer: Actor, reader: Actor
    ) -> None:
        row = edition_of(make_approved(writer, reader))
        last = row.last
        changes: tuple[Callable[[], object], ...] = (
            lambda: write(row.id, reader),
            lambda: preparing.place_section(
                edition_id=row.id, code="three", is_in=False, by=writer
            ),
            lambda: preparing.change_days(
                edition_id=row.id,
                first=row.first,
                last=last,
                known_by=row.known_by,
                compared=row.compares,
                by=writer,
            ),
        )
        for change in changes:
            change()
            found = edition_of(row.id)
            assert (found.state, found.approved, found.ticks) == (S.DRAFT, "", [])
            with pytest.raises(StepWrong):
                freezing.freeze(edition_id=row.id, by=writer)
            other = writer if found.written_by != writer.key else reader
            reviewing.ask_review(edition_id=row.id, by=writer)
            approve(row.id, other)

    def test_a_figure_that_changed_since_is_read_again(self, writer: Actor, reader: Actor) -> None:
        edition = make_approved(writer, reader)
        pick("apple", times=40, on=clock.today() - timedelta(days=1))
        tick()
        with pytest.raises(ReadOther):
            freezing.freeze(edition_id=edition, by=writer)
        preparing.make_again(edition_id=edition, by=writer)
        assert state(edition) is S.DRAFT

    def test_counting_the_same_again_keeps_the_approval(self, writer: Actor, reader: Actor) -> None:
        edition = make_approved(writer, reader)
        with clock.at(clock.now() + SECOND):
            preparing.make_again(edition_id=edition, by=writer)
        assert state(edition) is S.APPROVED

    def test_one_who_is_alone_says_why_and_the_edition_too(self, writer: Actor) -> None:
        edition = make_edition(by=writer)
        with pytest.raises(StepWrong):
            freezing.freeze(edition_id=edition, alone="  ", by=writer)
        freezing.freeze(edition_id=edition, alone=ALONE, by=writer)
        assert edition_of(edition).alone == ALONE

    def test_a_question_without_an_answer_keeps_it_from_the_reader(self, writer: Actor) -> None:
        edition = make_edition(by=writer)
        make_comment(edition)
        with pytest.raises(Exception, match="question"):
            reviewing.ask_review(edition_id=edition, by=writer)
        assert state(edition) is S.DRAFT


class TestEmbargo:
    def test_the_clock_alone_ends_it(self, writer: Actor) -> None:
        edition = make_embargoed(writer)
        ends = edition_of(edition).published_at
        assert ends is not None
        assert state(edition) is S.EMBARGOED
        day = edition_of(edition).day
        for ask in (public.edition, public.newest, public.forms):
            with pytest.raises(NotHere):
                ask(ends - SECOND, day)
        assert not public.marks(ends - SECOND)
        with pytest.raises(NotHere):
            public.edition(ends - SECOND)
        entries = len(events())
        assert public.edition(ends).day == day
        assert public.edition(ends + SECOND, day).day == day
        with clock.at(ends):
            assert state(edition) is S.PUBLISHED
        assert len(events()) == entries

    def test_nothing_is_published_while_files_are_drawn(self, writer: Actor) -> None:
        edition = make_edition(by=writer)
        freezing.freeze(edition_id=edition, alone=ALONE, by=writer)
        with pytest.raises(FilesMissing):
            freezing.publish(edition_id=edition, by=writer)
        as_if_drawn(edition)
        Edition.objects.get(id=edition).files.filter(is_public=True, form="pdf").first().delete()  # type: ignore[union-attr]
        with pytest.raises(FilesMissing):
            freezing.publish(edition_id=edition, by=writer)

    def test_it_is_given_up_and_given_anew(self, writer: Actor) -> None:
        edition = make_embargoed(writer)
        with pytest.raises(StepWrong):
            freezing.publish(edition_id=edition, by=writer)
        freezing.hold(edition_id=edition, by=writer)
        assert (state(edition), edition_of(edition).published_at) == (S.FROZEN, None)
        freezing.publish(edition_id=edition, by=writer)
        assert state(edition) is S.PUBLISHED
        with pytest.raises(StepWrong):
            freezing.hold(edition_id=edition, by=writer)
        assert events()[-3:] == ["edition.published", "edition.held", "edition.published"]

    def test_a_seat_reads_from_its_moment_until_everyone_does(self, writer: Actor) -> None:
        edition = make_embargoed(writer)
        ends = edition_of(edition).published_at
        assert ends is not None
        opens = ends - HOUR / 2
        _number, token = preparing.give_early(
            edition_id=edition, seat="Ministère", purpose="Presse", from_at=opens, by=writer
        )
        with clock.at(opens - SECOND), pytest.raises(NotHere):
            preparing.open_link(token=token)
        with clock.at(opens):
            preparing.open_link(token=token)
            preparing.open_link(token=token)
            with pytest.raises(LinkOver):
                preparing.comment(token=token, code="", words="Pourquoi ?")
        assert events()[-2:] == ["link.opened", "link.opened"]  # each opening
        with clock.at(ends), pytest.raises(LinkOver):
            preparing.open_link(token=token)
        [seat] = public.edition(ends).seen_before
        assert (seat["seat"], seat["purpose"]) == ("Ministère", "Presse")

    def test_a_seat_is_refused_too_early_or_without_a_purpose(self, writer: Actor) -> None:
        edition = make_embargoed(writer)
        ends = edition_of(edition).published_at
        assert ends is not None
        given = {"edition_id": edition, "seat": "A", "by": writer}
        with pytest.raises(MomentWrong):
            preparing.give_early(purpose="B", from_at=ends - 25 * HOUR, **given)  # type: ignore[arg-type]
        with pytest.raises(WordsMissing):
            preparing.give_early(purpose=" ", from_at=ends - HOUR, **given)  # type: ignore[arg-type]
        freezing.hold(edition_id=edition, by=writer)
        with pytest.raises(StepWrong):
            preparing.give_early(purpose="B", from_at=ends - HOUR, **given)  # type: ignore[arg-type]
