"""The police at once, before a verdict: the way to them, one person’s dossier, what is logged."""

from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import police
from balise.hotline.reports.actions.police import NotForThePolice
from balise.hotline.reports.models import Content
from balise.hotline.reports.queries import listing
from balise.hotline.reports.queries.timeline import police_now
from balise.hotline.reports.rules.assessing import OffenceMissing
from balise.hotline.reports.rules.words import ContentState
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decision,
)
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.actions import drafting
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules import states
from balise.takedown.onward.dossiers.rules.states import NotAlone, SameHands, WrongState
from balise.takedown.onward.dossiers.tests.makers import make_facts
from balise.takedown.onward.dossiers.web.due import of_dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.safety]

WORDS = "Un message annonce un acte contre un élève, demain devant le collège."
THREATS = "hate-incitement"


def with_dossiers(analyst: Actor) -> Actor:
    more = {access.READ, access.DRAFT, access.APPROVE}
    return Actor(ActorKind.STAFF, analyst.key, analyst.abilities | more)


ONE, OTHER = with_dossiers(ANALYST), with_dossiers(SECOND_ANALYST)


def prepared(content: Content, *, by: Actor = ONE) -> UUID:
    return police.prepare_before_verdict(
        content_id=content.id, offence=THREATS, rationale=WORDS, by=by
    )


class TestTheRules:
    def test_one_person_alone_only_in_danger_and_before_a_verdict(self) -> None:
        states.check_alone(before_verdict=True, urgent=True)
        for early, urgent in ((True, False), (False, True), (False, False)):
            with pytest.raises(NotAlone):
                states.check_alone(before_verdict=early, urgent=urgent)

    def test_the_second_reader_is_someone_else_and_reads_once(self) -> None:
        def check(*, by: str, is_alone: bool = True, is_read: bool = False) -> None:
            states.check_second_reader(
                is_alone=is_alone, is_read=is_read, approved_by="a", read_by=by
            )

        check(by="b")
        with pytest.raises(SameHands):
            check(by="a")
        with pytest.raises(WrongState):
            check(by="b", is_alone=False)
        with pytest.raises(WrongState):
            check(by="b", is_read=True)


class TestTheDossier:
    def test_is_of_danger_that_nobody_decided(self) -> None:
        content = make_content(danger=True, category="hate")

        dossier = queries.dossier(prepared(content), seen_by=ONE)

        assert dossier is not None
        assert (dossier.before_verdict, dossier.urgent, dossier.number) == (True, True, "")
        facts = queries.facts_of(dossier)
        assert (facts.before_verdict, facts.rationale) == (True, WORDS)
        content.refresh_from_db()
        assert (content.state, content.verdict) == (ContentState.WAITING, "")

    def test_is_refused_without_danger_without_offence_decided_or_to_another(self) -> None:
        calm = make_content("https://calm.example/")
        danger = make_content(danger=True)
        with pytest.raises(NotForThePolice):
            prepared(calm)
        with pytest.raises(OffenceMissing):
            police.prepare_before_verdict(content_id=danger.id, offence="", rationale=WORDS, by=ONE)
        with pytest.raises(PermissionDenied):
            prepared(danger, by=LISTENER)
        give_verdict(danger.id, make_decision(), by=ONE)
        with pytest.raises(NotForThePolice):
            prepared(danger)
        assert not Dossier.objects.exists()

    def test_goes_by_one_person_and_a_second_reads_it(self) -> None:
        dossier_id = prepared(make_content(danger=True))

        number = drafting.approve_alone(dossier_id=dossier_id, by=ONE)

        dossier = Dossier.objects.get()
        assert number
        assert dossier.waits_for_reader
        due = {str(one.says): one.count for one in of_dossiers(OTHER)}
        assert due["Dossiers police approuvés par une seule personne, à lire dans l’heure"] == 1
        assert Entry.objects.filter(event="takedown.dossier.approved-alone").count() == 1
        with pytest.raises(SameHands):
            drafting.note_second_reading(dossier_id=dossier_id, by=ONE)
        drafting.note_second_reading(dossier_id=dossier_id, by=OTHER)
        assert not Dossier.objects.get().waits_for_reader
        read = Entry.objects.get(event="takedown.dossier.second-read")
        assert read.actor_key == OTHER.key
        with pytest.raises(WrongState):
            drafting.note_second_reading(dossier_id=dossier_id, by=OTHER)

    def test_any_other_still_needs_two(self) -> None:
        dossier_id = drafting.draft(facts=make_facts(urgent=True), by=ONE)

        with pytest.raises(NotAlone):
            drafting.approve_alone(dossier_id=dossier_id, by=ONE)
        with pytest.raises(SameHands):
            drafting.approve(dossier_id=dossier_id, by=ONE)
        with pytest.raises(PermissionDenied):
            drafting.approve_alone(dossier_id=dossier_id, by=LISTENER)


