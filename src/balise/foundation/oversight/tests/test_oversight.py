from datetime import timedelta
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from pytest_django import DjangoAssertNumQueries

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import ANYONE, SYSTEM, Actor, ActorKind
from balise.foundation.journal import book
from balise.foundation.journal.book import record
from balise.foundation.journal.clerk import tick
from balise.foundation.journal.models import Cursor, Entry
from balise.foundation.journal.tests.makers import GREY, PebbleThrown, ring, throw, throw_many
from balise.foundation.mail.models import SetAside
from balise.foundation.oversight import actions, queries
from balise.foundation.oversight.module import RULES
from balise.foundation.oversight.queries import Narrowing
from balise.foundation.retention import actions as forgetting
from balise.foundation.retention.events import RetentionErased
from balise.foundation.statistics import counting, measures
from balise.foundation.statistics.measures import Measure
from balise.foundation.statistics.queries import totals
from balise.foundation.tasks import running
from balise.foundation.tasks.models import DeadLetter
from balise.foundation.tasks.rules import Lane
from balise.foundation.tasks.running import run_due
from balise.foundation.tasks.tests import jobs
from balise.foundation.web.testing import StrictClient

pytestmark = pytest.mark.django_db

JOURNAL = "/staff/oversight/journal/"
RETENTION = "/staff/oversight/retention/"
TASKS = "/staff/oversight/tasks/"


@pytest.fixture
def officer() -> Actor:
    return make_actor("data_protection")


@pytest.fixture
def browser() -> StrictClient:
    return StrictClient()


def make_letter(*, age: timedelta = timedelta()) -> DeadLetter:
    then = clock.now() - age
    return DeadLetter.objects.create(
        job=jobs.ring_bell.module_path,
        ids={"bell": str(uuid4())},
        attempts=8,
        error="TimeoutError",
        enqueued_at=then,
        died_at=then,
    )


class TestReadJournal:
    def test_is_written_down_with_what_was_asked_for(self, officer: Actor) -> None:
        subject = throw()

        page = actions.read_journal(
            narrowing=Narrowing(line="pond", subject=subject, actor="x"), by=officer
        )

        assert page.entries == ()
        entry = Entry.objects.get(event="oversight.journal.read")
        assert (entry.actor_key, entry.subject) == (officer.key, subject)
        assert entry.facts == {"of_line": "pond", "of_event": "", "of_actor": "x"}

    def test_refuses_anyone_without_the_ability(self) -> None:
        with pytest.raises(PermissionDenied):
            actions.read_journal(narrowing=Narrowing(), by=ANYONE)

        assert not Entry.objects.exists()

    def test_an_ability_is_asked_for_by_each_question(self) -> None:
        for question in (
            queries.rules,
            queries.runs,
            queries.refused_run,
            queries.dead_letters,
            queries.work,
        ):
            with pytest.raises(PermissionDenied):
                question(seen_by=ANYONE)


class TestEntries:
    @pytest.fixture(autouse=True)
    def some_entries(self) -> None:
        self.subject = throw()
        ring()
        with transaction.atomic():
            record(PebbleThrown(subject=self.subject, colour=GREY), by=SYSTEM)
        throw_many(7)
        tick()

    def ids(self, narrowing: Narrowing) -> list[int]:
        """Return all pages of three, read to the oldest and back to the newest."""
        page = queries.entries(narrowing, seen_by=SYSTEM, size=3)
        pages = [page]
        while page.older:
            page = queries.entries(narrowing, seen_by=SYSTEM, before=page.older, size=3)
            pages.append(page)
        there = [entry.pk for page in pages for entry in page.entries]
        back: list[int] = []
        newer = page.newer
        while newer:
            page = queries.entries(narrowing, seen_by=SYSTEM, after=newer, size=3)
            back = [*(entry.pk for entry in page.entries), *back]
            newer = page.newer
        assert back == there[: len(back)]
        return there

    def test_come_page_by_page_the_latest_first(self) -> None:
        everything = list(Entry.objects.order_by("-id").values_list("id", flat=True))

        assert len(everything) == 10
        assert self.ids(Narrowing()) == everything

    def test_may_be_narrowed_to_a_line(self) -> None:
        pond = Entry.objects.filter(line="pond").order_by("-id").values_list("id", flat=True)

        assert self.ids(Narrowing(line="pond")) == list(pond)

    def test_may_be_narrowed_to_a_record_an_event_or_an_actor(self) -> None:
        assert len(self.ids(Narrowing(subject=self.subject))) == 2
        assert len(self.ids(Narrowing(event="tower.bell.rung"))) == 1
        assert len(self.ids(Narrowing(actor=Entry.objects.get(line="tower").actor_key))) == 1
        assert self.ids(Narrowing(subject=UUID(int=0))) == []


