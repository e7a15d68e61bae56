"""Note which reports of partners came in, and which have all their verdicts: each once."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of
from balise.foundation.journal.book import record_many
from balise.foundation.journal.events import Code, Event
from balise.foundation.statistics.usual import band
from balise.hotline.desk.events import PartnerReportProcessed, PartnerReportReceived
from balise.hotline.desk.models import Followed
from balise.hotline.reports.queries.partners import judged

_AT_ONCE = 500


def follow(*, report_ids: Iterable[UUID], by: Actor) -> int:
    """Note those of these reports that are a partner's; return how many are processed now.

    A report is processed once each of its contents has a final verdict; one about contents that
    were decided before is processed as it comes.
    """
    ids = sorted(set(report_ids))
    processed = 0
    for place in range(0, len(ids), _AT_ONCE):
        processed += _follow(ids[place : place + _AT_ONCE], by)
    return processed


def _follow(ids: list[UUID], by: Actor) -> int:
    events: list[Event] = []
    with transaction.atomic():
        reports = {report.id: report for report in judged(ids)}
        known = set(Followed.objects.filter(report__in=reports).values_list("report_id", flat=True))
        fresh = [report for report in reports.values() if report.id not in known]
        Followed.objects.bulk_create(
            Followed(report_id=report.id, partner=report.partner) for report in fresh
        )
        events += (
            PartnerReportReceived(
                subject=report.id, partner=report.partner, received_on=day_of(report.received_at)
            )
            for report in fresh
        )
        open_ones = Followed.objects.select_for_update().filter(
            report__in=reports, processed_at=None
        )
        done = []
        for one in open_ones:
            report = reports[one.report_id]
            if report.decided_at is None:
                continue
            done.append(one)
            one.processed_at = max(report.received_at, report.decided_at)
            took = one.processed_at - report.received_at
            events.append(
                PartnerReportProcessed(
                    subject=report.id,
                    partner=one.partner,
                    processed_on=day_of(one.processed_at),
                    category=Code(report.category),
                    seconds=int(took.total_seconds()),
                    band=Code(band(took)),
                )
            )
        Followed.objects.bulk_update(done, ("processed_at",))
        record_many(events, by=by)
    return len(done)
