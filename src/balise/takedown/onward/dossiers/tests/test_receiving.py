"""What another line brings: who may, what is refused, what is written down, who reads it."""

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import gettext, override

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now, today
from balise.foundation.finding import NotHere, NotYours
from balise.foundation.journal.models import Entry
from balise.takedown.law.rules.items import Item as Shown, Media
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.actions import drafting, handing, packing
from balise.takedown.onward.dossiers.actions.drafting import AlreadyTold
from balise.takedown.onward.dossiers.documents.verifying import Trust, examined
from balise.takedown.onward.dossiers.models import Dossier
from balise.takedown.onward.dossiers.rules import facts as dossiers_facts, parts as names
from balise.takedown.onward.dossiers.rules.facts import (
    Digest,
    Evidence,
    EvidenceTooLarge,
    FactsRefused,
    Fingerprint,
    Item,
    Offer,
    check_offer,
)
from balise.takedown.onward.dossiers.rules.stated import AuthorityUnknown
from balise.takedown.onward.dossiers.rules.states import DossierState, SameHands
from balise.takedown.onward.dossiers.tests.makers import (
    ANALYST,
    IDENTITY,
    LISTENER,
    OUTSIDER,
    SECOND,
    make_draft,
    make_facts,
)

BRINGER = Actor(ActorKind.STAFF, str(UUID(int=7)), frozenset({access.BRING, "helpline.cases.read"}))
EVIDENCE = Evidence(paper=b"%PDF-1.7 une page", archive=b"PK des fichiers")


def an_offer(**given: Any) -> Offer:
    told: dict[str, Any] = {
        "subject": uuid4(),
        "origin": "helpline",
        "category": {"fr": "Gardé par un jeune", "en": "Kept by a young person"},
        "agreed_at": now() - timedelta(hours=1),
        "agreed": {"fr": "La jeune personne, par téléphone", "en": "The young person, by phone"},
        "offence": "hate-incitement",
        "facts_on": date(2026, 10, 1),
        "place": "messagerie.example, groupe de la classe",
        "rationale": "Quelqu'un du groupe menace de montrer à tous ce qui a été dit.",
        "urgent": False,
        "items": (
            Item(
                shows=Shown(media=Media.TEXT),
                file_name="items/01-a.txt",
                fingerprints=(Fingerprint(digest=Digest.SHA256, value="ab" * 32),),
            ),
        ),
        "withheld": 0,
        "evidence": EVIDENCE,
        **given,
    }
    return Offer(**told)


def bring(offer: Offer | None = None, **given: Any) -> UUID:
    told = {"line": "hotline", "authority": queries.usual_authority().code, "by": BRINGER, **given}
    return drafting.bring(offer=offer or an_offer(), **told)


def in_french(said: str) -> str:
    with override("fr"):
        return gettext(said)


def told(name: str) -> int:
    return Entry.objects.filter(event=f"takedown.dossier.{name}").count()


