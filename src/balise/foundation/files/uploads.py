"""Uploads that are sealed as they arrive: no byte of them touches a disk in clear.

    draft in UPLOADS (`name.part`) → complete in UPLOADS → kept in the storage (see `keeping`)

A page takes files only if it says so (`takes_files`); for all others nothing is written. What a
page does not keep is thrown away when the request ends. What staff send to be published, and what
a page reads and keeps nothing of, is not sealed: `takes_plain_files`.
"""

import codecs
import logging
import os
from collections.abc import Callable, Collection
from enum import StrEnum
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import (
    FileUploadHandler,
    MemoryFileUploadHandler,
    StopFutureHandlers,
)
from django.http import HttpRequest
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _, gettext_lazy

from balise.foundation.encryption.sealing import RecordKey
from balise.foundation.encryption.streams import StreamSealer
from balise.foundation.files.room import room as look_at_room
from balise.foundation.files.storage import FILE_MODE, FOLDER_MODE
from balise.foundation.refusals import Refused

# What a file is, told by its first bytes; never by its name or by what the sender says.


HEAD = 512  # bytes that are enough to tell


class FileKind(StrEnum):
    """The kinds of file that may be sent to the centre, by their media type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    WEBP = "image/webp"
    PDF = "application/pdf"
    TEXT = "text/plain"


_BEGINNINGS = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"%PDF-", FileKind.PDF),
)


def kind_of(head: bytes) -> FileKind | None:
    """Return what a file is by its first 512 bytes, or None for what is not taken.

    Text is UTF-8 without control characters. A page or a drawing made of text (HTML, SVG) is
    text: it is only ever handed out as such, to be saved and not shown.
    """
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    return FileKind.TEXT if head and _is_text(head) else None


def _is_text(head: bytes) -> bool:
    try:
        text = codecs.getincrementaldecoder("utf-8")().decode(head)  # may end within a letter
    except UnicodeDecodeError:
        return False
    return all(letter.isprintable() or letter.isspace() for letter in text.lstrip("\ufeff"))


_log = logging.getLogger(__name__)


class FileTooLarge(Refused, code="file-too-large"):
    """The file is larger than what may be sent."""


class FileNotStored(Refused, code="file-not-stored"):
    """There is no room for the file, or the disk does not take it."""


def takes_files[View: Callable[..., Any]](view: View) -> View:
    """Mark a view that takes files; for others, files are dropped as they arrive."""
    cast("Any", view).takes_files = True
    return view


def takes_plain_files[View: Callable[..., Any]](view: View, *, most: int = 0) -> View:
    """Mark a view that takes files which are not sealed: to be published, or read at once.

    A file has `most` bytes; where nothing is said, as many as one that is sealed. From someone who
    is not signed in, a request is no longer than one without files.
    """
    cast("Any", view).takes_plain_files = most or True
    return view


def longest_body(view: object) -> int:
    """Return how many bytes a request to a view may have with its files; 0 if it takes none."""
    if plain := getattr(view, "takes_plain_files", 0):
        return settings.BODY_MAX_BYTES if plain is True else settings.BODY_MAX_BYTES + plain
    return settings.BODY_MAX_BYTES if getattr(view, "takes_files", False) else 0


def too_large(most: int) -> FileTooLarge:
    """Return the refusal of a file that has more bytes than this."""
    return FileTooLarge(
        _("This file is too large. The limit is %(limit)s.") % {"limit": filesizeformat(most)}
    )


class SealedUpload(UploadedFile):  # type: ignore[type-arg]  # in the stubs
    """A file that someone sent, sealed on a disk; only its first bytes are known in clear.

    `refusal` says why there is no file, where it was refused on the way.
    """

    def __init__(
        self,
        *,
        name: str,
        size: int,
        head: bytes,
        sealer: StreamSealer | None = None,
        path: Path | None = None,
        refusal: Refused | None = None,
    ) -> None:
        kind = kind_of(head)
        super().__init__(file=None, name=name, size=size, content_type=kind.value if kind else "")
        self.head = head
        self.kind: FileKind | None = kind
        self.refusal = refusal
        self._sealer = sealer
        self.path = path

    @property
    def id(self) -> UUID:
        """The file's id, by which its key and the stored file are found."""
        return self._sealed().file

    def key_for(self, line: str) -> RecordKey:
        """Return the file's key as a key of this line."""
        return self._sealed().key_for(line)

    def close(self) -> None:
        """Delete the file unless it was kept; Django calls this when the request ends."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)

    def _sealed(self) -> StreamSealer:
        if self._sealer is None:
            raise self.refusal or ValueError("this upload holds no file")
        return self._sealer


class SealingUploadHandler(FileUploadHandler):
    """Seals each file of a request into a folder of its own, up to the cap of the settings."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._draft: _Draft | None = None
        self._refusal: Refused | None = None
        self._head = b""

    def handle_raw_input(
        self,
        input_data: Any,  # noqa: ARG002 - Django's signature
        META: dict[str, str],  # noqa: ARG002, N803
        content_length: int,
        boundary: str,  # noqa: ARG002
        encoding: str | None = None,  # noqa: ARG002
    ) -> None:
        """Refuse a request that says it is too large, before any of it is read."""
        most = longest_body(_view(self.request)) or settings.BODY_MAX_BYTES
        if content_length > most:
            raise RequestDataTooBig("the request is larger than BODY_MAX_BYTES")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a draft, if this page takes files and there is room."""
        super().new_file(*args, **kwargs)
        self._draft, self._refusal, self._head = None, None, b""
        if not _takes_files(self.request):
            return
        folder: Path = settings.UPLOADS
        try:
            folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
            if look_at_room().free < settings.RESERVE_BYTES + settings.UPLOAD_MAX_BYTES:
                raise OSError("the reserve is reached")  # noqa: TRY301 - one way out for no room
            self._draft = _Draft(folder)
        except OSError as error:
            self._not_stored(error)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Seal and write a chunk; past the cap, drop the draft and write nothing more."""
        if self._draft is None:
            return
        if len(self._head) < HEAD:
            self._head += raw_data[: HEAD - len(self._head)]
        if start + len(raw_data) > settings.UPLOAD_MAX_BYTES:
            self._drop(too_large(settings.UPLOAD_MAX_BYTES))
            return
        try:
            self._draft.add(raw_data)
        except OSError as error:
            self._not_stored(error)

    def file_complete(self, file_size: int) -> SealedUpload | None:
        """Return the sealed file, or one that says why it was refused; None if none was asked."""
        draft, name = self._draft, self.file_name or ""
        self._draft = None
        if draft is not None:
            try:
                path = draft.finish()
            except OSError as error:
                self._not_stored(error)
            else:
                return SealedUpload(
                    name=name, size=file_size, head=self._head, sealer=draft.sealer, path=path
                )
        if self._refusal is not None:
            return SealedUpload(name=name, size=file_size, head=b"", refusal=self._refusal)
        return None

    def upload_interrupted(self) -> None:
        """Delete what has come so far."""
        if self._draft is not None:
            self._draft.discard()
            self._draft = None

    def _drop(self, refusal: Refused) -> None:
        self.upload_interrupted()
        self._refusal = refusal

    def _not_stored(self, error: OSError) -> None:
        _log.error("upload not stored: %s", error.strerror or error)
        self._drop(FileNotStored(_("The file could not be saved. Try again later.")))


