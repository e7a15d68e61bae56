"""Notices that were sent, and dumps as the database publishes them, made the way they are made."""

import csv
import io
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from balise.foundation import clock
from balise.foundation.actors import SYSTEM, Actor, ActorKind
from balise.takedown.directory.rules.contacts import USUAL_TERMS, ContactKind, LegalBasis
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import access as notices
from balise.takedown.notices.actions import ending, sending
from balise.takedown.notices.rules.states import Outcome
from balise.takedown.notices.tests.makers import make_notice
from balise.takedown.statements import access
from balise.takedown.statements.actions import importing
from balise.takedown.statements.models import Dump

_ALL = frozenset({access.READ, access.COMPARE, access.REPORT, notices.READ})
ANALYST = Actor(ActorKind.STAFF, str(UUID(int=1)), _ALL | {"hotline.reports.read"})
LISTENER = Actor(ActorKind.STAFF, str(UUID(int=2)), _ALL | {"helpline.cases.read"})
OUTSIDER = Actor(ActorKind.STAFF, str(UUID(int=9)), frozenset({"hotline.reports.read"}))

CATEGORY = "STATEMENT_CATEGORY_CYBER_VIOLENCE"
KEYWORD = "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"
SENT_AT = datetime.fromisoformat("2026-11-02T09:00+00:00")
COLUMNS = (
    *("uuid", "decision_visibility", "decision_monetary", "decision_provision"),
    *("decision_account", "decision_ground", "illegal_content_explanation", "category"),
    *("category_addition", "category_specification", "content_type", "content_language"),
    *("content_date", "content_id", "application_date", "decision_facts", "source_type"),
    *("source_identity", "automated_detection", "automated_decision", "platform_name"),
    *("platform_uid", "created_at"),
)


def make_form(name: str = "Réseau Exemple", *, basis: LegalBasis = LegalBasis.FLAGGER) -> UUID:
    """Return a contact of a platform that takes notices in a form, as trusted flagger."""
    host = make_host(name, domains=(f"{uuid4().hex}.example",))
    return make_contact(
        host,
        f"https://{uuid4().hex}.example/flag",
        kind=ContactKind.FORM,
        terms=replace(USUAL_TERMS, basis=basis),
    )


def make_sent(
    contact: UUID | None = None,
    *,
    at: datetime = SENT_AT,
    outcome: Outcome | None = None,
    answered_at: datetime | None = None,
    subject: UUID | None = None,
    line: str = "hotline",
) -> UUID:
    """Return a notice that was put into a platform's form, and perhaps answered."""
    with clock.at(at):
        notice = make_notice(line=line, contact_id=contact or make_form(), subject=subject)
        sending.note_sent_by_hand(notice_id=notice, by=SYSTEM)
    if outcome is not None:
        with clock.at(answered_at or at):
            ending.record_outcome(notice_id=notice, outcome=outcome, by=SYSTEM)
    return notice


def make_row(**given: Any) -> dict[str, str]:
    """Return a row that may well answer a notice of `make_sent`."""
    return {
        **dict.fromkeys(COLUMNS, ""),
        "uuid": str(uuid4()),
        "decision_visibility": '["DECISION_VISIBILITY_CONTENT_REMOVED"]',
        "decision_ground": "DECISION_GROUND_ILLEGAL_CONTENT",
        "illegal_content_explanation": "Words, with commas; and “quotes”.\nTwo lines of them.",
        "category": CATEGORY,
        "category_specification": f'["{KEYWORD}"]',
        "content_type": '["CONTENT_TYPE_IMAGE"]',
        "content_date": "2026-10-01",
        "application_date": "2026-11-03 00:00:00",
        "decision_facts": "It was told to us.",
        "source_type": "SOURCE_TRUSTED_FLAGGER",
        "automated_detection": "No",
        "automated_decision": "AUTOMATED_DECISION_NOT_AUTOMATED",
        "platform_name": "Réseau Exemple",
        "platform_uid": uuid4().hex,
        "created_at": "2026-11-03 10:00:00",
        **given,
    }


def make_csv(*rows: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Return rows as the database writes them."""
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def make_zip(**members: bytes) -> bytes:
    """Return an archive; a name says its ending after two underscores: a__csv is a.csv."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return file.getvalue()


def read(
    content: bytes,
    *,
    name: str = "sor-global-2026-11-03-full.csv",
    host: str = "",
    by: Actor = SYSTEM,
) -> importing.Outcome:
    """Return what became of a file."""
    return importing.read_dump(file=io.BytesIO(content), name=name, host=host, by=by)


def the_dump() -> UUID:
    """Return the only file that was read."""
    return Dump.objects.get().id