class TestAnOffer:
    def test_holds_an_item_of_a_day_that_has_been(self) -> None:
        offer = an_offer()
        check_offer(offer, today=today())
        with pytest.raises(FactsRefused):
            check_offer(replace(offer, items=()), today=today())
        with pytest.raises(FactsRefused):
            check_offer(replace(offer, facts_on=today() + timedelta(days=1)), today=today())

    def test_is_no_larger_than_a_package(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(dossiers_facts, "MOST_EVIDENCE", len(EVIDENCE.archive))
        with pytest.raises(EvidenceTooLarge):
            check_offer(an_offer(), today=today())

    def test_names_the_hash_of_its_files(self) -> None:
        assert EVIDENCE.sha256 == sha256(EVIDENCE.archive).hexdigest()


@pytest.mark.django_db
class TestBringing:
    def test_drafts_a_dossier_that_another_approves(self) -> None:
        dossier_id = bring()
        one = Dossier.objects.get(id=dossier_id)
        assert (one.line, one.brought_from, one.stands) == (
            "hotline",
            "helpline",
            DossierState.DRAFT,
        )
        assert one.drafted_by == BRINGER.key
        assert (told("brought"), told("drafted")) == (1, 1)
        facts = queries.facts_of(one)
        assert facts.brought is not None
        assert facts.brought.evidence == EVIDENCE.sha256
        drafting.approve(dossier_id=dossier_id, by=ANALYST)
        again = bring()
        drafting.revise(
            dossier_id=again,
            rationale="D'autres mots, assez longs, pour la police.",
            urgent=False,
            by=ANALYST,
        )
        with pytest.raises(SameHands):
            drafting.approve(dossier_id=again, by=ANALYST)

    def test_is_for_who_may_bring(self) -> None:
        for by in (LISTENER, ANALYST, OUTSIDER):
            with pytest.raises(PermissionDenied):
                bring(by=by)
        assert not Dossier.objects.exists()

    def test_is_refused_twice_and_for_nobody(self) -> None:
        offer = an_offer()
        bring(offer)
        with pytest.raises(AlreadyTold):
            bring(offer)
        with pytest.raises(AuthorityUnknown):
            bring(authority="nobody")
        with pytest.raises(FactsRefused):
            bring(an_offer(rationale="Court."))
        assert Dossier.objects.count() == told("brought") == 1

    def test_lets_who_brought_it_follow_it_and_read_nothing(self) -> None:
        dossier_id, other = bring(), make_draft(make_facts())
        found = queries.became([dossier_id, other], seen_by=BRINGER)
        assert set(found) == {dossier_id}
        assert (found[dossier_id].label, found[dossier_id].number) == (
            in_french("An analyst checks it"),
            "",
        )
        with pytest.raises(PermissionDenied):
            queries.became([dossier_id], seen_by=OUTSIDER)
        for read in (drafting.read, drafting.read_paper):
            with pytest.raises(PermissionDenied):
                read(dossier_id=dossier_id, by=BRINGER)
        with pytest.raises(NotYours):
            drafting.read(dossier_id=dossier_id, by=LISTENER)


@pytest.mark.django_db
class TestTheEvidence:
    def test_is_read_before_it_is_approved_and_the_journal_says_by_whom(self) -> None:
        dossier_id = bring()
        assert drafting.read_paper(dossier_id=dossier_id, by=ANALYST) == EVIDENCE.paper
        assert told("paper-opened") == 1
        with pytest.raises(NotHere):
            drafting.read_paper(dossier_id=make_draft(make_facts()), by=ANALYST)

    @pytest.mark.usefixtures("police")
    def test_leaves_with_the_package_and_is_checked_with_it(self) -> None:
        dossier_id = bring()
        drafting.approve(dossier_id=dossier_id, by=SECOND)
        packing.pack(dossier_id=dossier_id, dating=None, by=SECOND)
        one = Dossier.objects.get(id=dossier_id)
        assert bytes(one.evidence) == b""
        assert drafting.read_paper(dossier_id=dossier_id, by=ANALYST) == EVIDENCE.paper
        plain = handing.download(dossier_id=dossier_id, sealed=False, by=ANALYST).octets
        assert names.unzipped(plain)[names.ARCHIVE] == EVIDENCE.archive
        assert examined(plain, trust=Trust()).problems == ()
        sealed = handing.download(dossier_id=dossier_id, sealed=True, by=ANALYST).octets
        assert not {names.ARCHIVE, names.PAPER} & set(names.unzipped(sealed))
        assert examined(sealed, trust=Trust(identity=IDENTITY)).problems == ()

    def test_is_gone_with_a_draft_that_is_cancelled_and_with_what_is_forgotten(self) -> None:
        first, second = bring(), bring()
        drafting.withdraw(dossier_id=first, by=ANALYST)
        drafting.forget_dossiers(dossier_ids=[second], by=ANALYST)
        assert [bytes(one.evidence) for one in Dossier.objects.all()] == [b"", b""]


@pytest.mark.django_db
class TestItsPage:
    PAGE = "/staff/takedown/dossiers/{}/"

    def test_says_where_it_comes_from(self, client: Client) -> None:
        dossier_id = bring()
        sign_in(client, make_account("analyst"))
        page = client.get(self.PAGE.format(dossier_id)).content.decode()
        assert in_french("The helpline, with the young person’s agreement") in page
        assert f"{dossier_id}/paper/" in page
        assert "hold/" not in page  # there is no host to tell
        assert "/hotline/content" not in page
        listed = client.get("/staff/takedown/dossiers/").content.decode()
        assert in_french("From the helpline") in listed

    def test_opens_its_paper_for_analysts_alone(self, client: Client) -> None:
        where = self.PAGE.format(bring()) + "paper/"
        assert client.post(where).status_code in {HTTPStatus.FOUND, HTTPStatus.FORBIDDEN}
        sign_in(client, make_account("listener"))
        assert client.post(where).status_code == HTTPStatus.FORBIDDEN
        sign_in(client, make_account("analyst"))
        answer = client.post(where)
        assert (answer["Content-Type"], answer.content) == ("application/pdf", EVIDENCE.paper)
        nobody_s = self.PAGE.format(make_draft(make_facts())) + "paper/"
        assert client.post(nobody_s).status_code == HTTPStatus.NOT_FOUND
