"""Correct a frozen edition by a new one, or withdraw it: what is frozen never changes."""

from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from balise.foundation import rows
from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.steering.editions import access, events
from balise.steering.editions.actions.preparing import make_again
from balise.steering.editions.models import Edition, Section
from balise.steering.editions.rules.life import (
    Erratum,
    Step,
    StepWrong,
    check_other,
    check_reasons,
    check_step,
)

type Words = Mapping[str, str]


@transaction.atomic
def correct(*, edition_id: UUID, erratum: Erratum, reasons: Words, by: Actor) -> UUID:
    """Open the draft that corrects a frozen edition: its pages and words, and the next version.

    What was recorded until today counts in it, but for an error of form. An edition has one
    correction at a time. What changes a sentence is for who publishes to decide.
    """
    access.require(by, access.PUBLISH if erratum.is_grave else access.WRITE)
    rows.in_turn("editions.days")
    old = Edition.locked(edition_id)
    check_step(Step.CORRECT, old.state)
    check_reasons(reasons, dict(settings.LANGUAGES))
    if old.corrections.exists():
        raise StepWrong(_("This edition has a correction already."))
    of_day = Edition.objects.filter(template=old.template, day=old.day)
    new = Edition.objects.create(
        template=old.template,
        day=old.day,
        version=of_day.aggregate(Max("version"))["version__max"] + 1,
        first=old.first,
        last=old.last,
        known_by=old.known_by if erratum is Erratum.FORM else today(),
        compared=old.compared,
        corrects=old,
        erratum=erratum.value,
        reasons=dict(reasons),
        written_by=by.key,
    )
    Section.objects.bulk_create(
        Section(
            edition=new,
            code=one.code,
            place=one.place,
            is_in=one.is_in,
            titles=one.titles,
            notes=one.notes,
            versions=one.versions,
        )
        for one in old.sections.all()
    )
    opened = events.EditionOpened(
        subject=new.id, template=Code(new.template), day=new.day, first=new.first, last=new.last
    )
    record(opened, by=by)
    record(events.CorrectionOpened(subject=new.id, corrects=old.id, erratum=erratum.value), by=by)
    make_again(edition_id=new.id, by=by)
    return new.id


@transaction.atomic
def ask_withdrawal(*, edition_id: UUID, reasons: Words, at_once: bool = False, by: Actor) -> None:
    """Ask that an edition be withdrawn; a second person confirms.

    One that tells what it must not is taken down `at_once`, and confirmed within a day.
    """
    access.require(by, access.PUBLISH)
    edition = Edition.locked(edition_id)
    check_step(Step.WITHDRAW, edition.state)
    check_reasons(reasons, dict(settings.LANGUAGES))
    edition.withdrawal_at, edition.withdrawal_by = now(), by.key
    edition.withdrawal_reasons = dict(reasons)
    edition.withdrawn_at = edition.withdrawal_at if at_once else None
    edition.save(
        update_fields=("withdrawal_at", "withdrawal_by", "withdrawal_reasons", "withdrawn_at")
    )
    record(
        events.WithdrawalAsked(subject=edition.id, day=edition.day, at_once=at_once),
        by=by,
    )


@transaction.atomic
def confirm_withdrawal(*, edition_id: UUID, by: Actor) -> None:
    """Withdraw an edition, as the second person: its addresses say so from now."""
    access.require(by, access.PUBLISH)
    edition = Edition.locked(edition_id)
    if edition.withdrawal_at is None or edition.confirmed_by:
        raise StepWrong(_("Nobody asked that this edition be withdrawn."))
    check_other(by.key, edition.withdrawal_by)
    edition.withdrawn_at, edition.confirmed_by = edition.withdrawn_at or now(), by.key
    edition.save(update_fields=("withdrawn_at", "confirmed_by"))
    record(events.EditionWithdrawn(subject=edition.id, day=edition.day), by=by)
