"""Plan an edition, change it, publish what came of it."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from balise.awareness.network.campaigns.queries import require_known
from balise.awareness.sid import access, events
from balise.awareness.sid.models import Edition
from balise.awareness.sid.queries.reports import report_of
from balise.awareness.sid.rules.editions import check_day, check_embargo
from balise.awareness.sid.rules.reports import as_frozen
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused


class YearTaken(Refused, code="year-taken"):
    field = "year"


class NotOver(Refused, code="not-over"):
    pass


class Reported(Refused, code="reported"):
    pass


def plan(*, year: int, day: date, by: Actor) -> UUID:
    """Give a year's edition its date. Refuses a second edition of a year, a date in another."""
    access.require(by, access.MANAGE)
    check_day(year, day)
    edition = Edition(year=year, day=day)
    try:
        with transaction.atomic():
            edition.save(force_insert=True)
            record(events.EditionPlanned(subject=edition.id, year=year, day=day), by=by)
    except IntegrityError:
        raise YearTaken(_("There is an edition of this year already.")) from None
    return edition.id


@transaction.atomic
def change(
    *,
    edition_id: UUID,
    day: date,
    theme: Mapping[str, str],
    release: Mapping[str, str],
    embargo_until: datetime | None,
    kit: str,
    campaign: str,
    by: Actor,
) -> None:
    """Change what an edition says; its date may move as long as nothing was published of it."""
    access.require(by, access.MANAGE)
    edition = Edition.locked(edition_id)
    check_day(edition.year, day)
    check_embargo(embargo_until, day)
    if edition.reported_at and day != edition.day:
        raise Reported(_("The report of this edition is public: its date stays."))
    edition.day, edition.embargo_until = day, embargo_until
    edition.theme, edition.release = dict(theme), dict(release)
    edition.kit, edition.campaign = kit, require_known(campaign)
    edition.save()
    record(events.EditionChanged(subject=edition.id, year=edition.year, day=day), by=by)


@transaction.atomic
def publish_report(*, edition_id: UUID, by: Actor) -> None:
    """Publish the figures as they are now; they stay so. Refused before the day is over."""
    access.require(by, access.REPORT)
    edition = Edition.locked(edition_id)
    if today() <= edition.day:
        raise NotOver(_("The day is not over."))
    if edition.reported_at:
        raise Reported(_("The report of this edition is public already."))
    edition.report, edition.reported_at = as_frozen(report_of(edition)), now()
    edition.save(update_fields=("report", "reported_at"))
    record(events.ReportPublished(subject=edition.id, year=edition.year), by=by)
