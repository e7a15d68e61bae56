"""From a verdict to the police: the dossier that the hotline prepares."""

from html import unescape
from http import HTTPStatus
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.journal.models import Entry
from balise.hotline.reports import access
from balise.hotline.reports.actions import claiming, consulting, police
from balise.hotline.reports.actions.consulting import Proposed
from balise.hotline.reports.actions.police import NotForThePolice
from balise.hotline.reports.models import Content
from balise.hotline.reports.rules.words import Verdict
from balise.hotline.reports.tests.makers import (
    ADDRESS,
    ANALYST,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
    make_report,
)
from balise.takedown.notices.rules.letters import SeenBy
from balise.takedown.onward.dossiers import access as dossiers_access, queries
from balise.takedown.onward.dossiers.actions.drafting import AlreadyTold

pytestmark = pytest.mark.django_db

WORDS = "La page diffuse ce que la loi interdit, décrit ici sans être reproduit."
SECRET = "mots du signalant canary"


def with_dossiers(analyst: Actor) -> Actor:
    more = {dossiers_access.READ, dossiers_access.DRAFT}
    return Actor(ActorKind.STAFF, analyst.key, analyst.abilities | more)


ONE, OTHER = with_dossiers(ANALYST), with_dossiers(SECOND_ANALYST)


def make_illegal(offence: str = "hate-incitement") -> Content:
    content = make_content(description=SECRET, contact="canary@courriel.example")
    make_report(description=SECRET)
    for analyst in (ONE, OTHER):
        content.refresh_from_db()
        if content.decided_at is None:
            claiming.claim(content_id=content.id, by=analyst)
            decision = make_decision(category="csam", offence=offence)
            give_verdict(content.id, decision, by=analyst)
    content.refresh_from_db()
    return content


def prepared(content: Content, *, by: Actor = ONE) -> UUID:
    return police.prepare_dossier(content_id=content.id, rationale=WORDS, urgent=False, by=by)


class TestReasons:
    def test_the_forms_begin_with_the_reasons_of_the_verdict(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        content = make_decided()
        path = f"/staff/hotline/contents/{content.id}/"
        before = Entry.objects.filter(event="hotline.content.consulted").count()
        page = client.get(path).text
        said = consulting.propose(content_id=content.id, by=ONE)
        assert said.notice
        assert said.dossier
        for name in ("explanation", "rationale"):
            field = page.partition(f'name="{name}"')[2].partition("</textarea>")[0]
            assert said.notice in unescape(field), name
        # One opening for both forms, and the one of this test.
        assert Entry.objects.filter(event="hotline.content.consulted").count() == before + 2
        assert "Autres mots" in client.post(f"{path}notice/", {"explanation": "Autres mots"}).text

    def test_nothing_is_proposed_before_a_verdict_nor_to_another(self) -> None:
        content = make_content()
        assert consulting.propose(content_id=content.id, by=ONE) == Proposed()
        with pytest.raises(PermissionDenied):
            consulting.propose(content_id=content.id, by=make_actor("listener"))


class TestPrepare:
    def test_tells_where_and_when_and_never_who(self) -> None:
        content = make_illegal("csam-sharing")
        dossier = queries.dossier(prepared(content), seen_by=ONE)
        assert dossier is not None
        facts = queries.facts_of(dossier)
        assert facts.places[0].address == ADDRESS
        assert facts.offence == "csam-sharing"
        assert facts.decided_twice
        assert len(facts.receptions) == 2
        assert facts.receptions[0].words == {"fr": "Formulaire public", "en": "Public form"}
        assert {one.by for one in facts.sightings} == {SeenBy.REPORTER, SeenBy.LOOKED}
        assert facts.category["en"]
        assert "canary" not in str(facts.to_payload())
        assert dossier.received_at == content.first_reported_at

    def test_is_for_what_was_found_illegal(self) -> None:
        waiting = make_content("https://a.example/1")
        harmful = make_decided(Verdict.HARMFUL)
        for content in (waiting, harmful):
            with pytest.raises(NotForThePolice):
                prepared(content)
        with pytest.raises(ObjectDoesNotExist):
            police.prepare_dossier(content_id=uuid4(), rationale=WORDS, urgent=False, by=ONE)

    def test_is_for_who_may(self) -> None:
        content = make_illegal()
        reader = Actor(ActorKind.STAFF, "9", frozenset({access.READ}))
        for who in (reader, ANALYST):
            with pytest.raises(PermissionDenied):
                prepared(content, by=who)
        assert not queries.listed(seen_by=ONE)

    def test_is_prepared_once(self) -> None:
        content = make_illegal()
        prepared(content)
        with pytest.raises(AlreadyTold):
            prepared(content)


class TestThePage:
    @pytest.fixture
    def analyst(self, client: Client) -> Client:
        sign_in(client, make_account("analyst"))
        return client

    def address(self, content: Content) -> str:
        return f"/staff/hotline/contents/{content.id}/"

    def test_proposes_a_dossier_and_shows_it(self, analyst: Client) -> None:
        content = make_illegal("csam-sharing")
        address = self.address(content)
        assert "Préparer un dossier" in analyst.get(address).text
        short = analyst.post(f"{address}police/", {"rationale": "court"})
        assert short.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        answer = analyst.post(f"{address}police/", {"rationale": WORDS, "urgent": "on"})
        (dossier,) = queries.listed(seen_by=ONE)
        assert answer["Location"] == f"/staff/takedown/dossiers/{dossier.id}/"
        assert dossier.urgent
        page = analyst.get(address).text
        assert f'href="/staff/takedown/dossiers/{dossier.id}/"' in page
        assert "Préparer un dossier" not in page

    def test_says_nothing_of_the_police_before_a_verdict(self, analyst: Client) -> None:
        page = analyst.get(self.address(make_content()))
        assert page.status_code == HTTPStatus.OK
        assert "Préparer un dossier" not in page.text

    @pytest.mark.parametrize("role", ["listener", "steering"])
    def test_is_another_role_s_not_to_use(self, client: Client, role: str) -> None:
        content = make_illegal()
        sign_in(client, make_account(role))
        answer = client.post(f"{self.address(content)}police/", {"rationale": WORDS})
        assert answer.status_code == HTTPStatus.FORBIDDEN
        assert not queries.listed(seen_by=ONE)

    def test_knows_no_content_that_is_not_there(self, analyst: Client) -> None:
        address = f"/staff/hotline/contents/{uuid4()}/police/"
        assert analyst.post(address, {"rationale": WORDS}).status_code == HTTPStatus.NOT_FOUND
        assert analyst.post(address, {}).status_code == HTTPStatus.NOT_FOUND
