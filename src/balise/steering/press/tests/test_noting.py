"""Enter, correct, withdraw, group: each with its refusal, its entries and what is counted."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from balise.awareness.partnership.campaigns.rules import CampaignUnknown
from balise.awareness.partnership.campaigns.tests.makers import make_campaign
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.clock import today
from balise.foundation.journal.models import Entry
from balise.foundation.statistics.indicators import INDICATORS, Said
from balise.foundation.statistics.quantities import Bound, Quantity
from balise.steering.press import actions
from balise.steering.press.models import Apart, Group, Item
from balise.steering.press.queries import equivalent
from balise.steering.press.rules.syndication import (
    DayFaulty,
    GroupFaulty,
    ItemWithdrawn,
    KnownAlready,
)
from balise.steering.press.tests.makers import make_dispatch, make_item, told

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def totals() -> dict[str, int]:
    """Return what all facts together count."""
    found: Counter[str] = Counter()
    for entry in Entry.objects.filter(event="steering.press.counted"):
        for name in ("items", "audience", "articles"):
            found[name] += entry.facts[name]
    return dict(found)


def test_an_item_is_counted_by_its_codes_and_its_words_stay_in_the_table() -> None:
    make_campaign("SID-2026")
    audience = Quantity(Decimal(1_200_000), Bound.ABOUT)
    make_item(audience=audience, campaign="sid-2026", topic="bullying", sequence="teens")
    entry = Entry.objects.get(event="steering.press.counted")
    assert entry.facts == {
        "day": today().isoformat(),
        "medium": "online",
        "topic": "bullying",
        "sequence": "teens",
        "campaign": "SID-2026",
        "items": 1,
        "audience": 1_200_000,
        "articles": 1,
    }
    assert all("liens" not in one.facts_text for one in Entry.objects.all())
    assert Item.objects.get().bound == "about"


def test_who_may_not_and_what_is_wrong_leaves_nothing() -> None:
    for role in ("steering", "editor"):
        with pytest.raises(PermissionDenied):
            actions.note(told=told(), by=make_actor(role))
    with pytest.raises(DayFaulty):
        make_item(day=date(2032, 1, 1))
    with pytest.raises(CampaignUnknown):
        make_item(campaign="NONE-1")
    assert not Item.objects.exists()
    assert not Entry.objects.filter(event__startswith="steering.press").exists()


def test_the_same_address_or_the_same_title_of_a_day_is_one_item() -> None:
    make_item(address="https://journal.example/a?utm_source=x")
    for again in (
        told("Autre titre", outlet="Autre", address="http://www.journal.example/a/"),
        told(" des ÉCRANS et des liens "),
    ):
        with pytest.raises(KnownAlready):
            actions.note(told=again, by=make_actor("steering_office"))
    assert Item.objects.count() == 1
    row = Item.objects.get()
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_batch_that_comes_again_changes_nothing() -> None:
    office = make_actor("steering_office")
    batch = [told(f"Titre numéro {at}") for at in range(5)]
    first = actions.note_all(told=[*batch, batch[0]], by=office)
    facts = Entry.objects.count()
    second = actions.note_all(told=batch, by=office)
    assert (len(first.new), second.new) == (5, frozenset())
    assert list(second.ids) == list(first.ids[:5])
    assert first.ids[5] == first.ids[0]
    assert Entry.objects.count() == facts


def test_a_correction_counts_what_it_changes_and_an_item_withdrawn_counts_no_more() -> None:
    office = make_actor("steering_office")
    made = make_item(audience=Quantity(Decimal(100)))
    other = make_item("Un autre titre")
    actions.correct(item_id=made, told=told(audience=Quantity(Decimal(250))), by=office)
    assert totals() == {"items": 2, "audience": 250, "articles": 2}
    with pytest.raises(KnownAlready):
        actions.correct(item_id=other, told=told(), by=office)
    with pytest.raises(PermissionDenied):
        actions.withdraw(item_id=made, why="X", by=make_actor("steering"))
    actions.withdraw(item_id=made, why="Publicité", by=office)
    assert totals() == {"items": 1, "audience": 0, "articles": 1}
    with pytest.raises(ItemWithdrawn):
        actions.withdraw(item_id=made, why="Encore", by=office)
    assert Item.objects.get(id=made).withdrawn_why == "Publicité"
    make_item()  # it may be entered again


def test_an_article_of_five_outlets_is_five_items_and_one_article() -> None:
    office = make_actor("steering_office")
    items = make_dispatch(today() - DAY)
    made = actions.group(items=items, by=office)
    assert totals() == {"items": 5, "audience": 0, "articles": 1}
    assert Entry.objects.get(event="steering.press.grouped").facts == {"items": 5}
    for faulty in (items[:2], items[:1], []):
        with pytest.raises(GroupFaulty):
            actions.group(items=faulty, by=office)
    first = Item.objects.get(group=made, is_repeat=False)
    actions.withdraw(item_id=first.id, why="Retiré", by=office)  # the next one stands for it
    assert totals() == {"items": 4, "audience": 0, "articles": 1}
    left = next(each for each in items if each != first.id)
    actions.ungroup_of(item_id=left, by=office)
    assert totals() == {"items": 4, "audience": 0, "articles": 4}
    assert not Group.objects.exists()
    with pytest.raises(GroupFaulty):
        actions.ungroup_of(item_id=left, by=office)


def test_a_group_of_which_one_is_left_is_none() -> None:
    office = make_actor("steering_office")
    items = make_dispatch(today())[:2]
    actions.group(items=items, by=office)
    actions.withdraw(item_id=items[0], why="Retiré", by=office)
    assert (Group.objects.count(), Item.objects.filter(is_repeat=True).count()) == (0, 0)
    assert totals()["articles"] == 4  # three that were never grouped, and the one left


def test_what_is_not_one_article_is_said_once() -> None:
    items = make_dispatch(today())
    office = make_actor("steering_office")
    for order in (items, items[::-1]):
        actions.keep_apart(items=order, by=office)
    assert Apart.objects.count() == Entry.objects.filter(event="steering.press.apart").count() == 1
    with pytest.raises(PermissionDenied):
        actions.keep_apart(items=items, by=make_actor("steering"))


def test_the_advertising_equivalent_is_kept_only_where_the_centre_says_so(settings: Any) -> None:
    make_item(equivalent=13_500)
    settings.PRESS_EQUIVALENT = True
    make_item("Un autre titre", equivalent=13_500)
    assert list(Item.objects.order_by("recorded_at").values_list("equivalent", flat=True)) == [
        None,
        13_500,
    ]
    assert all("13500" not in one.facts_text for one in Entry.objects.all())


def test_the_equivalent_is_a_figure_of_its_own_only_where_it_is_kept(settings: Any) -> None:
    settings.PRESS_EQUIVALENT = True
    kept = Item.objects.get(id=make_item(equivalent=13_500))
    make_item("Sans", equivalent=None)
    first, last = kept.day, kept.day
    after = kept.recorded_at + timedelta(minutes=1)
    assert equivalent(first, last, until=after) == Said(13_500)
    assert equivalent(first, last, until=kept.recorded_at) is None
    settings.PRESS_EQUIVALENT = False
    assert equivalent(first, last, until=after) is None
    one = INDICATORS["PRESS-AVE"]
    assert not one.is_public
    assert not one.adds_over_time
    assert not [code for code in INDICATORS if code in getattr(one.source, "codes", ())]
