"""Follow an account, a video, a store or a site; change what is said of it."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.readings import access
from balise.steering.readings.events import ThingChanged, ThingFollowed
from balise.steering.readings.models import Followed
from balise.steering.readings.rules.refusals import ThingTaken
from balise.steering.readings.rules.series import Thing
from balise.steering.readings.rules.things import Facts, check_until, cleaned, needs_network


def follow(*, kind: Thing, code: str, facts: Facts, by: Actor) -> UUID:
    """Follow a thing; return its id. Raises CodeFaulty and ThingTaken."""
    access.require(by, access.WRITE)
    row = Followed(kind=kind.value, code=cleaned(code))
    _fill(row, facts)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            record(ThingFollowed(subject=row.id, kind=Code(kind.value), code=Code(row.code)), by=by)
    except IntegrityError:
        taken = _("Another thing has the code %(code)s.") % {"code": row.code}
        raise ThingTaken(taken) from None
    return row.id


@transaction.atomic
def change(*, followed_id: UUID, facts: Facts, by: Actor) -> None:
    """Change what is said of a thing. Raises SpanFaulty where it has a later reading."""
    access.require(by, access.WRITE)
    row = Followed.locked(followed_id)
    last = row.readings.filter(stands=True).aggregate(last=Max("day"))["last"]
    check_until(facts.until, last=last)
    _fill(row, facts)
    row.save()
    record(ThingChanged(subject=row.id, code=Code(row.code), until=facts.until), by=by)


def _fill(row: Followed, facts: Facts) -> None:
    is_somewhere = needs_network(row.is_a) and facts.network is not None
    row.network = facts.network.value if is_somewhere and facts.network else ""
    row.name, row.owner, row.address = facts.name, facts.owner, facts.address
    row.until = facts.until
