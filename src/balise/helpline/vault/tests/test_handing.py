"""A yes, and what is handed over with it: who may, what is refused, what leaves and what stays."""

from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import gettext, override
from pytest_django.fixtures import Settings

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now, today
from balise.foundation.finding import NotYours
from balise.foundation.journal.models import Entry
from balise.foundation.limited.lanes import PAPERS
from balise.helpline.cases.module import erase_cases
from balise.helpline.cases.rules.files import reference
from balise.helpline.cases.tests.makers import make_case, make_listener
from balise.helpline.pictures.tests.makers import a_screen
from balise.helpline.vault import ports, queries
from balise.helpline.vault.actions import handing, opening, sharing
from balise.helpline.vault.actions.handing import Said
from balise.helpline.vault.models import CaseKey, HandedItem, Handing, Share
from balise.helpline.vault.module import RULES
from balise.helpline.vault.rules import verdicts
from balise.helpline.vault.rules.handing import (
    MOST_ITEMS,
    AlreadyHanded,
    ItemElsewhere,
    NotTurnedOn,
    NoYes,
    OneMoment,
    Stand,
    check_chosen,
    check_not_handed,
    check_said,
    check_stands,
)
from balise.helpline.vault.tests.makers import agreed, an_item, invited, shared
from balise.takedown.onward.dossiers import queries as dossiers
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules import parts
from balise.takedown.onward.dossiers.rules.facts import FactsRefused

MOMENT = datetime(2026, 10, 6, 9, tzinfo=UTC)
STAFF = "/staff/helpline/vault/"
FORM = {
    "offence": "hate-incitement",
    "facts_on": "2026-10-05",
    "place": "messagerie.example, groupe de la classe",
    "rationale": "Quelqu'un du groupe menace de montrer à tous ce qui a été dit.",
}


class TestAYes:
    def test_is_not_of_a_later_moment(self) -> None:
        check_said(MOMENT, at=MOMENT - timedelta(minutes=9))
        with pytest.raises(NoYes):
            check_said(MOMENT, at=MOMENT - timedelta(minutes=11))

    def test_is_to_items_that_are_there_and_to_few_enough(self) -> None:
        one, other = uuid4(), uuid4()
        check_chosen([one], there={one, other})
        with pytest.raises(NoYes):
            check_chosen([], there={one})
        with pytest.raises(ItemElsewhere):
            check_chosen([one, other], there={one})
        many = [uuid4() for _nth in range(MOST_ITEMS + 1)]
        with pytest.raises(NoYes):
            check_chosen(many, there=set(many))

    def test_is_not_to_what_the_authority_has(self) -> None:
        one, other = uuid4(), uuid4()
        check_not_handed([one], handed={other})
        with pytest.raises(AlreadyHanded):
            check_not_handed([one, other], handed={other})

    def test_ends_once_it_is_taken_back_or_acted_on(self) -> None:
        check_stands(Stand.OPEN)
        with pytest.raises(NoYes):
            check_stands(Stand.TAKEN_BACK)
        with pytest.raises(AlreadyHanded):
            check_stands(Stand.HANDED)


@pytest.fixture(autouse=True)
def on(settings: Settings) -> None:
    """Counsel has answered: the centre hands evidence over."""
    settings.HANDS_EVIDENCE_OVER = True


@pytest.fixture
def listener() -> Actor:
    return make_listener()


def a_case(by: Actor, *items: Any) -> tuple[UUID, list[UUID], list[str]]:
    """Return a case with items shared, their ids and the secrets that take them back."""
    case, _words, known = invited(by)
    found = [shared(known, one) for one in items or (an_item(), an_item())]
    return case, [share for share, _secret in found], [secret for _share, secret in found]


def said(**given: Any) -> Said:
    told = {**FORM, "facts_on": date(2026, 10, 5), **given}
    return Said(**told)


def told(name: str) -> int:
    return Entry.objects.filter(event=f"helpline.vault.{name}").count()


