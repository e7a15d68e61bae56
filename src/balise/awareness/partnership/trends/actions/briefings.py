"""Prepare a briefing, freeze it as an edition, correct one by another."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _, override, pgettext

from balise.awareness.partnership.trends import access, events
from balise.awareness.partnership.trends.models import Briefing, EmergingUse, Reference
from balise.awareness.partnership.trends.queries import rises
from balise.awareness.partnership.trends.rules.briefings import (
    BriefingEmpty,
    BriefingSent,
    BriefingTold,
    Chosen,
    NothingToCorrect,
    ReferenceTold,
    RiseTold,
    UseTold,
    digest,
)
from balise.awareness.partnership.trends.rules.rises import compared
from balise.awareness.partnership.trends.rules.topics import label_of
from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.countries import country_name
from balise.foundation.journal.book import record
from balise.foundation.statistics.boards import Figure
from balise.foundation.statistics.exposures import exposure_of
from balise.foundation.statistics.protection import Exposure, Sum


@transaction.atomic
def draft(
    *, language: str, title: str, intro: str = "", corrects: UUID | None = None, by: Actor
) -> UUID:
    """Begin a briefing; one that corrects an edition begins with what that was made of."""
    access.require(by, access.WRITE)
    chosen: Mapping[str, Sequence[str]] = {}
    if corrects is not None:
        earlier = Briefing.locked(corrects)
        if earlier.sent_at is None:
            raise NothingToCorrect(_("It is not sent: change it."))
        chosen = earlier.chosen
    row = Briefing.objects.create(
        id=uuid4(),
        language=language,
        title=title,
        intro=intro,
        chosen=chosen,
        corrects_id=corrects,
        drafted_at=now(),
    )
    record(events.BriefingDrafted(subject=row.id), by=by)
    return row.id


@transaction.atomic
def choose(
    *,
    briefing_id: UUID,
    title: str,
    intro: str,
    uses: Sequence[str],
    rising: Sequence[str],
    references: Sequence[str],
    by: Actor,
) -> None:
    """Say what a draft is made of; refuses an edition, which does not change."""
    access.require(by, access.WRITE)
    row = _draft(briefing_id)
    row.title, row.intro = title, intro
    row.chosen = {"uses": list(uses), "rises": list(rising), "references": list(references)}
    row.save(update_fields=("title", "intro", "chosen"))
    record(events.BriefingDrafted(subject=row.id), by=by)


@transaction.atomic
def send(*, briefing_id: UUID, by: Actor) -> int:
    """Freeze a draft as the next edition, and return its number; it leaves by mail then.

    Refuses one that says nothing, and one that was sent: a correction is a new one.
    """
    access.require(by, access.WRITE)
    row = _draft(briefing_id)
    rows.in_turn("awareness.briefings")
    number = (Briefing.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    with override(row.language):
        told = _told(row, number, by=by)
    if not (told.uses or told.rises or told.references):
        raise BriefingEmpty(_("Choose at least one entry or one rise."))
    row.number, row.sent_at = number, now()
    row.told = told.kept
    row.sha256 = digest(told.kept)
    row.save(update_fields=("number", "sent_at", "told", "sha256"))
    record(
        events.BriefingSent(
            subject=row.id,
            number=number,
            uses=len(told.uses),
            rises=len(told.rises),
            corrects=row.corrects_id,
        ),
        by=by,
    )
    return number


def _draft(briefing_id: UUID) -> Briefing:
    row = Briefing.locked(briefing_id)
    if row.sent_at is not None:
        raise BriefingSent(_("It was sent, and does not change. Write a correction."))
    return row


def _told(row: Briefing, number: int, *, by: Actor) -> BriefingTold:
    uses = EmergingUse.objects.filter(id__in=row.chosen.get("uses", ()))
    references = Reference.objects.filter(id__in=row.chosen.get("references", ()))
    return BriefingTold(
        row.language,
        str(settings.CENTRE.name),
        number,
        today().isoformat(),
        row.title,
        row.intro,
        [
            UseTold(
                use.title,
                use.signal,
                label_of(settings.COUNTRY, use.topic),
                str(use.came_from.label),
                use.first_seen.isoformat(),
                str(use.stands.label),
            )
            for use in uses
        ],
        _rises([Chosen.read(each) for each in row.chosen.get("rises", ())], by=by),
        [
            ReferenceTold(
                str(one.of_kind.label),
                one.day.isoformat(),
                country_name(one.country),
                one.title,
                one.text,
                one.address,
            )
            for one in references
        ],
    )


def _rises(chosen: Sequence[Chosen], *, by: Actor) -> Sequence[RiseTold]:
    """Return the rises that are chosen and still are rises."""
    found = []
    for until in sorted({one.until for one in chosen}):
        read = rises.rises(date.fromisoformat(until), seen_by=by)
        wanted = {(one.board, one.figure, one.code) for one in chosen if one.until == until}
        found += [
            _rise(of.figure, one, date.fromisoformat(until))
            for of, one in read.rising
            if (of.figure.board, of.figure.code, one.reading.code) in wanted
        ]
    return found


def _rise(figure: Figure, one: rises.Labelled, until: date) -> RiseTold:
    """Return a rise as it may leave: public numbers of a month that is over, or a told quarter."""
    exposure = exposure_of(figure.measure, figure.by, one.reading.code)
    is_over = compared(until).is_whole and until < today()
    period = date_format(until, "F Y")
    if not is_over:
        period = _("%(month)s, until day %(day)s") % {"month": period, "day": until.day}
    said = RiseTold(str(figure.title), one.label, period, None, None, None)
    if exposure is Exposure.PUBLIC and is_over:
        month = rises.month_of(until)
        before = rises.month_of(month.first - timedelta(days=1))
        year_before = rises.month_of(month.first.replace(year=month.first.year - 1))
        this, past, year = (
            rises.number_of(figure, one.reading.code, each) for each in (month, before, year_before)
        )
        return replace(said, now=this, before=past, year_before=year)
    if not exposure.is_protected:
        return said
    told = rises.told_quarter(figure, one.reading.code, on=today())
    if told is None:
        return said
    quarter = pgettext("quarter", "%(first)s to %(last)s") % {
        "first": date_format(told.node.first, "F"),
        "last": date_format(told.node.last, "F Y"),
    }
    return replace(
        said,
        period=_("%(period)s (numbers of %(quarter)s)") % {"period": period, "quarter": quarter},
        now=_left(told.now),
        year_before=_left(told.year_before) if told.has_year_before else None,
    )


def _left(number: Sum | None) -> int | str:
    return _("fewer than 11") if number is None else number.least
