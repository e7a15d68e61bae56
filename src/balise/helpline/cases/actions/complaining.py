"""Prepare a complaint: what is chosen of a case, given to the listener and to nobody else."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _, override

from balise.foundation.actors import Actor
from balise.foundation.clock import now, today
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.files import keeping
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.refusals import Refused
from balise.helpline.cases import access
from balise.helpline.cases.documents.complaint import Complaint, Piece, packed
from balise.helpline.cases.events import CaseRead, ComplaintMade
from balise.helpline.cases.models import LINE, Case, Entry
from balise.helpline.cases.queries import files, opened
from balise.helpline.cases.queries.opened import Written
from balise.helpline.cases.rules.sections import Section
from balise.helpline.contacts.rules.forms import JSON
from balise.takedown.law.rules import Offence, check_citable, offence_on

_UNSAFE = re.compile(r"[^\w.-]+")


class NoComplaint(Refused, code="no-complaint"):
    """There is no complaint in the file yet: its words come first."""


def make_complaint(*, case_id: UUID, entry_ids: Sequence[UUID], language: str, by: Actor) -> bytes:
    """Return the complaint of a file with what was chosen of it, as a signed package (zip).

    People, incidents and documents may be chosen; notes never go out. The reading is written down
    before anything opens. Refuses a file without the complaint's own words.
    """
    access.require(by, access.WORK)
    case = find(Case, id=case_id)
    with transaction.atomic():
        files.require_on(case.id, who=by)
        chosen = list(
            Entry.objects.filter(
                case=case,
                id__in=list(entry_ids),
                section__in=(Section.PEOPLE, Section.INCIDENTS, Section.DOCUMENTS),
                taken_out_at__isnull=True,
            )
        )
        own = list(Entry.objects.filter(case=case, section=Section.COMPLAINT))
        if not own:
            raise NoComplaint(_("First write the complaint: the facts in their words."))
        record(CaseRead(subject=case.id), by=by)
    with override(language):
        key = key_of_line(LINE, case.id)
        (words,) = opened.written_of(own, key)
        parts = opened.written_of(chosen, key)
        complaint = Complaint(
            made_at=now(),
            language=language,
            said=_said(words),
            offence=_offence(words),
            people=[one.said for one in parts if one.section is Section.PEOPLE],
            facts=[
                (str(one.values.get("from_on") or ""), one.said)
                for one in parts
                if one.section is Section.INCIDENTS
            ],
            pieces=_pieces(chosen, parts),
        )
    package = packed(complaint, line=LINE)
    with transaction.atomic():
        record(ComplaintMade(subject=case.id, documents=len(complaint.pieces)), by=by)
    return package


def _said(words: Written) -> tuple[tuple[str, str], ...]:
    """Return the complaint's own words; what the law calls it has a section of its own."""
    values = {code: value for code, value in words.values.items() if code != "offence"}
    return opened.said(Section.COMPLAINT, values, made_at=words.made_at, names={})


def _offence(words: Written) -> Offence | None:
    code = words.values.get("offence")
    if not code:
        return None
    on = _day(words.values.get("facts_on"))
    offence = offence_on(str(code), on=on, country=settings.COUNTRY)
    check_citable(offence)
    return offence


def _day(value: JSON | Any) -> date:
    return date.fromisoformat(str(value)) if value else today()


def _pieces(chosen: Sequence[Entry], parts: Sequence[Written]) -> list[Piece]:
    kept = {one.id: one.file for one in chosen}
    found: list[Piece] = []
    for one in parts:
        file = kept[one.id]
        if file is not None:
            name = _UNSAFE.sub("-", str(one.file.get("name") or "document"))[-80:]
            found.append(
                Piece(
                    name=f"{len(found) + 1:02}-{name}",
                    shows=str(one.values.get("shows") or ""),
                    octets=b"".join(keeping.read(key_of_line(LINE, file))),
                )
            )
    return found
