"""Add, change and declare: each with its refusal and its entry in the journal."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from balise.awareness.partnership.campaigns import actions, queries
from balise.awareness.partnership.campaigns.models import Campaign, Declared
from balise.awareness.partnership.campaigns.rules import (
    CampaignState,
    CampaignUnknown,
    CodeTaken,
    DatesFaulty,
    Facts,
    Medium,
    Reach,
)
from balise.awareness.partnership.campaigns.tests.makers import make_campaign, make_declared
from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_public
from balise.awareness.usage.rules.tallies import UsageKind
from balise.awareness.usage.tests.makers import make_link, use
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.foundation.finding import NotHere
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_code_is_one_campaigns_and_what_it_is_not_is_refused() -> None:
    made = make_campaign("SID-2027")
    assert Entry.objects.get(event="awareness.campaign.added").subject == made
    with pytest.raises(CodeTaken):
        make_campaign("sid-2027")
    with pytest.raises(DatesFaulty):
        make_campaign("OTHER", last=today() - 90 * DAY)
    assert Campaign.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.update(last=today() - 90 * DAY)


def test_others_ask_for_a_code_as_it_was_typed() -> None:
    make_campaign("SID-2027")
    make_campaign("OLD-2020", first=today() - 9 * DAY, last=today() - DAY)
    assert queries.require_known(" sid-2027") == "SID-2027"
    assert not queries.require_known("  ")
    assert queries.known("SID-2027")
    assert [code for code, _label in queries.choices()] == ["SID-2027"]
    for unknown in ("SID-2028", "Été"):
        with pytest.raises(CampaignUnknown, match=unknown):
            queries.require_known(unknown)


def test_a_campaign_changes_and_its_code_stays() -> None:
    made = make_campaign()
    row = Campaign.objects.get()
    facts = Facts(name="Autre", first=row.first, last=row.last, hashtag="#Net", partners=("A", "B"))
    actions.change(campaign_id=made, facts=facts, by=make_actor("awareness_lead"))
    row.refresh_from_db()
    assert (row.code, row.name, row.hashtag, row.partners) == (
        "RENTREE-2026",
        "Autre",
        "Net",
        ["A", "B"],
    )
    assert Entry.objects.filter(event="awareness.campaign.changed").count() == 1
    with pytest.raises(DatesFaulty):
        actions.change(
            campaign_id=made,
            facts=replace(facts, last=row.first - DAY),
            by=make_actor("coordinator"),
        )
    with pytest.raises(PermissionDenied):
        actions.change(campaign_id=made, facts=facts, by=make_actor("editor"))


def test_a_number_is_declared_by_someone_and_withdrawn_and_the_journal_keeps_it() -> None:
    made = make_campaign()
    number = make_declared(made)
    with pytest.raises(NotHere):
        actions.withdraw(
            campaign_id=make_campaign("OTHER"), declared_id=number, by=make_actor("coordinator")
        )
    actions.withdraw(campaign_id=made, declared_id=number, by=make_actor("coordinator"))
    assert not Declared.objects.exists()
    declared, withdrawn = Entry.objects.filter(subject=made).order_by("pk")[1:]
    assert declared.facts == withdrawn.facts
    assert declared.facts == {"campaign": "RENTREE-2026", "medium": "screens", "number": 160}


def test_a_campaign_is_shown_with_what_carried_its_code_side_by_side() -> None:
    page = Published.objects.get(pk=make_public(title="Le kit"))
    made = make_campaign(kits=[str(page.key)])
    make_declared(made)
    for channel, followers in (("@clic", 900_000), ("@astuce", 700_000)):
        make_declared(made, medium=Medium.INFLUENCER, label=channel, number=followers)
    link = make_link(campaign="RENTREE-2026")
    use(link.code, 2, kind=UsageKind.LINK)
    found = queries.shown(made, language="fr", seen_by=make_actor("editor"))
    assert (found.state, found.reach) == (CampaignState.RUNNING, Reach(2, 1_600_000))
    assert [title for title, _address in found.kits] == ["Le kit"]
    assert [row.number for row in found.counted][:2] == [1, 0]  # uses without the code are none