class _Draft:
    """A sealed file being written; it goes when nobody holds it any more."""

    def __init__(self, folder: Path) -> None:
        self.sealer = StreamSealer(uuid4())
        self._whole = folder / self.sealer.file.hex
        self._part = self._whole.with_suffix(".part")
        self._handle = os.open(self._part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE)
        self._is_open = True

    def add(self, octets: bytes) -> None:
        self._write(self.sealer.seal(octets))

    def finish(self) -> Path:
        self._write(self.sealer.finish())
        os.fsync(self._handle)
        self._close()
        self._part.rename(self._whole)
        return self._whole

    def discard(self) -> None:
        self._close()
        self._part.unlink(missing_ok=True)

    def __del__(self) -> None:
        if getattr(self, "_is_open", False):
            self.discard()

    def _write(self, octets: bytes) -> None:
        left = memoryview(octets)
        while left:
            left = left[os.write(self._handle, left) :]

    def _close(self) -> None:
        if self._is_open:
            self._is_open = False
            os.close(self._handle)


class PlainUploadHandler(MemoryFileUploadHandler):
    """Holds the files of a view that takes plain ones; past the cap, holds none of it.

    They are in memory up to the size of a sealed one, beyond it in a file without a name. For all
    other views it does nothing: each chunk goes on to the handler that seals.
    """

    def handle_raw_input(self, *_args: Any, **_kwargs: Any) -> None:
        """Take part only in requests of views that are marked."""
        marked = getattr(_view(self.request), "takes_plain_files", 0)
        self.activated = bool(marked)
        self._most = settings.UPLOAD_MAX_BYTES if marked is True else marked

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file; no other handler sees it."""
        self._refusal: Refused | None = None
        try:
            super().new_file(*args, **kwargs)
        except StopFutureHandlers:
            self.file = self._room()
            raise

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Hold a chunk, or pass it on."""
        if self.activated and start + len(raw_data) > self._most:
            if self._refusal is None:
                self.file.close()
            self._refusal = too_large(self._most)
            return None
        return super().receive_data_chunk(raw_data, start)

    def file_complete(self, file_size: int) -> Any:
        """Return the file, which is read in pieces, or one that says why it did not come."""
        if not self.activated:
            return None
        if self._refusal is not None:
            name = self.file_name or ""
            return SealedUpload(name=name, size=file_size, head=b"", refusal=self._refusal)
        self.file.seek(0)
        return UploadedFile(self.file, self.file_name, self.content_type, file_size, self.charset)

    def _room(self) -> SpooledTemporaryFile[bytes]:
        folder: Path = settings.UPLOADS
        folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
        return SpooledTemporaryFile(settings.UPLOAD_MAX_BYTES, dir=str(folder))


def refuse_what_did_not_come(sent: object) -> None:
    """Raise ValidationError where a file was refused on its way, so that its form says why."""
    refusal = getattr(sent, "refusal", None)
    if refusal is not None:
        raise ValidationError(refusal.message, code=refusal.code)


def _takes_files(request: HttpRequest | None) -> bool:
    return bool(getattr(_view(request), "takes_files", False))


def _view(request: HttpRequest | None) -> object:
    match = request.resolver_match if request is not None else None
    return match.func if match is not None else None


# The form field for a sealed upload: says plainly what was refused, and why.


class SealedFileField(forms.FileField):
    """A file of one of these kinds, already sealed when the form sees it."""

    widget = forms.FileInput
    default_error_messages = {
        "kind": gettext_lazy(
            "This type of file is not accepted. Allowed: JPEG, PNG, WebP, PDF, text."
        ),
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
