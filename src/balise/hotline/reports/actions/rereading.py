"""Read the addresses of reports again by today's rules, and separate content that was merged.

Each content is a transaction of its own: a run that was cut goes on where it ended, a second one
changes nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import RecordKey, key_of_line, keys_of_line
from balise.foundation.journal.book import record
from balise.hotline.reports import access
from balise.hotline.reports.actions.answering import move_mentions
from balise.hotline.reports.actions.correcting import put_back
from balise.hotline.reports.events import ContentSplit, WordsReadAgain
from balise.hotline.reports.models import LINE, REPORT_BODY, Content, Report
from balise.hotline.reports.queries.receipts import Opened, identity_key
from balise.hotline.reports.rules.assessing import is_held_by_another
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.joining import to_read
from balise.hotline.reports.rules.places import Change, Place, changes, read_again
from balise.hotline.reports.rules.words import DECIDED_STATES, REOPENED_FROM

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Differing:
    """A report whose words name another address than the content under which it is counted."""

    report: UUID
    content: UUID
    change: Change


@dataclass(frozen=True, slots=True)
class Parted:
    """What became of a content: those made of it, unless an analyst holds it."""

    made: tuple[UUID, ...]
    is_held: bool = False


def find(*, dry_run: bool, by: Actor) -> Iterator[Differing]:
    """Yield the reports whose words are read differently today, place by place.

    It opens every report that is not erased, which is logged first.
    """
    access.require(by, access.IMPORT)
    record(WordsReadAgain(subject=uuid4(), dry_run=dry_run), by=by)
    everyone = list(Report.objects.order_by("received_at", "id").values_list("id", flat=True))
    for ids in batched(everyone, _AT_ONCE, strict=False):
        keys = keys_of_line(LINE, ids)
        sealed = dict(Report.objects.filter(id__in=keys).values_list("id", "sealed"))
        for report_id in ids:
            if report_id in sealed:
                answers = _answers(report_id, sealed[report_id], keys[report_id])
                for change in changes(answers.places):
                    content = _content_of(report_id, change.before)
                    if content is not None:
                        yield Differing(report_id, content, change)


def part(*, content_id: UUID, report_ids: Sequence[UUID], by: Actor) -> Parted:
    """Link reports of a content to the addresses that their words name.

    An address that nobody reported gets a content, which waits in the queue. Nobody can know which
    address a verdict was about: it stays with the content that it was given to, and that one goes
    back to the queue too if others still report it. What an analyst holds now is left for another
    run.
    """
    access.require(by, access.IMPORT)
    with transaction.atomic():
        reports = list(Report.objects.select_for_update().filter(id__in=report_ids).order_by("id"))
        opened = [_opened(report) for report in reports]
        content = _held(content_id, opened)
        if is_held_by_another(content.claimed_by, content.claimed_at, by=by.key, at=now()):
            return Parted((), is_held=True)
        made = [each for one in opened for each in _move(one, content, by)]
        _settle(content_id, by)
    return Parted(tuple(made))


def _held(content_id: UUID, reports: Sequence[Opened]) -> Content:
    """Lock a content and those that its reports will be linked to, in the order of intake."""
    keys = [
        identity_key(change.after.identity_in(one.report.id))
        for one in reports
        for change in changes(one.answers.places)
    ]
    held = Content.objects.select_for_update().filter(Q(id=content_id) | Q(identity_key__in=keys))
    return next(each for each in held.order_by("identity_key") if each.id == content_id)


def _move(one: Opened, content: Content, by: Actor) -> list[UUID]:
    """Link one report to what its words name, where it was linked to this content.

    Return the contents that were made for it.
    """
    report = one.report
    found = [
        change
        for change in changes(one.answers.places)
        if change.is_sure and _key_of(report, change.before) == bytes(content.identity_key)
    ]
    if not found:
        return []
    after = [change.after for change in found]
    there = {each.id for each in _contents_at(report, after)}
    again = replace(one.answers, places=read_again(one.answers.places, found))
    move_mentions(one=one, answers=again, by=by)
    joined = _contents_at(report, after)
    made = [each.id for each in joined if each.id not in there]
    Content.objects.filter(id__in=made).update(split_from=content.id)
    for each in made:
        record(ContentSplit(subject=each, origin=content.id), by=by)
    _keep(one, again, joins_decided=any(each.state in DECIDED_STATES for each in joined))
    return made


def _settle(content_id: UUID, by: Actor) -> None:
    """Put a content that was decided back in the queue, unless nobody reports it any more.

    One that is being removed stays so: its notice is about the address that it has.
    """
    content = Content.objects.get(id=content_id)
    if not content.report_count:
        # Its claim has lapsed: nothing keeps the worker from forgetting it if it was never judged.
        Content.objects.filter(id=content_id).update(claimed_by="", claimed_at=None)
    elif content.state in REOPENED_FROM and content.given_up_at is None:
        put_back(content=content, by=by)


def _keep(one: Opened, answers: Answers, *, joins_decided: bool) -> None:
    """Save the report as it is read now; a certificate names the places, so it is asked again."""
    report = one.report
    if joins_decided:
        report.to_read = max(report.to_read, to_read(answers))
    report.sealed = one.key.seal(answers.to_fields(), where=REPORT_BODY, row=report.id)
    report.certificate_key, report.certificate_signature = "", b""
    report.save(update_fields=("sealed", "to_read", "certificate_key", "certificate_signature"))


def _contents_at(report: Report, found: Sequence[Place]) -> list[Content]:
    keys = [_key_of(report, place) for place in found]
    return list(Content.objects.filter(identity_key__in=keys).order_by("identity_key"))


def _content_of(report_id: UUID, place: Place) -> UUID | None:
    found = Content.objects.filter(identity_key=identity_key(place.identity_in(report_id)))
    return found.values_list("id", flat=True).first()


def _key_of(report: Report, place: Place) -> bytes:
    return identity_key(place.identity_in(report.id))


def _opened(report: Report) -> Opened:
    key = key_of_line(LINE, report.id)
    return Opened(report, key, _answers(report.id, report.sealed, key))


def _answers(report_id: UUID, sealed: bytes | memoryview, key: RecordKey) -> Answers:
    return Answers.from_fields(key.open(sealed, where=REPORT_BODY, row=report_id))
