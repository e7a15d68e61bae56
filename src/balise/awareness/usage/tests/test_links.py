"""Short links: an editor's, followed by anyone, counted, closed."""

from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from balise.awareness.partnership.campaigns.rules import CampaignUnknown
from balise.awareness.partnership.campaigns.tests.makers import make_campaign
from balise.awareness.publications.models import Published
from balise.awareness.publications.tests.makers import make_public
from balise.awareness.usage import actions
from balise.awareness.usage.models import DayTally, ShortLink
from balise.awareness.usage.rules.links import AddressElsewhere
from balise.awareness.usage.tests.makers import BROWSER, make_link
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.finding import NotYours
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db


def test_a_link_knows_the_page_that_it_leads_to() -> None:
    make_public(slug="ecrans")
    make_campaign("SID-2027")
    link = make_link(address="http://127.0.0.1:8000/fr/resources/ecrans/", campaign="sid-2027 ")
    assert (link.path, link.thing) == ("/fr/resources/ecrans/", str(Published.objects.get().key))
    assert link.campaign == "SID-2027"
    assert Entry.objects.get(event="awareness.link.opened").subject == link.id
    assert not make_link().thing  # the catalogue is no page


@pytest.mark.parametrize(
    ("facts", "refused"),
    [
        ({"address": "https://other.example/"}, AddressElsewhere),
        ({"campaign": "Été 2027"}, CampaignUnknown),
        ({"campaign": "SID-2028"}, CampaignUnknown),
    ],
)
def test_elsewhere_and_a_campaign_that_there_is_not_are_refused(
    facts: dict[str, Any], refused: type[Exception]
) -> None:
    with pytest.raises(refused):
        make_link(**facts)
    assert not Entry.objects.filter(event="awareness.link.opened")


def test_who_has_no_such_ability_opens_none() -> None:
    with pytest.raises(PermissionDenied):
        make_link(by=make_actor("listener"))


def test_anyone_follows_it_and_it_counts_with_its_campaign(client: Browser) -> None:
    make_campaign("SID-2027")
    link = make_link(campaign="SID-2027")
    answer = client.get(f"/r/{link.code}", headers={"User-Agent": BROWSER})
    assert (answer.status_code, answer["Location"]) == (302, "/fr/resources/")
    assert not client.cookies
    client.cookies["away"] = "1"  # who has left is led nowhere
    assert client.get(f"/r/{link.code}")["Location"] == settings.CENTRE.quick_exit
    actions.write_down(by=SYSTEM)
    tally = DayTally.objects.get(kind="link")
    assert (tally.thing, tally.campaign, tally.count) == (link.code, "SID-2027", 1)


def test_its_owner_closes_it_and_so_does_the_head_and_nobody_else(client: Browser) -> None:
    owner = make_actor("editor")
    link = make_link(by=owner)
    with pytest.raises(NotYours):
        actions.close_link(link_id=link.id, by=make_actor("editor"))
    actions.close_link(link_id=link.id, by=owner)
    actions.close_link(link_id=make_link().id, by=make_actor("awareness_lead"))

    assert not ShortLink.objects.filter(closed_at=None)
    assert Entry.objects.filter(event="awareness.link.closed").count() == 2
    assert client.get(f"/r/{link.code}").status_code == 404