class TestJournalPage:
    @pytest.fixture(autouse=True)
    def signed_in(self, browser: StrictClient) -> Account:
        return sign_in(browser, make_account("data_protection", name="Dominique"))

    def test_shows_who_did_what(self, browser: StrictClient) -> None:
        throw()
        browser.get(JOURNAL)
        tick()

        page = browser.get(JOURNAL).text
        assert "pond.pebble.thrown" in page
        assert "colour=grey" in page
        assert "Dominique" in page

    def test_narrows_to_a_colleague_by_the_address(self, browser: StrictClient) -> None:
        other = make_account("analyst", email="analyst@centre.example")
        with transaction.atomic():
            record(
                PebbleThrown(subject=uuid4(), colour=GREY),
                by=Actor(SYSTEM.kind.STAFF, str(other.pk)),
            )

        page = browser.get(JOURNAL, {"actor": "Analyst@centre.example"}).text
        assert page.count("pond.pebble.thrown") == 1

    @pytest.mark.parametrize(
        "asked",
        [{"actor": "nobody@centre.example"}, {"actor": "?"}, {"subject": "x"}, {"line": "moon"}],
        ids=str,
    )
    def test_says_what_cannot_be_asked_for(
        self, browser: StrictClient, asked: dict[str, str]
    ) -> None:
        answer = browser.get(JOURNAL, asked)

        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY

    def test_walks_from_page_to_page(self, browser: StrictClient) -> None:
        for _ in range(queries.PAGE + 5):
            forgetting.note_clock(by=SYSTEM)
        asked = {"event": "retention.clock.noted"}
        assert "before=" in browser.get(JOURNAL, asked).text

        oldest = Entry.objects.filter(**asked).order_by("id")[5]
        second = browser.get(JOURNAL, {**asked, "before": f"{oldest.pk}"}).text
        assert second.count("<code>retention.clock.noted</code>") == 5
        assert "after=" in second

    def test_a_place_that_is_none_is_not_found(self, browser: StrictClient) -> None:
        assert browser.get(JOURNAL, {"before": "x"}).status_code == HTTPStatus.NOT_FOUND

    def test_asks_no_question_for_each_row(
        self, browser: StrictClient, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        throw_many(40)
        with django_assert_max_num_queries(14):
            browser.get(JOURNAL)


class TestTasksPage:
    @pytest.fixture(autouse=True)
    def signed_in(self, browser: StrictClient) -> Account:
        return sign_in(browser, make_account("accounts_admin"))

    def test_shows_what_was_given_up_and_tries_it_again(self, browser: StrictClient) -> None:
        letter = make_letter()
        assert "TimeoutError" in browser.get(TASKS).text

        browser.post(f"{TASKS}retry/", {"letter": letter.id})

        assert run_due() == 1
        assert not DeadLetter.objects.exists()

    def test_tries_all_of_them_again(self, browser: StrictClient) -> None:
        letters = [make_letter(), make_letter()]

        browser.post(f"{TASKS}retry/", {"letter": [letter.id for letter in letters]})

        assert run_due() == 2

    def test_says_when_somebody_was_quicker(self, browser: StrictClient) -> None:
        answer = browser.post(f"{TASKS}retry/", {"letter": uuid4()}, follow=True)

        assert answer.status_code == HTTPStatus.OK
        assert "toast-error" in answer.text
        assert browser.post(f"{TASKS}retry/", {"letter": "x"}).status_code == 404

    def test_shows_what_runs_waits_and_was_killed_for_each_kind(
        self, browser: StrictClient
    ) -> None:
        for _ in range(2):
            jobs.hang.later(bell=uuid4())
        running.claim("w/hosts", lane=Lane.HOSTS)
        jobs.ring_bell.later(bell=uuid4())
        running.claim("w/house", lane=Lane.HOUSE)
        running.settle("w/house", running.OutOfTime())

        work = queries.work(seen_by=SYSTEM)
        stands = {
            each.lane: (len(each.runs), each.waiting, each.killed)
            for each in work.lanes
            if each.runs or each.waiting or each.killed
        }
        assert stands == {Lane.HOSTS: (1, 1, 0), Lane.HOUSE: (0, 1, 1)}
        page = browser.get(TASKS).text
        for words in (jobs.hang.module_path, "depuis", "Hors délai aujourd’hui"):
            assert words in page

    def test_shows_a_reader_of_the_journal_that_is_stuck(self, browser: StrictClient) -> None:
        Cursor.objects.create(
            name="hotline.traces", line="hotline", failures=3, failed_with="KeyError"
        )

        page = browser.get(TASKS).text
        assert "hotline.traces" in page
        assert "KeyError" in page


class TestRetentionPage:
    @pytest.fixture(autouse=True)
    def signed_in(self, browser: StrictClient) -> Account:
        return sign_in(browser, make_account("data_protection"))

    def test_shows_each_promise_and_the_last_nights(self, browser: StrictClient) -> None:
        assert "oversight" in browser.get(RETENTION).text
        forgetting.run(by=SYSTEM, clock_is_right=True)

        page = browser.get(RETENTION).text
        assert str(RULES[0].says) in page
        assert "tag-good" in page

    def test_says_that_the_clock_jumped(
        self, browser: StrictClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        forgetting.note_clock(by=SYSTEM)
        late = clock.now() + timedelta(days=9)
        with monkeypatch.context() as patch:
            patch.setattr("balise.foundation.clock.now", lambda: late)
            forgetting.run(by=SYSTEM)

        assert "--clock-is-right" in browser.get(RETENTION).text


def test_a_dead_letter_is_forgotten_and_the_figures_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rule = RULES[0]
    erased = Measure(
        "oversight.erased",
        counts=RetentionErased.in_line("oversight"),
        by=("rule",),
        amount="count",
    )
    monkeypatch.setattr(book, "SUBSCRIPTIONS", {})
    monkeypatch.setattr("balise.foundation.journal.clerk.SUBSCRIPTIONS", book.SUBSCRIPTIONS)
    for module in (measures, counting):
        monkeypatch.setattr(module, "MEASURES", {erased.name: erased})
    monkeypatch.setattr("balise.foundation.statistics.queries.MEASURES", {erased.name: erased})
    monkeypatch.setattr("balise.foundation.retention.actions.RULES", {rule.name: rule})
    counting.connect()
    make_letter(age=timedelta(days=91))
    make_letter(age=timedelta(days=91))
    young = make_letter(age=timedelta(days=89))

    forgetting.run(by=SYSTEM)
    tick()

    assert DeadLetter.objects.get() == young
    [row] = totals(erased.name, clock.today(), clock.today(), by=("rule",))
    assert (row.codes, row.count, row.total) == ({"rule": "oversight.letters"}, 1, 2)


def set_aside(*, age: timedelta = timedelta()) -> SetAside:
    return SetAside.objects.create(
        id=uuid4(),
        mailbox="notices",
        validity=7,
        uid=SetAside.objects.count() + 4_321,
        reason="header-too-long",
        size=100_300,
        at=clock.now() - age,
    )


def test_a_mail_that_could_not_be_read_is_said_to_operators(browser: StrictClient) -> None:
    sign_in(browser, make_account("accounts_admin"))
    assert "pas pu être lus" not in browser.get(TASKS).text
    set_aside()
    page = browser.get(TASKS).text
    for words in ("pas pu être lus", "4321", "8 ko", "réponses des hébergeurs"):
        assert words in page


def test_that_a_mail_was_set_aside_is_forgotten_after_three_months() -> None:
    set_aside(age=timedelta(days=91))
    young = set_aside(age=timedelta(days=89))
    forgetting.run(by=SYSTEM, clock_is_right=True)
    assert SetAside.objects.get() == young


@pytest.mark.parametrize(
    ("page", "role"),
    [(JOURNAL, "data_protection"), (RETENTION, "data_protection"), (TASKS, "accounts_admin")],
)
def test_each_page_opens_to_its_role_alone(page: str, role: str, browser: StrictClient) -> None:
    assert browser.get(page).status_code == HTTPStatus.FOUND
    sign_in(browser, make_account("analyst"))
    assert browser.get(page).status_code == HTTPStatus.FORBIDDEN
    sign_in(browser, make_account(role))
    assert browser.get(page).status_code == HTTPStatus.OK


class TestAuthors:
    def test_are_told_by_role_and_kind_and_are_counted_in_the_latest(self) -> None:
        by = make_actor("listener")
        with transaction.atomic():
            for actor in (SYSTEM, ANYONE, by, by):
                record(PebbleThrown(subject=uuid4(), colour=GREY), by=actor)

        found = queries.authors([PebbleThrown.name], latest=3)

        assert found.looked_at == 3
        assert found.roles == (("listener", 2),)
        assert found.others == ((ActorKind.PUBLIC, 1),)
        assert not queries.authors(["nothing.happened"], latest=3).looked_at