@pytest.mark.django_db
class TestNoting:
    def test_says_who_agreed_to_what_and_opens_nothing(self, listener: Actor) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares[:1])
        row = queries.handing(yes, seen_by=listener)
        assert (row.numbers, row.stand, row.is_whole) == ((1,), Stand.OPEN, True)
        assert told("yes-noted") == 1
        facts = Entry.objects.get(event="helpline.vault.yes-noted").facts
        assert (facts["said_by"], facts["said_how"]) == ("young-person", "telephone")
        assert not Share.objects.filter(openings__gt=0).exists()

    def test_is_for_members_of_the_case_and_its_own_items(self, listener: Actor) -> None:
        case, shares, secrets = a_case(listener)
        other = make_listener(name="Alix")
        with pytest.raises(NotYours):
            agreed(other, case, shares)
        with pytest.raises(PermissionDenied):
            agreed(Actor(ActorKind.STAFF, listener.key, frozenset()), case, shares)
        _case, elsewhere, _secrets = a_case(other)
        for wrong in (elsewhere, [*shares, *elsewhere]):
            with pytest.raises(ItemElsewhere):
                agreed(listener, case, wrong)
        with pytest.raises(NoYes):
            agreed(listener, case, [])
        with pytest.raises(NoYes):
            agreed(listener, case, shares, authority="nobody")
        with pytest.raises(NoYes):
            agreed(listener, case, shares, said_at=now() + timedelta(hours=1))
        sharing.revoke(secret=secrets[0])
        with pytest.raises(ItemElsewhere):
            agreed(listener, case, shares)
        assert (Handing.objects.count(), told("yes-noted")) == (0, 0)

    def test_is_off_until_counsel_has_answered(self, listener: Actor, settings: Settings) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        settings.HANDS_EVIDENCE_OVER = False
        with pytest.raises(NotTurnedOn):
            agreed(listener, case, shares)
        for do in (handing.read_paper, lambda **of: handing.hand_over(said=said(), **of)):
            with pytest.raises(NotTurnedOn):
                do(handing_id=yes, by=listener)
        handing.take_back(handing_id=yes, by=listener)  # a no is always heard

    def test_can_be_taken_back_until_it_is_handed_over(self, listener: Actor) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        with pytest.raises(NotYours):
            handing.take_back(handing_id=yes, by=make_listener(name="Alix"))
        handing.take_back(handing_id=yes, by=listener)
        assert told("yes-taken-back") == 1
        with pytest.raises(NoYes):
            handing.take_back(handing_id=yes, by=listener)
        with pytest.raises(NoYes):
            handing.hand_over(handing_id=yes, said=said(), by=listener)
        assert not Dossier.objects.exists()
        done = agreed(listener, case, shares)
        handing.hand_over(handing_id=done, said=said(), by=listener)
        with pytest.raises(AlreadyHanded):
            handing.take_back(handing_id=done, by=listener)


@pytest.mark.django_db
class TestThePaper:
    def test_opens_the_items_and_says_so(self, listener: Actor) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        assert handing.read_paper(handing_id=yes, by=listener).startswith(b"%PDF")
        assert (told("paper-read"), told("opened")) == (1, 2)
        with pytest.raises(NotYours):
            handing.read_paper(handing_id=yes, by=make_listener(name="Alix"))
        assert told("paper-read") == 1


