"""An order from the public form to its answer, its mail, and the end of its contact."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client as Browser

from balise.awareness.partnership.campaigns.queries import shown
from balise.awareness.partnership.campaigns.tests.makers import make_campaign
from balise.awareness.places.orders import actions, queries
from balise.awareness.places.orders.models import Order
from balise.awareness.places.orders.module import RULES
from balise.awareness.places.orders.rules import (
    Because,
    KitNotOffered,
    OrderState,
    TooMany,
    WrongState,
)
from balise.awareness.places.orders.tests.makers import (
    CONTACT,
    deliver,
    make_accepted,
    make_kit,
    make_order,
    typed,
)
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.models import KeyWrap
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry as Fact
from balise.foundation.tasks.running import run_due

pytestmark = pytest.mark.django_db
PAGE = "/fr/order-kits/"


def test_a_school_orders_without_an_account_and_its_contact_is_sealed(client: Browser) -> None:
    kit = make_kit(copies=500)
    assert "Bienvenue les 6e" in client.get(PAGE).text
    form = typed(kit)
    answer = client.post(PAGE, form)
    row = Order.objects.get()
    assert answer["Location"] == f"{PAGE}?sent={row.reference}"
    assert row.reference in client.get(answer["Location"]).text
    assert (row.area, row.postcode, row.wanted) == ("974", "97400", 120)
    assert b"Camille" not in bytes(row.sealed)
    fact = Fact.objects.get(event="awareness.order.asked")
    assert fact.facts == {"area": "974", "campaign": "", "number": 120, "requester": "middle"}
    # the same form, sent once more
    assert client.post(PAGE, form)["Location"] == answer["Location"]
    assert Order.objects.count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_stays(client: Browser) -> None:
    kit = make_kit()
    for wrong in (
        {"number": 0},
        {"number": 900_000},
        {"postcode": "B-1000"},
        {"email": "college"},
        {"kit": "3f0f5fd2-6b1c-4b5e-8d3e-3d1a2f6f7a10"},
        {"place": ""},
    ):
        answer = client.post(PAGE, typed(kit, **wrong))
        assert answer.status_code == 422
        assert 'value="1 rue des Écoles"' in answer.text
    assert not Order.objects.exists()


def test_a_kit_that_is_not_offered_is_not_ordered(client: Browser) -> None:
    kit = make_kit(copies=5)
    actions.offer(kit_id=kit, is_offered=False, by=make_actor("coordinator"))
    with pytest.raises(KitNotOffered):
        make_order(kit)
    assert "<form" not in client.get(PAGE).text.partition("<main")[2].partition("</main")[0]


def test_an_order_is_adjusted_then_refused_and_no_other_state_is_answered() -> None:
    order = make_order(make_kit(copies=100), 60)
    by = make_actor("coordinator")
    for wrong in (0, 61):
        with pytest.raises(TooMany):
            actions.accept(order_id=order, number=wrong, by=by)
    actions.accept(order_id=order, number=60, by=by)
    actions.accept(order_id=order, number=40, by=by)
    assert Order.objects.get().granted == 40
    actions.refuse(order_id=order, because=Because.TWICE, by=by)
    with pytest.raises(WrongState):
        actions.accept(order_id=order, number=10, by=by)
    with pytest.raises(PermissionDenied):
        actions.refuse(order_id=order, because=Because.TWICE, by=make_actor("editor"))
    assert Order.objects.get().stands is OrderState.REFUSED
    events = Fact.objects.filter(subject=order).order_by("pk").values_list("event", flat=True)
    verbs = [event.rpartition(".")[2] for event in events]
    assert verbs == ["asked", "accepted", "accepted", "refused"]


def test_what_left_is_not_refused_and_less_than_that_is_not_accepted() -> None:
    order = make_accepted(make_kit(copies=100), 60)
    deliver(order, 20)
    by = make_actor("coordinator")
    with pytest.raises(WrongState):
        actions.refuse(order_id=order, because=Because.STOCK, by=by)
    with pytest.raises(TooMany):
        actions.accept(order_id=order, number=19, by=by)
    actions.accept(order_id=order, number=20, by=by)  # nothing more will come
    assert Order.objects.get().stands is OrderState.DELIVERED


def test_who_ordered_is_told_by_mail_of_each_step() -> None:
    clerk.tick()  # what was answered before the worker first ran is not told
    deliver(make_accepted(make_kit(copies=100), 60))
    while clerk.tick():
        pass
    run_due()
    accepted, delivered = mail.outbox
    assert accepted.to == delivered.to == [CONTACT.email]
    assert "60 kits" in accepted.body
    assert "BL-000001" in delivered.body


def test_a_contact_is_forgotten_six_months_after_the_end_and_the_order_stays() -> None:
    kit = make_kit(copies=100)
    ended, waits = make_accepted(kit, 60), make_order(kit, 10)
    deliver(ended)
    (rule,) = RULES
    assert not list(rule.due(now() + timedelta(days=180)))
    assert list(rule.due(now() + timedelta(days=190))) == [ended]
    assert set(rule.due(now() + timedelta(days=370))) == {ended, waits}
    assert rule.erase([ended]) == 1
    assert not KeyWrap.objects.filter(record=ended).exists()
    found = queries.order(ended, seen_by=SYSTEM)
    assert (found.contact, found.row.delivered) == (None, 60)
    assert queries.to_write(ended) is None


def test_a_campaign_shows_its_kits_beside_what_else_carried_its_code() -> None:
    campaign = make_campaign()
    kit = make_kit(copies=100, campaign="RENTREE-2026")
    deliver(make_accepted(kit, 60))
    make_order(kit, 30)
    found = shown(campaign, language="fr", seen_by=make_actor("editor")).counted
    assert [(row.label, row.number) for row in found if row.number] == [
        ("Commandes de kits imprimés", 2),
        ("Kits imprimés livrés", 60),
    ]
