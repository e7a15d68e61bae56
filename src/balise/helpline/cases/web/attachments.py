"""A document on its way out: never shown in a page, always as a file."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from balise.helpline.cases.actions.reading import OpenedDocument


def as_file(document: OpenedDocument) -> HttpResponse:
    """Return the answer that hands a document over."""
    answer = HttpResponse(b"".join(document.pieces), content_type="application/octet-stream")
    name = document.name or "document"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    answer["Content-Disposition"] = disposition or "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
