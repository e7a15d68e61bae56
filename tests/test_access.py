"""Who may, asked of each module's `access` without a database: what it lets through and refuses."""

from importlib import import_module
from pathlib import Path
from time import time
from types import ModuleType
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied

from balise.awareness.activities.charter import access as charter
from balise.awareness.activities.feedback import access as feedback
from balise.awareness.learning.events.access import links as events
from balise.awareness.partnership.trends import access as trends
from balise.awareness.places.fieldwork import access as fieldwork
from balise.awareness.places.structures import access as structures
from balise.awareness.places.structures.rules.delays import LINK_LASTS
from balise.awareness.publications import access as publications
from balise.awareness.publications.rules import PUBLISHER, WRITER
from balise.awareness.sid import access as sid
from balise.awareness.surveys import access as surveys
from balise.foundation import access
from balise.foundation.accounts import roles
from balise.foundation.actors import ANYONE, SYSTEM, Actor, ActorKind
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.signed import SignedId, SignedState
from balise.helpline.conversations import access as conversations
from balise.helpline.staffing import access as staffing
from balise.hotline.desk import access as desk
from balise.hotline.matching.exchange import access as exchange
from balise.hotline.reports import access as reports
from balise.hotline.welfare import access as welfare
from balise.takedown.notices import access as notices
from balise.takedown.statements import access as statements
from balise.takedown.watch import access as watch

SOURCE = Path(__file__).parents[1] / "src"
MODULES = [
    ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix(".__init__")
    for pattern in ("access.py", "access/__init__.py")
    for path in sorted(SOURCE.rglob(pattern))
    if path.parent != SOURCE / "balise/foundation"
]
LINE = "hotline"
OF_LINE = "hotline.anything.read"  # who holds it works for the line
PARTNER = uuid4()


def staff(*abilities: str, key: str = "", organisation: UUID | None = None) -> Actor:
    return Actor(ActorKind.STAFF, key, frozenset(abilities), organisation)


def partner(*abilities: str) -> Actor:
    return Actor(ActorKind.PARTNER, str(PARTNER), frozenset(abilities))


def abilities_of(module: ModuleType) -> set[str]:
    return {told for name, told in vars(module).items() if name.isupper() and isinstance(told, str)}


class Shelf:
    """An in-memory double of a table with one row, of the hotline; it notes how it was read."""

    locked_with = "case"
    __name__ = "Shelf"

    def __init__(self) -> None:
        self.id, self.line = uuid4(), LINE
        self.read_with: list[object] = []
        self.model = self._default_manager = self

    def select_related(self, name: str | None) -> "Shelf":
        self.read_with.append(name)
        return self

    def all(self) -> "Shelf":
        return self

    def get(self, **of: UUID) -> "Shelf":
        if of != {"id": self.id}:
            raise ObjectDoesNotExist
        return self

    def locked(self, row_id: UUID) -> "Shelf":
        self.read_with.append("a lock")
        return self.get(id=row_id)


class TestAsking:
    def test_lets_through_who_holds_the_ability(self) -> None:
        access.require(staff("hotline.reports.read"), "hotline.reports.read")
        access.require(SYSTEM, "hotline.reports.read")

    @pytest.mark.parametrize("actor", [ANYONE, staff("hotline.reports.assess"), partner()])
    def test_refuses_who_does_not_and_says_which(self, actor: Actor) -> None:
        with pytest.raises(PermissionDenied, match=r"^hotline\.reports\.read$"):
            access.require(actor, "hotline.reports.read")

    def test_lets_through_for_a_line_of_ones_own_and_no_other(self) -> None:
        mine = staff("takedown.notices.read", OF_LINE)
        access.require_for(mine, "takedown.notices.read", line=LINE)
        with pytest.raises(NotYours, match=r"^takedown\.notices\.read$"):
            access.require_for(mine, "takedown.notices.read", line="helpline")
        with pytest.raises(PermissionDenied) as refusal:
            access.require_for(staff(OF_LINE), "takedown.notices.read", line=LINE)
        assert not isinstance(refusal.value, NotYours)

    def test_a_process_works_for_every_line(self) -> None:
        access.require_for(SYSTEM, "takedown.notices.read", line="helpline")

    def test_one_works_for_the_lines_of_ones_abilities(self) -> None:
        assert access.lines_of(staff("hotline.reports.read", "takedown.notices.read")) == {
            "hotline",
            "takedown",
        }
        assert access.lines_of(ANYONE) == frozenset()


