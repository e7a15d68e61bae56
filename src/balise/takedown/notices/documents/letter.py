"""The letter: the notice's own words, as an accessible PDF (PDF/UA-1)."""

from importlib.resources import files
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import override

from balise.foundation.clock import today
from balise.foundation.typesetting import typeset
from balise.takedown.notices.queries.standing import OpenedNotice
from balise.takedown.notices.queries.wording import Part, word_parts


def letter(opened: OpenedNotice) -> bytes:
    """Return the PDF of a notice, in the recipient's language, word for word."""
    organisation = opened.notice.contact.organisation
    parts = word_parts(
        opened.letter,
        offence=opened.offence,
        law=opened.law,
        host=organisation.name,
        number=opened.number,
        language=organisation.language,
        centre=settings.CENTRE,
    )
    sender = settings.CENTRE if opened.letter.names_notifier else None
    with override(organisation.language):
        said = {
            "language": organisation.language,
            "title": opened.wording.subject,
            "date": date_format(today(), "DATE_FORMAT"),
            "sender": [sender.organisation, sender.postal_address, sender.notice_email]
            if sender
            else [],
            "recipient": [organisation.name, organisation.legal_name],
            "parts": [_part(part) for part in parts],
        }
    return typeset(files(__package__).joinpath("letter.typ"), said)


def _part(part: Part) -> dict[str, Any]:
    return {"title": part.title, "blocks": _blocks(part.text)}


def _blocks(text: str) -> list[dict[str, Any]]:
    """Return a part's paragraphs and lists, in order; each has a kind and its lines."""
    blocks: list[dict[str, Any]] = []
    for paragraph in text.split("\n\n"):
        for line in paragraph.splitlines():
            kind = "item" if line.startswith("- ") else "lines"
            if not blocks or blocks[-1]["kind"] != kind or blocks[-1]["closed"]:
                blocks.append({"kind": kind, "lines": [], "closed": False})
            blocks[-1]["lines"].append(line.removeprefix("- ") if kind == "item" else line)
        if blocks:
            blocks[-1]["closed"] = True
    return blocks