class TestTheCall:
    def test_is_logged_by_its_number_alone(self) -> None:
        content = make_content(danger=True)

        police.note_called(content_id=content.id, number="police", by=ONE)

        entry = Entry.objects.get(event="hotline.content.police-called")
        assert (entry.subject, entry.facts) == (content.id, {"number": "police"})
        with pytest.raises(NotForThePolice):
            police.note_called(content_id=content.id, number="pizza", by=ONE)
        with pytest.raises(PermissionDenied):
            police.note_called(content_id=content.id, number="police", by=LISTENER)


@pytest.fixture
def analyst(client: Client) -> Account:
    return sign_in(client, make_account("analyst"))


class TestThePage:
    def test_opens_by_a_key_that_sends_nothing(self, client: Client, analyst: Account) -> None:
        content = make_content(danger=True)
        page = client.get(f"/staff/hotline/contents/{content.id}/").text

        box = page.partition('id="police-now"')[2].partition("</details>")[0]
        key = box.partition('data-key="F9"')[0].rpartition("<")[2]
        assert key.startswith("summary")  # it opens what is folded
        assert 'href="tel:17"' in box
        assert "Rien n’est décidé" in box
        assert not Dossier.objects.exists()
        calm = make_content("https://calm.example/")
        assert 'id="police-now"' not in client.get(f"/staff/hotline/contents/{calm.id}/").text
        assert police_now(listing.content(content_id=calm.id, seen_by=ONE), seen_by=ONE) is None

    def test_the_walk(self, client: Client) -> None:
        content = make_content(danger=True)
        about = f"/staff/hotline/contents/{content.id}/police/"
        fields = {"offence": THREATS, "rationale": WORDS}
        assert client.post(f"{about}now/", fields).status_code == 302  # to sign in
        sign_in(client, make_account("listener"))
        assert client.post(f"{about}now/", fields).status_code == 403
        assert client.post(f"{about}called/", {"number": "police"}).status_code == 403
        sign_in(client, make_account("analyst"))
        assert client.post(f"{about}now/", {"offence": THREATS}).status_code == 422
        assert not Dossier.objects.exists()

        client.post(f"{about}called/", {"number": "police"})
        answer = client.post(f"{about}now/", fields)

        dossier = Dossier.objects.get()
        assert answer["Location"].endswith(f"/dossiers/{dossier.id}/")
        page = client.get(f"/staff/hotline/contents/{content.id}/").text
        assert "Police appelée" in page
        shown = client.get(answer["Location"]).text
        assert "Avant toute qualification" in shown
        client.post(f"{answer['Location']}approve-alone/")
        dossier.refresh_from_db()
        assert dossier.is_alone
        assert client.post(f"{answer['Location']}read/").status_code == 302
        dossier.refresh_from_db()
        assert dossier.read_at is None  # the first pair of eyes
        sign_in(client, make_account("analyst"))
        assert "J’ai lu" in client.get(answer["Location"]).text
        client.post(f"{answer['Location']}read/")
        dossier.refresh_from_db()
        assert dossier.read_at is not None
