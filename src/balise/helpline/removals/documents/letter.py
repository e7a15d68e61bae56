"""The letter of a complaint: to the platform itself, or to the Digital Services Coordinator.

It says what was notified, what the platform answered and when, and what is asked now. The person
who takes the step sends it; the centre signs it by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override

from balise.takedown.notices.rules.ladder import Rung
from balise.takedown.onward.dossiers.documents.printing import Row, Section, printed


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What a complaint says. `number` is of our notice, `decision` the platform's, in words."""

    rung: Rung
    language: str
    made_at: datetime
    platform: str
    number: str
    sent_at: datetime | None
    decided_at: datetime | None
    decision: str
    address: str
    account: str
    offence: str
    words: str


def drawn(letter: Letter) -> bytes:
    """Return the letter as PDF/UA-1, in its language."""
    return printed(paper(letter))


def paper(letter: Letter) -> dict[str, Any]:
    """Return what the letter says, section by section, in its language."""
    with override(letter.language):
        centre = settings.CENTRE
        title, asks = _asks(letter.rung)
        return {
            "language": letter.language,
            "title": title,
            "organisation": centre.organisation,
            "address": centre.postal_address,
            "confidential": _("Confidential: it concerns a minor or someone who asked for help."),
            "lead": asks,
            "footer": f"{centre.organisation} — {_moment(letter.made_at)}",
            "page": _("page"),
            "sections": list(_sections(letter)),
        }


def _asks(rung: Rung) -> tuple[str, str]:
    if rung is Rung.COMPLAINT:
        return (
            _("Complaint under Article 20 of the Digital Services Act"),
            _(
                "We ask you to review, by a person, the decision below or the absence of one, and "
                "to give your reasons."
            ),
        )
    return (
        _("Complaint to the Digital Services Coordinator (Article 53 DSA)"),
        _("We lodge a complaint about the provider named below, whose handling we describe here."),
    )


def _sections(letter: Letter) -> Sequence[Section]:
    told = [
        (_("Platform"), letter.platform),
        (_("Our notice"), letter.number),
        (_("Sent on"), _moment(letter.sent_at) if letter.sent_at else ""),
        (_("Decision of the platform"), letter.decision or _("None so far")),
        (_("Decided on"), _moment(letter.decided_at) if letter.decided_at else ""),
    ]
    what = [
        (_("Address"), letter.address),
        (_("Account"), letter.account),
        (_("Legal category"), letter.offence),
        (_("Content and harm"), letter.words),
    ]
    return [
        {"title": title, "says": "", "entries": [_rows(rows)]}
        for title, rows in ((_("Notified content"), told), (_("The content"), what))
    ]


def _rows(pairs: Sequence[tuple[str, str]]) -> list[Row]:
    return [{"label": label, "value": value, "exact": False} for label, value in pairs if value]


def _moment(at: datetime) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")
