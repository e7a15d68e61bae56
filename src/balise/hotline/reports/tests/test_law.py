"""A verdict names the law of the day of the facts, and keeps it."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from django.test import Client

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import describing
from balise.hotline.reports.models import Assessment, Content
from balise.hotline.reports.queries.reviews import offence_of
from balise.hotline.reports.rules.words import ContentState, Verdict
from balise.hotline.reports.tests.makers import (
    ANALYST,
    give_verdict,
    make_content,
    make_decided,
    make_decision,
)
from balise.takedown.law.rules import Certainty, NotInForce, TextAnnulled
from balise.takedown.law.rules.facts import DaysOutOfOrder
from balise.takedown.law.rules.histories import ADULT_KEYWORDS
from balise.takedown.law.rules.items import CHILDREN, AgeGroup, Item
from balise.takedown.law.tests.makers import freeze_with, frozen_digests

pytestmark = pytest.mark.django_db

DAY = date(2012, 3, 12)


def page_of(client: Client, content: Content) -> str:
    sign_in(client, make_account("analyst"))
    return client.get(f"/staff/hotline/contents/{content.id}/").text


class TestASecondLook:
    def test_is_blind_to_the_days_and_the_offence_of_the_first(self, client: Client) -> None:
        content = make_content(category="csam")
        first = replace(
            make_decision(category="csam", offence="csam-sharing"),
            facts_on=DAY,
            facts_from=date(2012, 3, 1),
        )
        assert give_verdict(content.id, first, by=ANALYST) == ContentState.SECOND_LOOK

        page = page_of(client, content)

        assert f'name="facts_on" value="{today()}"' in page
        assert str(DAY) not in page
        assert 'name="facts_from" value=' not in page
        assert '<option value="csam-sharing">' in page  # what the first one named is not chosen


class TestAVerdict:
    def test_freezes_the_text_and_the_pack(self) -> None:
        content = make_content()
        decision = replace(make_decision(offence="threats"), facts_on=DAY)

        give_verdict(content.id, decision, by=ANALYST)

        kept = Assessment.objects.get()
        assert (kept.law_text, kept.facts_certainty) == ("threats/2002-01-01", "exact")
        assert frozen_digests() == [kept.law_pack]
        entry = Entry.objects.get(event="hotline.content.assessed")
        assert entry.facts["law_text"] == "threats/2002-01-01"

    @pytest.mark.parametrize(
        ("offence", "refusal"), [("harassment", NotInForce), ("sexual-harassment", TextAnnulled)]
    )
    def test_refuses_what_began_later_and_what_was_annulled(
        self, offence: str, refusal: type[Exception]
    ) -> None:
        content = make_content()
        decision = replace(make_decision(offence=offence), facts_on=DAY)
        with pytest.raises(refusal):
            give_verdict(content.id, decision, by=ANALYST)
        assert not Assessment.objects.exists()

    def test_refuses_days_that_cannot_be(self) -> None:
        content = make_content()
        for days in (
            {"facts_on": today() + timedelta(1)},
            {"facts_on": DAY, "facts_from": DAY + timedelta(1)},
        ):
            decision = replace(make_decision(), **days)  # type: ignore[arg-type]
            with pytest.raises(DaysOutOfOrder):
                give_verdict(content.id, decision, by=ANALYST)

    def test_without_an_offence_names_no_text(self) -> None:
        content = make_content()
        decision = make_decision(Verdict.OUT_OF_SCOPE, offence="")
        give_verdict(content.id, decision, by=ANALYST)
        assert Assessment.objects.get().law_text == ""
        assert not frozen_digests()


class TestThePage:
    def test_names_the_text_and_that_the_day_is_not_known(self, client: Client) -> None:
        content = make_content()
        decision = replace(make_decision(offence="threats"), certainty=Certainty.UNKNOWN)
        give_verdict(content.id, decision, by=ANALYST)
        page = page_of(client, content)
        assert "Date des faits inconnue" in page
        assert "ordonnance n° 2000-916" in page

    def test_says_that_texts_were_not_recorded_before(self, client: Client) -> None:
        content = make_decided()
        Assessment.objects.update(law_text="", law_pack="", facts_certainty="")
        page = page_of(client, content)
        assert "Décidé avant que les textes soient enregistrés" in page

    def test_says_that_the_pack_has_changed_and_requalifies_nothing(self, client: Client) -> None:
        content = make_decided()
        final = Assessment.objects.get()
        digest = freeze_with(old="1 year and €45,000", new="1 year, as read then")
        Assessment.objects.update(law_pack=digest)

        page = page_of(client, content)

        assert "Le référentiel de droit a changé depuis cette qualification" in page
        assert "Le texte cité a changé depuis" in page
        final.refresh_from_db()
        penalty = offence_of(content, final).penalty
        assert penalty is not None
        assert penalty.in_language("en") == "1 year, as read then"


@pytest.mark.parametrize("offence", ["intimate-images", "sexual-montage", "privacy-capture"])
def test_no_age_of_a_child_leads_to_an_adults_word(offence: str) -> None:
    content = make_content()
    decision = make_decision(offence=offence)
    give_verdict(content.id, decision, by=ANALYST)
    final = Assessment.objects.get()
    for minor, concerned, age in product((False, True), (False, True), (None, *AgeGroup)):
        Content.objects.update(minor=minor, concerned=concerned)
        content.items.all().delete()
        if age is not None:
            describing.describe_items(content_id=content.id, items=[Item(age=age)], by=ANALYST)
        content.refresh_from_db()
        words = set(offence_of(content, final).dsa_keywords)
        if (minor and concerned) or age in CHILDREN:
            assert ADULT_KEYWORDS.isdisjoint(words), (minor, concerned, age)
