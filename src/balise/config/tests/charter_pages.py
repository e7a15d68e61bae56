"""The public pages of the family charter, each in a state that the rules made."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.awareness.activities.charter import actions
from balise.awareness.activities.charter.access import token_of
from balise.awareness.activities.charter.rules import carrying, files
from balise.awareness.activities.charter.rules.bank import bank
from balise.awareness.activities.charter.rules.charter import Charter
from balise.config.tests.public_ways import Send, Sending
from balise.foundation.actors import ANYONE


def carried() -> str:
    """Return what a form of the charter carries."""
    begun = Charter().profiled(bands=["8-10"], homes=1, aims=[], is_counted=True)
    return files.write(begun.saying("Une idée"))


def carries(page: str, *, draws: bool = False, **fields: Any) -> Send:
    """Return the way to send a charter to a page, which draws the next one or gives a file."""
    path = f"/fr/charter/{page}"
    return lambda _client: Sending(path, {"charter": carried(), **fields}, {}, draws=draws)


def opens(_client: Client) -> Sending:
    """Send the file of a charter."""
    file = SimpleUploadedFile("charte.json", carried().encode())
    return Sending("/fr/charter/open/", {"file": file}, {}, draws=True)


def counts(_client: Client) -> Sending:
    """Send what the script counts of a family that says yes."""
    said = {"what": "started", "band": "8-10"}
    return Sending("/fr/charter/count/", said, {"Sec-Fetch-Dest": "empty"})


def code(_client: Client) -> Sending:
    """Send the code that is printed on a charter."""
    begun = files.read(carried().encode())
    text = carrying.write(begun, bank=bank("fr"), with_words=False)
    return Sending("/fr/charter/code/", {"code": text}, {}, draws=True)


def challenged(_client: Client) -> str:
    """Return the address in the mail of someone who asked for challenges."""
    asked = actions.ask(address="a@mailbox.example", language="fr", by=ANYONE)
    return f"/fr/charter/challenges/{token_of(asked)}/"


def asks_six(_client: Client) -> Sending:
    """Leave an address for six challenges."""
    return Sending("/fr/charter/challenges/", {"address": "a@mailbox.example"}, {})
