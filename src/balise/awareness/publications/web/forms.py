"""Files that are sent to be published: told by their bytes, and pictures made anew.

What is wrong is said at the field; all else that was typed stays in the form. A file that is too
large is said by a script before it is sent (`limits.js`): a request that is longer than the server
takes would be answered by a page without the form.
"""

from pathlib import PurePath
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from balise.awareness.publications.rules import watching
from balise.awareness.publications.rules.pictures import kept
from balise.foundation.files.redrawing import BROKEN, KIND, POINTS
from balise.foundation.files.uploads import (
    HEAD,
    FileKind,
    kind_of,
    refuse_what_did_not_come,
    too_large,
)
from balise.foundation.limited.calling import Answered, Limits, Refused, call
from balise.foundation.limited.lanes import PICTURES

# A picture of 50 million points takes four octets each, and twice that while it is made smaller.
LIMITS: Final = Limits(processor=20, memory=800_000_000, time=90.0, answer=20_000_000)
WHY: Final = {
    KIND: gettext_lazy("Send a picture as JPEG, PNG or WebP. A drawing (SVG) is exported as PNG."),
    BROKEN: gettext_lazy("This picture is damaged: its end is missing. Export it again."),
    POINTS: gettext_lazy(
        "This picture is too large. Make it smaller: 50 million points, 16,000 on a side at most."
    ),
}
_NAMED: Final[dict[str, str]] = {"pdf": FileKind.PDF, **watching.KINDS}


def say_limit(field: Any, most: int) -> None:
    """Let a field of a form tell the script how many bytes a file may have, and what is said."""
    field.widget.attrs |= {"data-most": str(most), "data-too-large": too_large(most).message}


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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limit(self.fields["file"], settings.UPLOAD_MAX_BYTES)


class PaperForm(BaseDocumentForm):
    """A file to print or a film: what its bytes are is what its name says."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_limit(self.fields["file"], watching.MOST)
        limit = filesizeformat(watching.MOST)
        told = _("PDF, WebM or MP4, up to %(limit)s.") % {"limit": limit}
        self.fields["file"].help_text = told

    def clean_file(self) -> Any:
        """Return the file; refuse what is neither a PDF nor a film, and one named for another."""
        sent = self.cleaned_data["file"]
        if "file" in self.changed_data:
            refuse_what_did_not_come(sent)
            sent.seek(0)
            head = sent.read(HEAD)
            kind = watching.kind_of(head) or kind_of(head)
            if kind != _NAMED.get(PurePath(sent.name).suffix.lower()[1:]):
                raise ValidationError(_("This file is not a PDF, a WebM or an MP4."), code="kind")
            sent.seek(0)
        return sent


@PICTURES.turn()
def drawn_anew(sent: Any) -> SimpleUploadedFile:
    """Return a picture's points alone, as WebP. Raises ValidationError and LaneFull."""
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
