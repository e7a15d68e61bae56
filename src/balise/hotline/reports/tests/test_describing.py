"""What items show: kept one by one, derived for the whole, counted once the verdict is final."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.retention.tests.makers import erase_rows
from balise.foundation.statistics.queries import totals
from balise.hotline.reports.actions import claiming, describing
from balise.hotline.reports.models import Content, DescribedItem
from balise.hotline.reports.queries import items
from balise.hotline.reports.rules.assessing import ClaimedByAnother
from balise.hotline.reports.rules.describing import (
    MOST_AT_ONCE,
    CountedAlready,
    NotToDescribe,
    TooManyItems,
)
from balise.hotline.reports.rules.words import Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    LISTENER,
    SECOND_ANALYST,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
)
from balise.takedown.law.rules.items import FACTS, Act, AgeGroup, Answer, Item, Reality, Sex

pytestmark = pytest.mark.django_db

YOUNG = Item(age=AgeGroup.INFANT, act=Act.POSING, sex=Sex.MALE, reality=Reality.REAL)
GRAVE = Item(age=AgeGroup.PUBESCENT, act=Act.CONTACT, sex=Sex.FEMALE, reality=Reality.REAL)


class TestDescribe:
    def test_keeps_each_item(self) -> None:
        content = make_content(category="csam")

        count = describing.describe_items(
            content_id=content.id, items=[YOUNG, YOUNG, GRAVE], by=ANALYST
        )

        assert count == 3
        assert [row.shown for row in DescribedItem.objects.order_by("id")] == [YOUNG, YOUNG, GRAVE]
        facts = Entry.objects.filter(event="hotline.items.described").order_by("id")
        assert [one.facts["items"] for one in facts] == [2, 1]
        assert facts[0].facts["age"] == "infant"

    def test_refuses_who_may_not_assess(self) -> None:
        content = make_content()

        with pytest.raises(PermissionDenied):
            describing.describe_items(content_id=content.id, items=[YOUNG], by=LISTENER)
        with pytest.raises(PermissionDenied):
            describing.withdraw_item(content_id=content.id, item_id=1, by=LISTENER)

    def test_refuses_what_another_analyst_holds(self) -> None:
        content = make_content()
        claiming.claim(content_id=content.id, by=SECOND_ANALYST)

        with pytest.raises(ClaimedByAnother):
            describing.describe_items(content_id=content.id, items=[YOUNG], by=ANALYST)

    def test_refuses_a_closed_content_and_too_many(self) -> None:
        closed = make_decided(Verdict.HARMFUL)
        with pytest.raises(NotToDescribe):
            describing.describe_items(content_id=closed.id, items=[YOUNG], by=ANALYST)
        content = make_content("https://other.example/")
        for count in (0, MOST_AT_ONCE + 1):
            with pytest.raises(TooManyItems):
                describing.describe_items(content_id=content.id, items=[YOUNG] * count, by=ANALYST)

    def test_an_item_is_withdrawn_until_the_verdict_is_final(self) -> None:
        content = make_content()
        describing.describe_items(content_id=content.id, items=[YOUNG, GRAVE], by=ANALYST)
        first, second = DescribedItem.objects.order_by("id")

        shown = describing.withdraw_item(content_id=content.id, item_id=first.id, by=ANALYST)
        assert shown == YOUNG
        assert not describing.withdraw_item(content_id=content.id, item_id=first.id, by=ANALYST)
        assert Entry.objects.filter(event="hotline.item.withdrawn").count() == 1

        give_verdict(content.id, make_decision())
        with pytest.raises(CountedAlready):
            describing.withdraw_item(content_id=content.id, item_id=second.id, by=ANALYST)

    def test_goes_with_its_content(self) -> None:
        content = make_content()
        describing.describe_items(content_id=content.id, items=[YOUNG], by=ANALYST)
        assert DescribedItem.objects.exists()

        erase_rows("hotline.contents", [content.id])

        assert not DescribedItem.objects.exists()


class TestFigures:
    def test_items_enter_them_when_the_content_is_illegal_for_good(self) -> None:
        content = make_content(category="csam")
        grave = make_decision(category="csam", offence="csam-sharing")
        describing.describe_items(content_id=content.id, items=[YOUNG, YOUNG, GRAVE], by=ANALYST)
        give_verdict(content.id, grave)
        assert not Entry.objects.filter(event="hotline.items.counted").exists()

        give_verdict(content.id, grave, by=SECOND_ANALYST)

        counted = Entry.objects.filter(event="hotline.items.counted").order_by("id")
        assert [(one.facts["age"], one.facts["items"]) for one in counted] == [
            ("infant", 2),
            ("pubescent", 1),
        ]

    def test_never_when_it_is_not(self) -> None:
        content = make_content()
        describing.describe_items(content_id=content.id, items=[YOUNG], by=ANALYST)

        decision = make_decision(Verdict.HARMFUL)
        give_verdict(content.id, decision)

        assert not Entry.objects.filter(event="hotline.items.counted").exists()

    def test_one_described_later_enters_them_at_once(self) -> None:
        content = make_decided()

        describing.describe_items(content_id=content.id, items=[GRAVE], by=ANALYST)

        assert Entry.objects.get(event="hotline.items.counted").facts["act"] == "contact"


class TestDescribed:
    def test_derives_the_whole_and_keeps_the_parts(self) -> None:
        content = make_content()
        describing.describe_items(content_id=content.id, items=[YOUNG, GRAVE, GRAVE], by=ANALYST)

        found = items.described(content_id=content.id, seen_by=ANALYST)

        assert [(group.item, group.count) for group in found.groups] == [(YOUNG, 1), (GRAVE, 2)]
        assert found.whole is not None
        assert (found.whole.age, found.whole.act) == (AgeGroup.INFANT, Act.CONTACT)
        assert (found.baseline, found.national) == (Answer.NO, Answer.UNKNOWN)
        assert (found.last, found.count) == (GRAVE, 3)

    @pytest.mark.parametrize(
        ("verdict", "offence", "national"),
        [
            (Verdict.ILLEGAL, "hate-incitement", Answer.NO),
            (Verdict.ILLEGAL, "csam-requesting", Answer.NO),
            (Verdict.HARMFUL, "", Answer.NO),
        ],
    )
    def test_knows_from_the_verdict_whether_the_law_forbids_it(
        self, verdict: Verdict, offence: str, national: Answer
    ) -> None:
        content = make_content()
        decision = make_decision(verdict, offence=offence)
        give_verdict(content.id, decision)

        assert items.described(content_id=content.id, seen_by=ANALYST).national is national

    def test_is_for_who_may_read(self) -> None:
        content = make_content()
        with pytest.raises(PermissionDenied):
            items.described(content_id=content.id, seen_by=LISTENER)


@pytest.fixture
def analyst(client: Client) -> Account:
    return sign_in(client, make_account("analyst"))


class TestThePage:
    def test_another_role_is_refused(self, client: Client) -> None:
        content = make_content()
        address = f"/staff/hotline/contents/{content.id}/items/"
        assert client.post(address).status_code == 302
        sign_in(client, make_account("listener"))
        assert client.post(address, fields()).status_code == 403
        assert client.post(f"{address}1/withdraw/").status_code == 403

    def test_describes_and_withdraws(self, client: Client, analyst: Account) -> None:
        content = make_content(category="csam")
        page = f"/staff/hotline/contents/{content.id}/"

        assert client.post(f"{page}items/", fields(count="3")).status_code == 302
        shown = client.get(page).text

        assert "1 Baseline CSAM" in shown
        assert "Avant la puberté" in shown
        assert DescribedItem.objects.count() == 3
        last = DescribedItem.objects.order_by("-id")[0]
        client.post(f"{page}items/{last.id}/withdraw/")
        assert DescribedItem.objects.count() == 2

    def test_what_is_withdrawn_is_put_back(self, client: Client, analyst: Account) -> None:
        content = make_content(category="csam")
        page = f"/staff/hotline/contents/{content.id}/"
        client.post(f"{page}items/", fields())
        before = DescribedItem.objects.get()
        shown = client.post(f"{page}items/{before.id}/withdraw/", follow=True).text
        undo = re.search(r'form="undo" formaction="([^"]+)"', shown)
        assert undo
        assert not DescribedItem.objects.exists()

        client.post(undo[1])

        after = DescribedItem.objects.get()
        assert after.shown == before.shown
        assert Entry.objects.filter(event="hotline.items.described").count() == 2
        assert client.post(undo[1]).status_code == 404  # once
        assert DescribedItem.objects.count() == 1

    def test_what_is_refused_is_not_put_back(self, client: Client, analyst: Account) -> None:
        content, other = make_content(category="csam"), make_content("https://other.example/")
        page = f"/staff/hotline/contents/{content.id}/items/"
        client.post(page, fields())
        client.post(f"{page}{DescribedItem.objects.get().id}/withdraw/")
        elsewhere = f"/staff/hotline/contents/{other.id}/items/put-back/"
        assert client.post(elsewhere).status_code == 404
        Content.objects.update(
            claimed_by=str(SECOND_ANALYST.key), claimed_at=content.first_reported_at
        )

        assert client.post(f"{page}put-back/").status_code == 302

        assert not DescribedItem.objects.exists()
        assert Entry.objects.filter(event="hotline.items.described").count() == 1

    def test_says_what_is_wrong(self, client: Client, analyst: Account) -> None:
        content = make_content()
        address = f"/staff/hotline/contents/{content.id}/items/"

        assert client.post(address, fields(count="0")).status_code == 422
        assert client.post(address, fields(age="nonsense")).status_code == 422
        Content.objects.update(
            claimed_by=str(SECOND_ANALYST.key), claimed_at=content.first_reported_at
        )
        assert client.post(address, fields()).status_code == 409
        assert client.post(f"{address}1/withdraw/").status_code == 302
        assert not DescribedItem.objects.exists()


def fields(**given: str) -> dict[str, str]:
    shown = {name: next(iter(codes)).value for name, codes in FACTS.items()}
    shown |= {"age": "pre-pubescent", "reality": "real", "act": "contact", "count": "1"}
    return shown | given


def test_the_figures_are_read_by_the_codes_of_items() -> None:
    content = make_decided()
    describing.describe_items(content_id=content.id, items=[YOUNG, YOUNG], by=ANALYST)
    clerk.tick()
    on = clock.day_of(Entry.objects.latest("id").at)

    rows = totals("hotline.items", on, on, by=("age", "sex"))

    assert [(row.codes, row.total) for row in rows] == [({"age": "infant", "sex": "male"}, 2)]