@pytest.mark.parametrize("read", [access.found, access.locked])
class TestARow:
    MINE = staff("takedown.notices.read", OF_LINE)

    def test_of_ones_own_line_is_read_with_what_it_stands_on(self, read: Any) -> None:
        shelf = Shelf()
        assert read(shelf, shelf.id, "takedown.notices.read", by=self.MINE) is shelf
        assert read(shelf, shelf.id, "takedown.notices.read", by=SYSTEM) is shelf
        once = "case" if read is access.found else "a lock"
        assert shelf.read_with == [once, once]

    def test_of_another_line_is_not_theirs(self, read: Any) -> None:
        shelf = Shelf()
        shelf.line = "helpline"
        with pytest.raises(NotYours, match=r"^takedown\.notices\.read$"):
            read(shelf, shelf.id, "takedown.notices.read", by=self.MINE)

    def test_is_not_looked_up_for_who_may_not(self, read: Any) -> None:
        shelf = Shelf()
        with pytest.raises(PermissionDenied, match=r"^takedown\.notices\.read$"):
            read(shelf, shelf.id, "takedown.notices.read", by=staff(OF_LINE))
        assert shelf.read_with == []

    def test_that_is_not_there_is_not_here(self, read: Any) -> None:
        with pytest.raises(ObjectDoesNotExist):
            read(Shelf(), uuid4(), "takedown.notices.read", by=self.MINE)


def test_a_row_that_stands_on_nothing_is_read_alone() -> None:
    shelf = Shelf()
    shelf.locked_with = ""
    access.found(shelf, shelf.id, "takedown.notices.read", by=SYSTEM)  # type: ignore[type-var]
    assert shelf.read_with == [None]


@pytest.mark.parametrize("name", MODULES)
def test_each_module_refuses_who_holds_all_its_abilities_but_one(name: str) -> None:
    module = import_module(name)
    abilities = abilities_of(module)
    assert abilities, "it names none"
    ask = module.require
    of = {"line": LINE} if ask is access.require_for else {}
    for ability in abilities:
        ask(staff(ability, OF_LINE), ability, **of)
        with pytest.raises(PermissionDenied, match=f"^{ability}$"):
            ask(staff(*abilities - {ability}, OF_LINE), ability, **of)
        if of:
            with pytest.raises(NotYours):
                ask(staff(ability), ability, line="another")


@pytest.mark.parametrize("name", MODULES)
def test_what_a_module_asks_besides_is_what_the_foundation_asks(name: str) -> None:
    module = import_module(name)
    same = {
        "require_ability": access.require,
        "require_for": access.require_for,
        "found": access.found,
        "locked": access.locked,
        "lines_of": access.lines_of,
    }
    wrong = [each for each, one in same.items() if getattr(module, each, one) is not one]
    assert not wrong


class TestTheHotline:
    def test_a_token_reports_for_its_organisation(self) -> None:
        assert reports.partner_of(partner()) == PARTNER
        assert reports.partner_of(staff(organisation=PARTNER)) == PARTNER
        assert reports.partner_of(staff(key=str(uuid4()))) is None

    def test_who_reports_for_nobody_is_refused(self) -> None:
        assert reports.require_partner(partner(reports.SUBMIT), reports.SUBMIT) == PARTNER
        for actor in (partner(), staff(reports.SUBMIT), staff(organisation=PARTNER)):
            with pytest.raises(PermissionDenied, match=f"^{reports.SUBMIT}$"):
                reports.require_partner(actor, reports.SUBMIT)

    def test_the_desk_is_for_the_people_of_a_partner(self) -> None:
        assert desk.require_member(staff(desk.USE, organisation=PARTNER)) == PARTNER
        for actor in (staff(organisation=PARTNER), staff(desk.USE), staff(desk.ANSWER)):
            with pytest.raises(PermissionDenied, match=f"^{desk.USE}$"):
                desk.require_member(actor)

    def test_a_token_pulls_or_asks_with_one_of_the_scopes(self) -> None:
        for scope in (exchange.PULL, exchange.ASK):
            asked = exchange.partner_of(partner(scope), exchange.PULL, exchange.ASK)
            assert asked == PARTNER
        for actor in (partner(exchange.READ), staff(exchange.PULL), SYSTEM):
            with pytest.raises(PermissionDenied, match=f"^{exchange.PULL}$"):
                exchange.partner_of(actor, exchange.PULL, exchange.ASK)

    def test_a_person_alone_looks_and_is_counted(self) -> None:
        person = uuid4()
        assert welfare.require_person(staff(welfare.LOOK, key=str(person))) == person
        for actor in (partner(welfare.LOOK), SYSTEM, staff(welfare.READ_TEAM, key=str(person))):
            with pytest.raises(PermissionDenied, match=f"^{welfare.LOOK}$"):
                welfare.require_person(actor)


class TestTheHelpline:
    def test_a_listener_talks_and_a_supervisor_reads_along(self) -> None:
        conversations.require_staff(staff(conversations.TALK))
        conversations.require_staff(staff(conversations.READ_ALONG))
        for actor in (ANYONE, staff("helpline.queue.work")):
            with pytest.raises(PermissionDenied, match=f"^{conversations.TALK}$"):
                conversations.require_staff(actor)

    def test_only_a_member_is_planned(self) -> None:
        staffing.require_member(is_member=True)
        with pytest.raises(PermissionDenied, match=f"^{staffing.OWN}$"):
            staffing.require_member(is_member=False)


