"""The form field for a sealed upload: says plainly what was refused, and why."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from balise.foundation.files.kinds import FileKind
from balise.foundation.files.uploads import SealedUpload


class SealedFileField(forms.FileField):
    """A file of one of these kinds, already sealed when the form sees it."""

    widget = forms.FileInput
    default_error_messages = {
        "kind": _("This type of file is not accepted. Allowed: JPEG, PNG, WebP, PDF, text."),
    }

    def __init__(self, *, kinds: Collection[FileKind] = tuple(FileKind), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.kinds = frozenset(kinds)

    def to_python(self, data: Any) -> SealedUpload | None:
        """Return the upload, or say why it was refused."""
        if isinstance(data, SealedUpload) and data.refusal is not None:
            raise ValidationError(data.refusal.message, code=data.refusal.code)
        upload = super().to_python(data)
        if upload is None:
            return None
        if not isinstance(upload, SealedUpload) or upload.kind not in self.kinds:
            raise ValidationError(self.error_messages["kind"], code="kind")
        return upload
