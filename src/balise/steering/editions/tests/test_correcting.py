"""An edition is corrected by another, or withdrawn by two people: the old one stays as it was."""

from datetime import timedelta

import pytest

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import Actor
from balise.foundation.finding import NotHere
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.actions import correcting, freezing, preparing
from balise.steering.editions.queries import public
from balise.steering.editions.rules.comparing import compare
from balise.steering.editions.rules.deck import read
from balise.steering.editions.rules.kinds import INSAFE
from balise.steering.editions.rules.life import (
    EditionState,
    Erratum,
    ReasonMissing,
    SamePerson,
    StepWrong,
)
from balise.steering.editions.rules.preparing import EditionFrozen
from balise.steering.editions.tests.makers import ALONE, edition_of, make_edition
from balise.steering.editions.tests.test_life import events, make_embargoed, state
from balise.steering.published.tests.makers import as_if_drawn, make_published

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

REASONS = {"fr": "Un doublon.", "en": "A duplicate."}
HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
S = EditionState


@pytest.fixture
def writer() -> Actor:
    return make_actor("steering")


class TestCorrection:
    def test_it_is_a_new_edition_and_the_old_one_stays_as_it_was(self, writer: Actor) -> None:
        old = make_published()
        before = edition_of(old).deck
        pick("apple", times=20, on=clock.today() - timedelta(days=1))
        tick()
        new = correcting.correct(edition_id=old, erratum=Erratum.MINOR, reasons=REASONS, by=writer)
        row = edition_of(new)
        assert (row.version, row.corrects_id, row.mark) == (2, old, f"{row.day}-2")
        assert [one.code for one in row.sections.all()] == [
            one.code for one in edition_of(old).sections.all()
        ]
        assert state(old) is S.PUBLISHED  # until the new one is read
        freezing.freeze(edition_id=new, alone=ALONE, by=writer)
        as_if_drawn(new)
        freezing.publish(edition_id=new, by=writer)
        assert state(old) is S.CORRECTED
        assert edition_of(old).deck == before
        now = clock.now()
        latest = public.edition(now)
        assert latest.mark == row.mark
        assert latest.corrects is not None
        assert latest.corrects.reasons == REASONS
        asked = public.edition(now, row.day)
        assert asked.replaced is not None
        assert asked.replaced.mark == row.mark
        assert public.newest(now, row.day).mark == row.mark
        assert [mark for _day, mark in public.marks(now)] == [row.mark]
        found = compare(read(before), read(edition_of(new).deck))
        first = found.figures[0]
        assert (first.then, first.now, first.is_revised) == ("40", "60", True)

    def test_under_embargo_it_tells_nothing_of_the_old_one(self, writer: Actor) -> None:
        old = make_published()
        new = correcting.correct(edition_id=old, erratum=Erratum.MINOR, reasons=REASONS, by=writer)
        freezing.freeze(edition_id=new, alone=ALONE, by=writer)
        as_if_drawn(new)
        ends = clock.now() + HOUR
        freezing.publish(edition_id=new, publish_at=ends, by=writer)
        day = edition_of(old).day
        assert public.edition(ends - SECOND, day).replaced is None
        assert public.newest(ends - SECOND, day).version == 1
        assert public.newest(ends, day).version == 2
        freezing.hold(edition_id=new, by=writer)
        assert edition_of(old).replaced_at is None

    def test_one_at_a_time_with_a_reason_of_what_is_frozen(self, writer: Actor) -> None:
        old = make_published()
        given = {"erratum": Erratum.FORM, "by": writer}
        with pytest.raises(ReasonMissing):
            correcting.correct(edition_id=old, reasons={"fr": "A"}, **given)  # type: ignore[arg-type]
        new = correcting.correct(edition_id=old, reasons=REASONS, **given)  # type: ignore[arg-type]
        assert edition_of(new).known_by == edition_of(old).known_by
        for wrong in (old, new):
            with pytest.raises(StepWrong):
                correcting.correct(edition_id=wrong, reasons=REASONS, **given)  # type: ignore[arg-type]
        with pytest.raises(EditionFrozen):
            preparing.make_again(edition_id=old, by=writer)
        assert events()[-2:] == ["edition.opened", "edition.correction-opened"]

    def test_one_that_is_handed_over_is_replaced_when_its_correction_is_frozen(
        self, writer: Actor
    ) -> None:
        old = preparing.open_edition(template=INSAFE.code, day=clock.today(), by=writer)
        freezing.freeze(edition_id=old, alone=ALONE, by=writer)
        new = correcting.correct(edition_id=old, erratum=Erratum.METHOD, reasons=REASONS, by=writer)
        freezing.freeze(edition_id=new, alone=ALONE, by=writer)
        assert (state(old), state(new)) == (S.CORRECTED, S.FROZEN)

    def test_what_told_too_much_is_gone_with_its_correction(self, writer: Actor) -> None:
        old = make_published()
        new = correcting.correct(
            edition_id=old, erratum=Erratum.PROTECTION, reasons=REASONS, by=writer
        )
        freezing.freeze(edition_id=new, alone=ALONE, by=writer)
        as_if_drawn(new)
        freezing.publish(edition_id=new, by=writer)
        assert state(old) is S.WITHDRAWN
        with pytest.raises(public.Withdrawn):
            public.edition(clock.now(), edition_of(old).day)
        assert public.newest(clock.now(), edition_of(old).day).version == 2


class TestWithdrawal:
    def test_two_people_withdraw(self, writer: Actor) -> None:
        edition, other = make_published(), make_actor("steering")
        with pytest.raises(StepWrong):
            correcting.confirm_withdrawal(edition_id=edition, by=other)
        with pytest.raises(ReasonMissing):
            correcting.ask_withdrawal(edition_id=edition, reasons={}, by=writer)
        correcting.ask_withdrawal(edition_id=edition, reasons=REASONS, by=writer)
        assert state(edition) is S.PUBLISHED
        with pytest.raises(SamePerson):
            correcting.confirm_withdrawal(edition_id=edition, by=writer)
        correcting.confirm_withdrawal(edition_id=edition, by=other)
        assert state(edition) is S.WITHDRAWN
        with pytest.raises(public.Withdrawn):
            public.edition(clock.now(), edition_of(edition).day)
        with pytest.raises(NotHere):
            public.edition(clock.now())
        assert not public.marks(clock.now())
        assert events()[-2:] == ["edition.withdrawal-asked", "edition.withdrawn"]

    def test_what_tells_too_much_is_down_at_once_and_confirmed_after(self, writer: Actor) -> None:
        edition = make_published()
        correcting.ask_withdrawal(edition_id=edition, reasons=REASONS, at_once=True, by=writer)
        down = edition_of(edition).withdrawn_at
        assert state(edition) is S.WITHDRAWN
        with pytest.raises(SamePerson):
            correcting.confirm_withdrawal(edition_id=edition, by=writer)
        correcting.confirm_withdrawal(edition_id=edition, by=make_actor("steering"))
        assert edition_of(edition).withdrawn_at == down

    def test_only_what_is_public_is_withdrawn(self, writer: Actor) -> None:
        earlier = make_edition(clock.today() - timedelta(days=30))
        for edition in (earlier, make_embargoed(writer)):
            with pytest.raises(StepWrong):
                correcting.ask_withdrawal(edition_id=edition, reasons=REASONS, by=writer)
