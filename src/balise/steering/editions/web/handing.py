"""The files of an edition as answers."""

from datetime import date
from typing import Final

from django.conf import settings
from django.http import HttpResponse

from balise.steering.editions.rules.preparing import file_name

TYPES: Final = {
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
}


def handed(template: str, day: date, form: str, language: str, octets: bytes) -> HttpResponse:
    """Return a file of an edition to be saved, under a name that says a demonstration is one."""
    answer = HttpResponse(octets, content_type=TYPES[form])
    name = file_name(template, day, form=form, language=language)
    if settings.DEMONSTRATION:
        name = f"demonstration-{name}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
