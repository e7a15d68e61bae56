"""Uploads for tests, sealed by the real handler from a real request."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.test import Client
from django.urls import path
from moto.server import ThreadedMotoServer

from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.files.keeping import keep, read
from balise.foundation.files.uploads import (
    SealedFileField,
    refuse_what_did_not_come,
    takes_files,
    takes_plain_files,
)

PNG = b"\x89PNG\r\n\x1a\n"
MOST = 100_000
CANARY = b"canary-3f9c-sings-in-clear"


class SendForm(forms.Form):
    """What a page that takes a file asks."""

    note = forms.CharField(required=False)
    file = SealedFileField()


@takes_files
def send(request: HttpRequest) -> HttpResponse:
    """Take a file and keep it, as a page of a line would."""
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return JsonResponse(form.errors.get_json_data(), status=400)
    upload = form.cleaned_data["file"]
    file = keep(upload, line="hotline")
    return JsonResponse(
        {"file": str(file), "name": upload.name, "size": upload.size, "kind": upload.kind}
    )


@takes_files
def drop(request: HttpRequest) -> HttpResponse:
    """Take a file and do nothing with it."""
    return JsonResponse({"files": len(request.FILES)})


def ignore(request: HttpRequest) -> HttpResponse:
    """A page that asks for no file."""
    return JsonResponse({"files": len(request.FILES), "note": request.POST.get("note")})


@takes_plain_files
def show(request: HttpRequest) -> HttpResponse:
    """Take a file to be published, and say what came."""
    came = []
    for file in request.FILES.getlist("file"):
        try:
            refuse_what_did_not_come(file)
        except ValidationError as refusal:
            return JsonResponse({"refused": refusal.code})
        came.append(file.read().decode("latin-1"))
    return JsonResponse({"came": came})


def film(request: HttpRequest) -> HttpResponse:
    """Take a file that is longer than others, and say what came."""
    return show(request)


takes_plain_files(film, most=MOST)


@takes_files
def fail(request: HttpRequest) -> HttpResponse:
    """Take a file and fall over."""
    raise RuntimeError(f"{len(request.FILES)} files came")


urlpatterns = [
    path("send/", send),
    path("drop/", drop),
    path("ignore/", ignore),
    path("show/", show),
    path("film/", film),
    path("fail/", fail),
]


def a_picture(size: int = 10_000) -> bytes:
    """Return something that begins like a PNG and holds the canary all along."""
    return (PNG + CANARY * (size // len(CANARY) + 1))[:size]


def a_kept_file(octets: bytes, *, name: str = "picture.png") -> UUID:
    """Send a file to a page that keeps it."""
    answer = Client().post("/send/", {"file": SimpleUploadedFile(name, octets)})
    assert answer.status_code == 200, answer.content
    return UUID(answer.json()["file"])


def what_is_read(file: UUID) -> bytes:
    return b"".join(read(key_of_line("hotline", file)))


@contextmanager
def s3_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Run an S3 server of our own, on the loopback; give its address."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
    finally:
        server.stop()
