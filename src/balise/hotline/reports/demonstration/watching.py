"""What the watch of the demonstration centre saw: most went, some came back, some are silent."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.hotline.reports.actions import notifying
from balise.takedown.directory.queries import channel_for
from balise.takedown.tracing.rules.looks import Answer, Failure, Look
from balise.takedown.watch import queries
from balise.takedown.watch.actions import noting
from balise.takedown.watch.actions.noting import Noted

_ONLINE = Look(answer=Answer.ANSWERED, http_status=200)
_GONE = Look(answer=Answer.ANSWERED, http_status=404)
_SILENT = Look(answer=Answer.SILENT, failure=Failure.TIMEOUT)
_APART = timedelta(minutes=20)
_ONE_IN = 8


def watch(content_id: UUID, *, domain: str, since: datetime, gone_at: datetime) -> None:
    """Watch a content since its notice, and look until it is gone, if it is by now."""
    choice = channel_for(domain=domain)
    if choice is None:
        return
    with clock.at(since):
        notifying.watch_content(content_id=content_id, told=choice.organisation.id, by=SYSTEM)
    chance = Random(content_id.int)  # noqa: S311 - an invented story
    looks = [(since + _APART, _ONLINE)]
    if gone_at < clock.now():
        looks += [(gone_at + place * _APART, _GONE) for place in range(3)]
        if not chance.randrange(_ONE_IN):
            looks.append((gone_at + timedelta(days=1), _ONLINE))
    elif chance.randrange(_ONE_IN):
        looks.append((since + timedelta(hours=4), _ONLINE))
    else:
        looks.append((since + timedelta(hours=4), _SILENT))
    past = [(at, look) for at, look in looks if at < clock.now()]
    if past:
        # Looked at lately as well, so that nothing is late when the demonstration opens.
        past.append((clock.now() - _APART, past[-1][1]))
    watched = queries.of(line="hotline", subjects=[content_id], seen_by=SYSTEM)
    for watched_id, address in queries.addresses(list(watched.values())).items():
        for at, look in past:
            with clock.at(at):
                noting.note_looks(noted=[Noted(watched_id, address, look)], at=at, by=SYSTEM)
