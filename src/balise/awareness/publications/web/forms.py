"""Files that are sent to be published: told by their bytes, and pictures made anew.

What is wrong is said at the field; all else that was typed stays in the form.
"""

from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from balise.awareness.publications.rules.pictures import BROKEN, KIND, POINTS, kept
from balise.foundation.files.kinds import HEAD, Kind, kind_of
from balise.foundation.files.uploads import refuse_what_did_not_come
from balise.foundation.limited.calling import Answered, Limits, Refused, call

# A picture of 50 million points takes four octets each, and twice that while it is made smaller.
LIMITS: Final = Limits(processor=20, memory=800_000_000, time=90.0, answer=20_000_000)
WHY: Final = {
    KIND: gettext_lazy("Send a picture as JPEG, PNG or WebP. A drawing (SVG) is exported as PNG."),
    BROKEN: gettext_lazy("This picture is damaged: its end is missing. Export it again."),
    POINTS: gettext_lazy(
        "This picture is too large. Make it smaller: 50 million points, 16,000 on a side at most."
    ),
}


class PictureField(forms.FileField):
    """A picture that is opened in a child with limits, and nowhere else."""

    def to_python(self, data: Any) -> Any:
        """Return the picture made anew."""
        refuse_what_did_not_come(data)
        sent = super().to_python(data)
        return drawn_anew(sent) if sent else sent


class PictureForm(BaseImageForm):
    """A picture, kept as WebP: the right way up, and without place, date or device."""

    file = PictureField(
        label=gettext_lazy("file"),
        widget=BaseImageForm.Meta.widgets["file"],
        help_text=gettext_lazy("JPEG, PNG or WebP, up to 10 MB."),
    )


class PaperForm(BaseDocumentForm):
    """A file to print: a PDF by its bytes, whatever its name says."""

    def clean_file(self) -> Any:
        """Return the file, or refuse what is no PDF."""
        sent = self.cleaned_data["file"]
        if "file" in self.changed_data:
            refuse_what_did_not_come(sent)
            sent.seek(0)
            if kind_of(sent.read(HEAD)) is not Kind.PDF:
                raise ValidationError(_("This file is not a PDF."), code="kind")
            sent.seek(0)
        return sent


def drawn_anew(sent: Any) -> SimpleUploadedFile:
    """Return a picture's points alone, as WebP. Raises ValidationError."""
    sent.seek(0)
    match call(kept, sent.read(), limits=LIMITS):
        case Answered(octets):
            return SimpleUploadedFile("picture.webp", octets, "image/webp")
        case Refused(code) if code in WHY:
            raise ValidationError(WHY[code], code=code)
        case _:
            raise ValidationError(
                _("This picture could not be read in time. Export it again, or make it smaller."),
                code="limits",
            )