class TestTakedown:
    def test_notices_are_read_for_ones_own_lines(self) -> None:
        both = staff(notices.READ, "hotline.reports.read", "helpline.cases.read")
        assert notices.lines_read_by(both) == ["helpline", "hotline", "takedown"]
        assert notices.lines_read_by(staff(notices.SEND, "hotline.reports.read")) == []

    def test_statements_are_compared_for_ones_own_line(self) -> None:
        statements.require_line(staff("hotline.reports.read"), LINE)
        statements.require_line(SYSTEM, "helpline")
        with pytest.raises(PermissionDenied, match=r"^helpline$"):
            statements.require_line(staff("hotline.reports.read"), "helpline")

    def test_a_process_alone_looks_whether_it_is_still_there(self) -> None:
        watch.require_worker(SYSTEM)
        for actor in (ANYONE, staff(watch.WATCH), partner(watch.WATCH)):
            with pytest.raises(PermissionDenied, match=f"^{watch.WATCH}$"):
                watch.require_worker(actor)

    def test_what_is_watched_is_seen_for_ones_own_lines(self) -> None:
        both = staff(watch.READ, "hotline.reports.read", "helpline.cases.read")
        assert watch.readable_lines(both) == ["helpline", "hotline", "takedown"]
        with pytest.raises(PermissionDenied, match=f"^{watch.READ}$"):
            watch.readable_lines(staff("hotline.reports.read"))


class TestAwareness:
    def test_the_public_asks_for_an_intervention_and_so_does_who_plans_them(self) -> None:
        assert fieldwork.may_ask(ANYONE) is True
        assert fieldwork.may_ask(staff(fieldwork.CHANGE)) is True
        assert fieldwork.may_ask(staff(fieldwork.READ)) is False
        assert fieldwork.may_ask(partner()) is False

    def test_wagtail_lets_in_who_writes_and_gives_each_what_their_role_may(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        writes, publishes = publications.WRITE, publications.PUBLISH
        for code, of in {"w": {writes}, "p": {publishes}, "wp": {writes, publishes}}.items():
            monkeypatch.setitem(roles._ROLES, code, roles.Role(code, LINE, code, frozenset(of)))
        assert publications.verbs_of("w") == WRITER
        assert publications.verbs_of("p") == frozenset()
        assert publications.verbs_of("wp") == WRITER | PUBLISHER
        enter = "wagtailadmin.access_admin"
        assert publications.may_enter(role="w", permission=enter) is True
        assert publications.may_enter(role="p", permission=enter) is False
        assert publications.may_enter(role="w", permission="wagtailadmin.other") is False

    def test_results_are_read_for_awareness_or_for_steering(self) -> None:
        surveys.require_results(staff(surveys.RESULTS))
        surveys.require_results(staff(surveys.READ))
        with pytest.raises(PermissionDenied, match=f"^{surveys.READ}$"):
            surveys.require_results(staff(surveys.WRITE))

    def test_a_link_for_journalists_has_its_year(self) -> None:
        year = sid.read_press(sid.press_token(2031))
        assert year == 2031
        assert isinstance(year, int)
        with pytest.raises(NotHere):
            sid.read_press(sid.own_token(uuid4()))


LINKS = {
    "challenged": (charter.token_of, charter.read_token),
    "form": (feedback.form_token, feedback.read_form),
    "registration": (events.token_of, events.read_token),
    "opinion": (fieldwork.token_of, fieldwork.read_token),
    "contact": (structures.token_of, structures.read_token),
    "briefing": (trends.briefing_token, trends.read_briefing),
    "reader": (trends.reader_token, trends.read_reader),
    "activity": (sid.own_token, sid.read_own),
    "invitation": (surveys.link_token, surveys.read_link),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_opens_what_it_was_made_for_and_no_other_does(name: str) -> None:
    mine, (_make, read) = uuid4(), LINKS[name]
    opened = {}
    for other, (make, _read) in LINKS.items():
        try:
            opened[other] = read(make(mine))
        except NotHere:
            continue
    assert opened == {name: mine}


@pytest.mark.parametrize("name", LINKS)
def test_what_we_sign_for_no_purpose_opens_no_link(name: str) -> None:
    _make, read = LINKS[name]
    nameless: Any = None
    for lasts in (None, LINK_LASTS):
        with pytest.raises(NotHere):
            read(SignedId(nameless, lasts=lasts).token(uuid4()))


def test_a_link_for_journalists_is_none_that_we_sign_for_no_purpose() -> None:
    nameless: Any = None
    with pytest.raises(NotHere):
        sid.read_press(SignedState(nameless).token(2031))


def test_the_link_of_a_structure_opens_for_as_long_as_it_lasts() -> None:
    mine, then = uuid4(), time()
    for seconds, is_open in ((-5, True), (5, False)):
        with pytest.MonkeyPatch.context() as moved:
            moved.setattr("django.core.signing.time.time", lambda: then)
            token = structures.token_of(mine)
            later = then + LINK_LASTS.total_seconds() + seconds
            moved.setattr("django.core.signing.time.time", lambda: later)  # noqa: B023 - asked at once
            if is_open:
                assert structures.read_token(token) == mine
            else:
                with pytest.raises(NotHere):
                    structures.read_token(token)
