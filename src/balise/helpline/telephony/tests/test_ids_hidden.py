"""Calls that a centre holds from before the exchange's own ids were blinds."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Final
from uuid import uuid4

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.helpline.telephony.actions.telling import CallTold, EventDiffers, take_event
from balise.helpline.telephony.models import Call, CallEvent
from balise.helpline.telephony.queries import index_of
from balise.helpline.telephony.rules.calls import CallFact, Happening

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.safety, pytest.mark.sqlite]

APP: Final = "helpline_telephony"
BEFORE: Final = (APP, "0005_commands")
HIDE: Final = (APP, "0006_ids_are_blind")
REF: Final = "asterisk-0199000001"  # many exchanges make an id of the caller's number


class Upgrade:
    """The tables as they were before, until `run`."""

    def __init__(self) -> None:
        loader = MigrationLoader(connection)
        self._migration = loader.get_migration(*HIDE)
        self._state: ProjectState = loader.project_state(BEFORE)
        with connection.schema_editor(atomic=True) as editor:
            self._migration.unapply(self._state.clone(), editor)
        self.is_over = False

    def keep(self, event: CallTold) -> None:
        """Keep a call and what was told of it, as the release before did."""
        call, told = (self._state.apps.get_model(APP, name) for name in ("Call", "CallEvent"))
        at = event.told.at
        kept = call.objects.create(id=uuid4(), source=event.source, ref=event.ref, began_at=at)
        told.objects.create(
            call=kept,
            source=event.source,
            event_id=event.event_id,
            digest=event.digest,
            happening=event.told.happening,
            at=at,
        )

    def run(self) -> None:
        """Bring the tables up to date."""
        if not self.is_over:
            with connection.schema_editor(atomic=True) as editor:
                self._migration.apply(self._state.clone(), editor)
        self.is_over = True


@pytest.fixture
def upgrade() -> Iterator[Upgrade]:
    made = Upgrade()
    yield made
    made.run()


def of(ref: str) -> CallTold:
    digest = sha256(ref.encode()).digest()
    return CallTold("pbx", f"{ref}/queued", ref, CallFact(Happening.QUEUED, clock.now()), digest)


def test_what_an_exchange_tells_again_after_the_upgrade_is_of_the_calls_from_before(
    upgrade: Upgrade,
) -> None:
    first, other = of(REF), of("another")
    upgrade.keep(first)
    upgrade.keep(other)

    upgrade.run()

    call = Call.objects.get(ref_index=index_of("pbx", REF))
    taken = take_event(event=first, by=SYSTEM)
    assert (taken.call_id, taken.is_known) == (call.id, True)
    with pytest.raises(EventDiffers):
        take_event(event=replace(other, digest=first.digest), by=SYSTEM)
    ended = replace(first, event_id=f"{REF}/ended", told=CallFact(Happening.ENDED, clock.now()))
    assert take_event(event=ended, by=SYSTEM).call_id == call.id
    assert Call.objects.count() == 2


def test_no_id_of_an_exchange_and_no_plain_digest_is_left_after_the_upgrade(
    upgrade: Upgrade,
) -> None:
    told = of(REF)
    upgrade.keep(told)

    upgrade.run()

    (call,), (event,) = Call.objects.values(), CallEvent.objects.values()
    left = [bytes(each) if isinstance(each, memoryview) else each for each in call.values()]
    left += [bytes(each) if isinstance(each, memoryview) else each for each in event.values()]
    assert told.digest not in left
    assert not [each for each in left if REF in str(each)]
    assert not call["sealed_ref"]  # who is asked something of a call that lasts does it by hand