@pytest.mark.django_db
class TestHandingOver:
    def test_makes_a_dossier_of_what_was_agreed_and_of_nothing_else(self, listener: Actor) -> None:
        case, _words, known = invited(
            listener, make_case(by=listener, title="Hirondelle, des messages le soir")
        )
        first, secret = shared(known, an_item(what="Reçu le soir.", who="un élève"))
        shared(known, an_item(original=b"autre chose"))
        yes = agreed(listener, case, [first])
        dossier_id = handing.hand_over(handing_id=yes, said=said(), by=listener)
        one = Dossier.objects.get(id=dossier_id)
        assert (one.brought_from, one.subject, one.drafted_by) == ("helpline", yes, listener.key)
        facts = dossiers.facts_of(one)
        assert len(facts.items) == 1
        evidence = dossiers.evidence_of(one)
        with ZipFile(BytesIO(evidence[parts.ARCHIVE])) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        originals = {name: octets for name, octets in files.items() if name.startswith("items/")}
        assert list(originals.values()) == [b"tu verras demain"]
        assert files[verdicts.TIMELINE] == evidence[parts.PAPER]
        everything = b"".join(files.values()) + str(facts).encode()
        for kept in ("Hirondelle", str(case), case.hex, reference(case.hex), "autre chose"):
            assert kept.encode() not in everything
        assert queries.states([secret])[0]["handed_at"] is not None
        facts_of = Entry.objects.get(event="helpline.vault.handed").facts
        assert (facts_of["dossier"], facts_of["items"]) == (str(dossier_id), 1)

    def test_is_done_once(self, listener: Actor) -> None:
        case, shares, _secrets = a_case(listener)
        yes, same = agreed(listener, case, shares), agreed(listener, case, shares[:1])
        handing.hand_over(handing_id=yes, said=said(), by=listener)
        for again in (yes, same):
            with pytest.raises(AlreadyHanded):
                handing.hand_over(handing_id=again, said=said(), by=listener)
        with pytest.raises(AlreadyHanded):
            agreed(listener, case, shares[:1])
        assert Dossier.objects.count() == told("handed") == 1

    def test_is_refused_to_others_and_to_what_the_police_could_not_act_on(
        self, listener: Actor
    ) -> None:
        case, shares, secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        with pytest.raises(NotYours):
            handing.hand_over(handing_id=yes, said=said(), by=make_listener(name="Alix"))
        for wrong in (said(rationale="Court."), said(facts_on=today() + timedelta(days=1))):
            with pytest.raises(FactsRefused):
                handing.hand_over(handing_id=yes, said=wrong, by=listener)
        sharing.revoke(secret=secrets[0])
        with pytest.raises(ItemElsewhere):
            handing.hand_over(handing_id=yes, said=said(), by=listener)
        assert not queries.handing(yes, seen_by=listener).is_whole
        assert (Dossier.objects.count(), told("handed")) == (0, 0)

    def test_waits_for_the_papers_of_others_and_loses_nothing(
        self, listener: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        monkeypatch.setattr(PAPERS, "_patience", 0.01)
        with PAPERS.turn():
            for do in (handing.read_paper, lambda **of: handing.hand_over(said=said(), **of)):
                with pytest.raises(OneMoment):
                    do(handing_id=yes, by=listener)
        assert queries.handing(yes, seen_by=listener).stand is Stand.OPEN
        opened = Share.objects.filter(id__in=shares).values_list("openings", flat=True)
        assert set(opened) == {0}, "nobody read them"
        handing.hand_over(handing_id=yes, said=said(), by=listener)
        assert set(opened.all()) == {1}

    def test_is_refused_where_an_item_does_not_open(self, listener: Actor) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        kept = Share.objects.get(id=shares[0])
        kept.body = bytes(kept.body)[:-1]
        kept.save()
        with pytest.raises(ItemElsewhere):
            handing.hand_over(handing_id=yes, said=said(), by=listener)

    def test_keeps_pictures_back_where_they_are_off(
        self, listener: Actor, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for port in (ports.draw, ports.close):
            monkeypatch.setattr(port, "_answer", None)
        item = an_item("screenshot", a_screen(), type="image/png")
        case, shares, _secrets = a_case(listener, item)
        yes = agreed(listener, case, shares)
        dossier_id = handing.hand_over(handing_id=yes, said=said(), by=listener)
        one = Dossier.objects.get(id=dossier_id)
        facts = dossiers.facts_of(one)
        assert facts.brought is not None
        assert facts.brought.withheld == 1
        with ZipFile(BytesIO(dossiers.evidence_of(one)[parts.ARCHIVE])) as archive:
            assert not [name for name in archive.namelist() if name.startswith("items/")]

    def test_outlives_its_case_as_a_dossier_and_leaves_nothing_else(self, listener: Actor) -> None:
        case, shares, _secrets = a_case(listener)
        handing.hand_over(handing_id=agreed(listener, case, shares), said=said(), by=listener)
        erase_cases([case])
        rule = next(one for one in RULES if one.forgets is CaseKey)
        rule.erase(list(rule.due(now()).values_list("id", flat=True)))
        assert not Handing.objects.exists()
        assert not HandedItem.objects.exists()
        one = Dossier.objects.get()
        assert dossiers.evidence_of(one)
        assert dossiers.facts_of(one).items

    def test_survives_an_item_that_is_closed_after(self, listener: Actor) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        handing.hand_over(handing_id=yes, said=said(), by=listener)
        opening.close(share_id=shares[0], by=listener)
        row = queries.handing(yes, seen_by=listener)
        assert (row.stand, row.numbers) == (Stand.HANDED, (1, 2))


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def mine(self, client: Client) -> Actor:
        return actor_of(sign_in(client, make_account("listener", name="Camille")))

    def ways(self, case: UUID, yes: UUID) -> tuple[str, ...]:
        return f"case/{case}/police/", f"yes/{yes}/", f"yes/{yes}/paper/", f"yes/{yes}/take-back/"

    def answers(self, client: Client, case: UUID, yes: UUID) -> set[int]:
        return {client.post(STAFF + way).status_code for way in self.ways(case, yes)}

    def test_are_closed_to_anyone_to_other_roles_and_on_someone_else_s_case(
        self, client: Client, listener: Actor
    ) -> None:
        case, shares, _secrets = a_case(listener)
        yes = agreed(listener, case, shares)
        assert self.answers(client, case, yes) <= {HTTPStatus.FOUND, HTTPStatus.FORBIDDEN}
        sign_in(client, make_account("analyst"))
        assert self.answers(client, case, yes) == {HTTPStatus.FORBIDDEN}
        sign_in(client, make_account("listener", name="Alix"))
        assert self.answers(client, case, yes) == {HTTPStatus.NOT_FOUND}
        assert queries.handing(yes, seen_by=listener).stand is Stand.OPEN

    def test_lead_from_the_case_to_what_became_of_it(self, client: Client, mine: Actor) -> None:
        case, shares, _secrets = a_case(mine)
        where = f"{STAFF}case/{case}/police/"
        assert where in client.get(f"/staff/helpline/cases/{case}/").content.decode()
        page = client.get(where).content.decode()
        assert all(str(share) in page for share in shares)
        given = {
            "shares": [str(shares[1])],
            "authority": ports.receivers.ask()[0].code,
            "said_by": "together",
            "said_how": "chat",
            "said_at": "2026-10-06T09:30",
        }
        wrong = client.post(where, {**given, "shares": []})
        assert wrong.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert 'value="together"' in wrong.content.decode()
        assert "checked" in wrong.content.decode()
        noted = client.post(where, given)
        yes = Handing.objects.get()
        assert noted["Location"] == f"{STAFF}yes/{yes.id}/"
        paper = client.post(f"{STAFF}yes/{yes.id}/paper/")
        assert paper["Content-Type"] == "application/pdf"
        short = client.post(f"{STAFF}yes/{yes.id}/", {**FORM, "rationale": "Court."})
        assert short.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert FORM["place"] in short.content.decode()
        assert client.post(f"{STAFF}yes/{yes.id}/", FORM).status_code == HTTPStatus.FOUND
        with override("fr"):
            checked = gettext("An analyst checks it")
        assert checked in client.get(f"/staff/helpline/cases/{case}/").content.decode()
        after = client.get(f"{STAFF}yes/{yes.id}/").content.decode()
        assert "take-back" not in after
        assert "rationale" not in after

    def test_hear_that_it_was_taken_back(self, client: Client, mine: Actor) -> None:
        case, shares, _secrets = a_case(mine)
        yes = agreed(mine, case, shares)
        client.post(f"{STAFF}yes/{yes}/take-back/")
        page = client.get(f"{STAFF}yes/{yes}/").content.decode()
        assert "paper/" not in page
        assert Handing.objects.get().stand is Stand.TAKEN_BACK

    def test_offer_nothing_where_it_is_off(
        self, client: Client, mine: Actor, settings: Settings
    ) -> None:
        case, _shares, _secrets = a_case(mine)
        settings.HANDS_EVIDENCE_OVER = False
        assert "/police/" not in client.get(f"/staff/helpline/cases/{case}/").content.decode()
        page = client.get(f"{STAFF}case/{case}/police/").content.decode()
        assert 'name="said_by"' not in page
