"""Write a CyberTip from a dossier. Nothing is kept: the dossier has the facts."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.foundation.refusals import Refused
from balise.takedown.onward.cybertips import access
from balise.takedown.onward.cybertips.events import CyberTipWritten
from balise.takedown.onward.cybertips.rules.checking import errors_of
from balise.takedown.onward.cybertips.rules.schema import REPORT
from balise.takedown.onward.cybertips.rules.tips import report_of, written
from balise.takedown.onward.dossiers.actions import drafting


class NotApproved(Refused, code="dossier-not-approved"):
    """No second person has approved the dossier yet."""


class ForThePoliceAlone(Refused, code="dossier-for-the-police-alone"):
    """Another line brought the dossier, with a yes to the police and to nobody else."""


@dataclass(frozen=True, slots=True)
class CyberTip:
    """A document as it would be sent, and what the check says of it."""

    name: str
    octets: bytes
    errors: tuple[str, ...]


def write(*, dossier_id: UUID, by: Actor) -> CyberTip:
    """Return the document `report` of an approved dossier, and write down who had it written.

    Refuses a dossier without its number, one that another line brought, and an offence that is no
    sexual offence against a child.
    """
    access.require(by, access.EXPORT)
    opened = drafting.read(dossier_id=dossier_id, by=by)
    found = opened.dossier
    if not found.number:
        raise NotApproved(_("A CyberTip is written from an approved police dossier."))
    if found.brought_from:
        raise ForThePoliceAlone(
            _("This was handed over for the police alone. No CyberTip is written from it.")
        )
    has_it = found.handed_over_at is not None
    known = report_of(
        opened.facts,
        offence=opened.offence,
        centre=settings.CENTRE,
        country=settings.COUNTRY,
        agency=opened.authority.name.in_language("en") if has_it else "",
        case_number=opened.reply.number,
    )
    octets = written(REPORT, known)
    errors = tuple(errors_of(octets))
    with transaction.atomic():
        fact = CyberTipWritten(
            subject=found.id,
            content=found.subject,
            for_line=Code(found.line),
            faults=len(errors),
        )
        record(fact, by=by)
    return CyberTip(f"cybertip-{found.number}.xml", octets, errors)
