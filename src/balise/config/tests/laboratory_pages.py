"""The laboratory's public addresses, in each state that they can be in."""

from uuid import uuid4

from django.test import Client

from balise.config.tests.public_ways import Reach, Send, Sending, at, hidden, plain, sends
from balise.foundation.encryption.worded import Receipt, shown
from balise.hotline.laboratory.actions import disputing
from balise.hotline.laboratory.tests.makers import (
    given,
    make_case,
    make_disputed,
    make_draft,
    make_lead,
    work_off,
)

FOLLOW, CHOOSE, YOUNG = "/fr/lab/follow/", "/fr/lab/choose/", "/fr/lab/young/"


def _entered(client: Client, receipt: Receipt) -> str:
    assert client.post(FOLLOW, {"code": shown(receipt)}).status_code == 302
    return FOLLOW


def followed(client: Client) -> str:
    return _entered(client, make_case("a boat", "a tree", frames=3)[1])


def saved(client: Client) -> str:
    return _entered(client, make_draft())


def ended(client: Client) -> str:
    case, receipt = make_case()
    disputing.withdraw(receipt=receipt)
    work_off(case)
    return _entered(client, receipt)


def asked(client: Client) -> str:
    return _entered(client, make_disputed(make_lead())[1])


def _send(**fields: str) -> Send:
    def send(client: Client) -> Sending:
        page = hidden(client.get(CHOOSE).text)
        return Sending("/fr/lab/send/", page | {"prints": given("a boat")} | fields, {})

    return send


def _followed(path: str, **fields: str) -> Send:
    def send(client: Client) -> Sending:
        page = hidden(client.get(followed(client)).text)
        return Sending(path, {"ticket": page["ticket"]} | fields, {})

    return send


def _answer(client: Client) -> Sending:
    _item, receipt, dispute = make_disputed(make_lead())
    page = hidden(client.get(_entered(client, receipt)).text)
    fields = {"ticket": page["ticket"], "text": "C’est moi."}
    return Sending(f"/fr/lab/answer/{dispute}/", fields, {})


PAGES: dict[str, tuple[Reach, ...]] = {
    "lab/": (plain("/fr/lab/"),),
    "lab/young/": (plain(YOUNG),),
    "lab/young/asked/": (plain("/fr/lab/young/asked/"),),
    "lab/choose/": (plain(CHOOSE), at(CHOOSE, saved)),
    "lab/follow/": (plain(FOLLOW), followed, saved, ended, asked),
}
FILES: dict[str, Reach] = {"lab/code.txt": at("/fr/lab/code.txt", followed)}
ACCEPTED: dict[str, tuple[Send, ...]] = {
    "lab/young/": (
        sends(YOUNG, contact="renard@mailbox.example", age_band="13-14", origin=uuid4()),
    ),
    "lab/send/": (
        _send(go="save"),
        _send(go="send", claim="on", links="https://pictures.example/1"),
    ),
    "lab/follow/": (lambda _client: Sending(FOLLOW, {"code": shown(make_case()[1])}, {}),),
    "lab/withdraw/": (_followed("/fr/lab/withdraw/"),),
    "lab/links/": (_followed("/fr/lab/links/", links="https://pictures.example/2"),),
    "lab/answer/<uuid:dispute_id>/": (_answer,),
    "lab/leave/": (sends(at("/fr/lab/leave/", followed)),),
}
