"""Reviews by several people: the second is blind, a third decides, both learn it."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.walks import of_each, rolled_back

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import claiming, closing, consulting, correcting
from balise.hotline.reports.actions.assessing import Decision
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.queries import listing, reviews
from balise.hotline.reports.rules.assessing import Agreement, SameEyes
from balise.hotline.reports.rules.words import Confidence, ContentState, Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LEAD,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decision,
    make_report,
)
from balise.hotline.reports.tests.test_staff import verdict_fields


def grave(**given: object) -> Decision:
    """Return a decision that asks for other eyes."""
    return make_decision(category="csam", offence="csam-sharing", **given)  # type: ignore[arg-type]


@pytest.mark.django_db
class TestTheThird:
    def _two_that_differ(self, **given: object) -> Content:
        content = make_content(**given)
        give_verdict(content.id, grave())
        give_verdict(content.id, make_decision(Verdict.HARMFUL), by=SECOND_ANALYST)
        return Content.objects.get(id=content.id)

    def test_decides_where_two_differ(self) -> None:
        content = self._two_that_differ()
        assert (content.state, content.verdict, content.offence) == (
            ContentState.SECOND_LOOK,
            "",
            "",
        )
        assert Entry.objects.filter(event="hotline.content.reviews-differ").count() == 1
        for by in (ANALYST, SECOND_ANALYST):
            claiming.claim(content_id=content.id, by=by)
            with pytest.raises(SameEyes):
                give_verdict(content.id, grave(), by=by)
            claiming.release(content_id=content.id, by=by)

        state = give_verdict(content.id, grave(), by=LEAD)

        assert state is ContentState.REMOVING
        looks = Assessment.objects.order_by("at").values_list("look", "is_final")
        assert list(looks) == [(1, False), (2, False), (3, True)]
        overturned = Entry.objects.get(event="hotline.content.verdict-overturned")
        assert overturned.facts["verdict"] == "harmful"
        settled = Entry.objects.get(event="hotline.content.reviews-settled")
        assert settled.facts["by_lead_alone"] is False

    def test_is_the_lead_where_nobody_else_is_there_and_it_is_said(self) -> None:
        content = make_content()
        give_verdict(content.id, grave(), by=LEAD)
        give_verdict(content.id, make_decision(Verdict.HARMFUL))
        assert content.id in {row.id for row in self._waiting_for(LEAD)}

        assert give_verdict(content.id, grave(), by=LEAD) is ContentState.REMOVING

        settled = Entry.objects.get(event="hotline.content.reviews-settled")
        assert settled.facts["by_lead_alone"] is True

    def test_is_no_lead_of_the_two_while_someone_else_may(self) -> None:
        make_account("analyst")
        content = make_content()
        give_verdict(content.id, grave(), by=LEAD)
        give_verdict(content.id, make_decision(Verdict.HARMFUL))
        claiming.claim(content_id=content.id, by=LEAD)

        with pytest.raises(SameEyes):
            give_verdict(content.id, grave(), by=LEAD)

    def _waiting_for(self, by: object) -> tuple[listing.ContentRow, ...]:
        filters = listing.Filters()
        return listing.queue(filters=filters, after=None, seen_by=by).rows  # type: ignore[arg-type]

    def test_finds_it_in_the_queue_and_the_two_do_not(self) -> None:
        content = self._two_that_differ()
        make_account("analyst")

        assert not self._waiting_for(ANALYST)
        assert not self._waiting_for(SECOND_ANALYST)
        assert [row.id for row in self._waiting_for(LEAD)] == [content.id]
        assert claiming.claim_next(by=ANALYST) is None
        assert claiming.claim_next(by=LEAD) == content.id

    def test_both_learn_it_and_say_that_they_read_it(self) -> None:
        content = self._two_that_differ()
        assert reviews.to_learn(seen_by=ANALYST).count == 1
        assert reviews.to_learn(seen_by=SECOND_ANALYST).count == 0  # they saw both as they saved
        give_verdict(content.id, make_decision(Verdict.HARMFUL), by=LEAD)

        for by in (ANALYST, SECOND_ANALYST):
            (one,) = reviews.differed(seen_by=by)
            assert one.is_settled
            closing.note_read(content_id=content.id, by=by)
            assert not reviews.differed(seen_by=by)
        assert Entry.objects.filter(event="hotline.content.difference-read").count() == 2
        with pytest.raises(NotHere):
            closing.note_read(content_id=content.id, by=ANALYST)
        with pytest.raises(PermissionDenied):
            closing.note_read(content_id=content.id, by=LISTENER)

    def test_a_round_of_before_counts_for_nothing(self) -> None:
        content = self._two_that_differ()
        give_verdict(content.id, make_decision(Verdict.HARMFUL), by=LEAD)
        correcting.reopen(content_id=content.id, by=ANALYST)

        assert give_verdict(content.id, grave()) is ContentState.SECOND_LOOK
        assert Content.objects.get().verdict == Verdict.HARMFUL  # the one that stood before
        assert reviews.reviews(Content.objects.get(), seen_by=SECOND_ANALYST).is_blind

    def test_agreement_is_of_blind_pairs_alone(self) -> None:
        self._two_that_differ()
        content = make_content("https://other.example/")
        give_verdict(content.id, grave())
        give_verdict(content.id, grave(), by=SECOND_ANALYST)
        Assessment.objects.filter(content=content).update(look=1)  # as they were given before

        assert reviews.agreement(seen_by=LEAD) == [Agreement("csam-sharing", 1, 0)]
        with pytest.raises(PermissionDenied):
            reviews.agreement(seen_by=LISTENER)


@pytest.mark.django_db
@pytest.mark.safety
class TestDanger:
    def test_a_removal_waits_for_no_second_review(self) -> None:
        content = make_content(danger=True)

        assert give_verdict(content.id, grave()) is ContentState.REMOVING

    def test_nor_for_a_third(self) -> None:
        content = make_content()
        give_verdict(content.id, grave())
        Content.objects.update(danger=True)

        state = give_verdict(content.id, make_decision(Verdict.HARMFUL), by=SECOND_ANALYST)

        assert state is ContentState.REMOVING
        assert Assessment.objects.get(is_final=True).look == 1
        assert reviews.to_learn(seen_by=ANALYST).count == 1

    def test_what_waits_already_as_danger_comes_is_hastened(self) -> None:
        calm, content = make_content("https://calm.example/"), make_content()
        for one in (calm, content):
            give_verdict(one.id, grave())
        make_report(danger=True)

        assert closing.hasten(by=SYSTEM) == 1
        assert closing.hasten(by=SYSTEM) == 0

        assert Content.objects.get(id=content.id).state == ContentState.REMOVING
        assert Content.objects.get(id=calm.id).state == ContentState.SECOND_LOOK
        decided = Entry.objects.get(event="hotline.content.decided")
        assert (decided.subject, decided.facts["verdict"]) == (content.id, "illegal")


@pytest.fixture
def second(client: Client) -> Account:
    """Someone who may give the second review, signed in past the second factor."""
    return sign_in(client, make_account("analyst"))


CANARY = "canarywords"
FIRSTS = {
    "sure": grave(confidence=Confidence.SURE),
    "doubtful": make_decision(category="terrorism", confidence=Confidence.DOUBTFUL),
}


def addresses(patterns: object = None, before: str = "/") -> Iterator[tuple[str, dict[str, type]]]:
    """Yield each address with the names of what it is about."""
    for each in patterns or get_resolver().url_patterns:  # type: ignore[attr-defined]
        path = f"{before}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from addresses(each.url_patterns, path)
        elif isinstance(each, URLPattern):
            yield path, {}


def of_content(content_id: UUID, report_id: UUID) -> Iterator[str]:
    """Yield every address of staff and partners that one can ask about a content."""
    named = {"content_id": content_id, "report_id": report_id}
    for path, _ in addresses():
        if not path.startswith(("/staff/", "/api/")) or "/demonstration/" in path:
            continue
        told = re.sub(r"<uuid:(\w+)>", lambda one: str(named.get(one[1], content_id)), path)
        told = re.sub(r"<str:\w+>|<slug:\w+>", "hotline", re.sub(r"<int:\w+>", "1", told))
        if "<" not in told and "^" not in told:
            yield told
    yield f"/staff/search/?q={str(content_id)[:8]}"
    for state in ("second-look", "", "waiting"):
        yield f"/staff/hotline/queue/?state={state}"
    for category in ("csam", "terrorism", "hate"):
        yield f"/staff/hotline/queue/?category={category}"
    yield f"/staff/hotline/queue/?ref={str(content_id)[:8]}"


ACTS = ("claim/", "open/", "look/", "verdict/draft/", "questions/", "fingerprints/")


def read_everything(client: Client, content_id: UUID, report_id: UUID) -> dict[str, str]:
    """Return what the second reviewer is answered at each address, by address."""
    found = {}
    about = f"/staff/hotline/contents/{content_id}/"
    for act in ACTS:
        fields = {"confidence": "", "start": "1"} if act == "questions/" else {}
        found[act] = client.post(about + act, fields).text
        found[f"{act} with script"] = client.post(
            about + act, fields, headers={"HX-Request": "true"}
        ).text
    for path in of_content(content_id, report_id):
        answer = client.get(path)
        if not answer.streaming:
            found[path] = answer.content.decode("utf-8", "replace")
    return found


def _comparable(text: str) -> str:
    text = re.sub(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "id", text)
    return re.sub(r'(csrfmiddlewaretoken" value|nonce|csrf\w*)="[^"]+"', "", text)


@pytest.mark.django_db
@pytest.mark.safety
class TestBlind:
    @of_each("first", FIRSTS, apart=rolled_back)
    def test_no_address_of_the_second_reviewer_holds_the_first_ones_words(
        self, first: str, client: Client, second: Account
    ) -> None:
        author = make_account("analyst")
        Account.objects.filter(id=author.id).update(name="Firstauthor")
        report, _ = make_report(description="what the reporter said")
        content = report.contents.get()
        decision = FIRSTS[first]
        object.__setattr__(decision, "rationale", CANARY)
        give_verdict(content.id, decision, by=actor_of(Account.objects.get(id=author.id)))

        found = read_everything(client, content.id, report.id)

        page = found[f"/staff/hotline/contents/{content.id}/"]
        assert "sans connaître le premier" in page
        assert "what the reporter said" in found["open/"]
        assert len(found) > 100
        for path, text in found.items():
            assert CANARY not in text, path
            # In the list of colleagues to hand a content to, everyone is named.
            named = re.sub(r"<select.*?</select>", "", text, flags=re.DOTALL)
            assert "Firstauthor" not in named, path
            assert not re.search(r'value="(doubtful|likely|sure)"[^>]*checked', text), path
            assert not re.search(r'value="illegal"[^>]*checked', text), path
            assert not re.search(r'value="(csam-sharing|hate-incitement)"[^>]*selected', text), path
            assert not re.search(r'value="(csam|terrorism)"[^>]*selected', text) or (
                "category=" in path
            ), path

    def test_whatever_the_first_said_the_second_reads_the_same(
        self, client: Client, second: Account
    ) -> None:
        pages = []
        for address, first in zip(
            ("https://one.example/", "https://two.example/"), FIRSTS.values(), strict=True
        ):
            content = make_content(address)
            give_verdict(content.id, first)
            page = client.get(f"/staff/hotline/contents/{content.id}/").text
            work = page[page.index('id="content-work"') :]
            pages.append(re.sub(r"\d\d[:h ]\d\d", "at", _comparable(work)))

        assert pages[0] == pages[1]

    def test_the_first_ones_draft_is_gone_and_their_late_one_is_refused(self) -> None:
        content = make_content()
        give_verdict(content.id, grave())

        assert consulting.consult(content_id=content.id, by=SECOND_ANALYST).assessments == ()
        (mine,) = consulting.consult(content_id=content.id, by=ANALYST).assessments
        assert mine.offence == "csam-sharing"

    def test_once_theirs_is_given_both_are_shown(self, client: Client, second: Account) -> None:
        content = make_content()
        give_verdict(content.id, grave())
        address = f"/staff/hotline/contents/{content.id}/"
        client.post(f"{address}claim/")
        client.post(f"{address}open/")

        client.post(f"{address}verdict/", verdict_fields(verdict="harmful", offence=""))

        page = client.get(address).text
        assert "Les deux avis diffèrent" in page
        assert "Nuisible" in page
        assert reviews.reviews(Content.objects.get(), seen_by=LEAD).given[0].verdict == "illegal"


@pytest.mark.django_db
class TestThePageOfReviews:
    ADDRESS = "/staff/hotline/reviews/"

    def test_the_walk(self, client: Client) -> None:
        assert client.get(self.ADDRESS).status_code == 302
        sign_in(client, make_account("listener"))
        assert client.get(self.ADDRESS).status_code == 403
        content = make_content()
        read = f"/staff/hotline/contents/{content.id}/reviews/read/"
        assert client.post(read).status_code == 403

    def test_shows_what_differs_and_it_is_noted_as_read(
        self, client: Client, second: Account
    ) -> None:
        content = make_content()
        give_verdict(content.id, grave(), by=actor_of(second))
        give_verdict(content.id, make_decision(Verdict.HARMFUL))

        page = client.get(self.ADDRESS).text
        assert "une troisième personne décide" in page
        assert "trop peu" in page
        client.post(f"/staff/hotline/contents/{content.id}/reviews/read/")

        assert "Rien à lire" in client.get(self.ADDRESS).text
        assert client.post(f"/staff/hotline/contents/{content.id}/reviews/read/").status_code == 404
