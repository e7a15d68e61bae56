"""Each public address in each state that it can be in, made by the real actions.

`PAGES` says how a browser comes to see each address, `ACCEPTED` what each takes. An address that is
in neither fails `test_leaving.py`.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.config.tests import (
    awareness_tables as of_awareness,
    laboratory_pages as of_laboratory,
    steering_tables as of_steering,
)
from balise.config.tests.public_ways import Reach, Send, Sending, at, hidden, plain, sends
from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.encryption.worded import Receipt, new_receipt, shown
from balise.helpline.cases.tests.makers import make_listener as make_case_listener
from balise.helpline.cases.tests.test_sent_pages import make_sent as make_referral
from balise.helpline.channels.tests.makers import make_written
from balise.helpline.contacts.actions import wrapping
from balise.helpline.contacts.tests.makers import make_contact, make_listener as make_keeper
from balise.helpline.conversations.actions import passing, saying
from balise.helpline.conversations.tests.makers import make_listener
from balise.helpline.conversations.tests.test_blocked import MOMENT, end_blocked
from balise.helpline.pictures.tests.makers import a_screen, make_shown, make_someone
from balise.helpline.removals.tests.makers import prepare
from balise.helpline.vault.tests.makers import asked
from balise.hotline.reports.tests.makers import make_report
from balise.takedown.notices.tests.makers import public_pages_of_the_notice

REPORT, FOLLOW = "/fr/report/", "/fr/follow/"
APP_QUIZ = "/fr/app/quiz/primary/"
TALK, ROOM, PICTURE = "/fr/talk/", "/fr/talk/room/", "/fr/talk/picture/"
WHERE = {"step": "where", "addresses": "https://pictures.example/1", "go": "on"}
WHAT = {"step": "what", "description": "Mes mots", "danger": "on", "go": "on"}


def report_at(*steps: dict[str, str]) -> Reach:
    """Return the way to the report's form after these steps."""

    def reach(client: Client) -> str:
        for step in steps:
            fields = hidden(client.get(REPORT).text) | step
            assert client.post(REPORT, fields).status_code == 302
        return REPORT

    return reach


def report_sent(client: Client) -> str:
    return report_at(WHERE, WHAT, {"step": "you", "age_band": "13-14", "go": "send"})(client)


def report_followed(client: Client) -> str:
    _, receipt = make_report()
    assert client.post(FOLLOW, {"code": shown(receipt)}).status_code == 302
    return FOLLOW


def talking(*, ends: bool = False) -> Reach:
    """Return the way into the waiting room, or into a conversation that has ended."""

    def reach(client: Client) -> str:
        begun = saying.ask(nickname="Renard")
        if ends:
            listener = make_listener()
            passing.join(conversation_id=begun.id, by=listener)
            passing.end(conversation_id=begun.id, by=listener)
        client.cookies["talk"] = str(begun.token)
        return ROOM

    return reach


def shown_picture(client: Client) -> str:
    begun, picture_id = make_shown(make_someone())
    client.cookies["talk"] = str(begun.token)
    return f"{PICTURE}{picture_id}/"


def asked_of_vault(client: Client) -> str:
    begun, _case = asked(make_someone())
    client.cookies["talk"] = str(begun.token)
    return "/fr/talk/vault/"


def with_picture(path: str, **fields: Any) -> Send:
    return lambda client: Sending(shown_picture(client) + path, fields, {})


def send_picture(client: Client) -> Sending:
    talking()(client)
    picture = SimpleUploadedFile("screen.png", a_screen(), "image/png")
    fields = {"undressed": "no", "client_id": uuid4(), "picture": picture}
    return Sending(f"{PICTURE}send/", fields, {})


def asked_of_picture(**fields: Any) -> Send:
    def send(client: Client) -> Sending:
        talking()(client)
        return Sending(PICTURE, fields, {}, draws=True)

    return send


def blocked(client: Client) -> str:
    begun = saying.ask(nickname="Renard")
    end_blocked(begun.id)
    client.cookies["talk"] = str(begun.token)
    with clock.at(MOMENT + timedelta(minutes=5)):
        client.get(ROOM)
    return TALK


def written(client: Client) -> str:
    _, token = make_written()
    client.cookies["write"] = str(token)
    return "/fr/write/read/"


def write_fields(path: str) -> Send:
    def send(client: Client) -> Sending:
        fields = hidden(client.get(path).text) | {"text": "Bonjour", "audience": "parent"}
        return Sending(path, fields, {})

    return send


def write_more(client: Client) -> Sending:
    fields = hidden(client.get(written(client)).text) | {"text": "Encore"}
    return Sending("/fr/write/more/", fields, {})


def afterwards(client: Client) -> str:
    one = make_keeper()
    token = wrapping.wrap_up(
        contact_id=make_contact(by=one), contact_type="child-self", topics=["gaming"], by=one
    )
    return f"/fr/after/{token}/"


def removal_code() -> str:
    code = prepare(make_actor("listener")).code
    assert code is not None
    return shown(code)


def removal(client: Client) -> str:
    assert client.post("/fr/removal/", {"code": removal_code()}).status_code == 302
    return "/fr/removal/"


def referral(client: Client) -> str:
    return make_referral(make_case_listener())[1]


def referral_opened(client: Client) -> str:
    path = referral(client)
    assert client.post(path, {"act": "open"}).status_code == 302
    return path


def mailing(client: Client) -> str:
    return public_pages_of_the_notice()[1]


def contested(client: Client) -> str:
    return public_pages_of_the_notice()[2]


def host_answers(client: Client) -> Sending:
    fields = {"notices": [str(public_pages_of_the_notice()[0])], "said": "removed"}
    return Sending(mailing(client), fields, {})


def a_call_back(client: Client) -> dict[str, str]:
    """Return a safe time among those that the page offers, and a number."""
    page = client.get("/fr/call-back/").text
    days = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', page)  # today's hours may be over
    fields = {"number": "01 99 00 00 01", "script": "friend", "day": days[-1]}
    return fields | {"since": "17:00", "until": "19:00", "call_back_id": str(uuid4())}


def call_back(path: str) -> Send:
    return lambda client: Sending(path, a_call_back(client), {})


def with_receipt(path: str, **fields: Any) -> Send:
    return sends(at(path, report_followed), **fields)


def in_talk(path: str, *, script: bool = False, **fields: Any) -> Send:
    def send(client: Client) -> Sending:
        talking()(client)
        return Sending(path, fields, {"X-Talk": "1"} if script else {})

    return send


def report_fields(client: Client) -> Sending:
    return Sending(REPORT, hidden(client.get(REPORT).text) | WHERE, {})


def code_of(path: str, code: Callable[[], Receipt | str]) -> Send:
    return lambda client: Sending(path, {"code": code()}, {})  # noqa: ARG005


def a_report_code() -> str:
    return shown(make_report()[1])


def answered(**answers: str) -> Send:
    """Return the way to send answers of the quiz, without a script."""
    return lambda _client: Sending(APP_QUIZ, answers, {}, draws=True)


def a_talk_code() -> str:
    return shown(saying.ask(nickname="Renard").token)


def a_write_code() -> str:
    return shown(make_written()[1])


# By route, without the language: how a browser comes to see it, in each of its states.
PAGES: dict[str, tuple[Reach, ...]] = {
    **{
        f"app/{page}": (plain(f"/fr/app/{page}"),)
        for page in (
            "",
            "danger/",
            "help/",
            "removing/",
            "offline/",
            "lost/",
            "settings/",
            "looks/",
            "quiz/",
            "leaflets/",
            "what-happens/",
            "vault/",
        )
    },
    "app/looks/<slug:code>/": (plain("/fr/app/looks/notes/"),),
    "app/looks/<slug:code>/screen/": (plain("/fr/app/looks/notes/screen/"),),
    "app/quiz/<slug:code>/": (plain(APP_QUIZ), plain("/fr/app/quiz/parent/")),
    "app/leaflets/<slug:code>/": (plain("/fr/app/leaflets/threat/"),),
    **of_awareness.PAGES,
    **of_steering.PAGES,
    **of_laboratory.PAGES,
    "": (plain("/fr/"),),
    "leaving/": (plain("/fr/leaving/"),),
    "privacy/": (plain("/fr/privacy/"),),
    "privacy/young/": (plain("/fr/privacy/young/"),),
    "accessibility/": (plain("/fr/accessibility/"),),
    "legal/": (plain("/fr/legal/"),),
    "report/": (
        plain(REPORT),
        report_at(WHERE),
        report_at(WHERE, WHAT),
        report_at(WHERE, WHAT | {"go": "back"}),
        report_sent,
    ),
    "report/sent/": (plain("/fr/report/sent/"), plain("/fr/report/sent/?now")),
    "follow/": (plain(FOLLOW), report_followed),
    "certificate/": (plain("/fr/certificate/"),),
    "follow/certificate.pdf": (at("/fr/follow/certificate.pdf", report_followed),),
    "talk/": (plain(TALK), blocked),
    "talk/room/": (talking(), talking(ends=True)),
    "talk/picture/": (at(PICTURE, talking()), at(PICTURE, shown_picture)),
    "talk/not-safe/": (at("/fr/talk/not-safe/", talking()),),
    "talk/end/": (at("/fr/talk/end/", talking()),),
    "talk/ended/": (plain("/fr/talk/ended/"),),
    "talk/code/": (at("/fr/talk/code/", talking()),),
    "talk/resume/": (plain("/fr/talk/resume/"),),
    "write/": (plain("/fr/write/"),),
    "write/adults/": (plain("/fr/write/adults/"),),
    "write/code/": (plain("/fr/write/code/"),),
    "write/read/": (written,),
    "write/left/": (plain("/fr/write/left/"), plain("/fr/write/left/?how=erase")),
    "call-back/": (plain("/fr/call-back/"),),
    "call-back/adults/": (plain("/fr/call-back/adults/"),),
    "call-back/asked/": (plain("/fr/call-back/asked/"), plain("/fr/call-back/asked/?first")),
    "call-back/adults/asked/": (
        plain("/fr/call-back/adults/asked/"),
        plain("/fr/call-back/adults/asked/?first"),
    ),
    "after/<str:token>/": (afterwards, plain(f"/fr/after/{new_receipt()}/")),
    "after/thanks/": (plain("/fr/after/thanks/"),),
    "removal/": (plain("/fr/removal/"), removal),
    "app/vault/link/": (plain("/fr/app/vault/link/"),),
    "app/button/": (plain("/fr/app/button/"), plain("/fr/app/button/?platform=tiktok")),
    "app/from/": (plain("/fr/app/from/"),),
    "partner/<str:token>/": (referral, referral_opened, plain("/fr/partner/nothing/")),
    "notice/<str:token>/": (mailing, plain("/fr/notice/nothing/")),
    "contest/<str:token>/": (contested, plain("/fr/contest/nothing/")),
}
# What is shown in a page or saved beside it.
FILES: dict[str, Reach | tuple[Reach, ...]] = {
    **of_awareness.FILES,
    **of_steering.FILES,
    **of_laboratory.FILES,
    "app/state.json": plain("/fr/app/state.json"),
    "app/<slug:code>.webmanifest": plain("/fr/app/notes.webmanifest"),
    "follow/code.svg": at("/fr/follow/code.svg", report_followed),
    "talk/picture/own/": at(f"{PICTURE}own/", shown_picture),
    "follow/code.txt": at("/fr/follow/code.txt", report_followed),
    "talk/vault/": asked_of_vault,
}
# What each address takes.
ACCEPTED: dict[str, tuple[Send, ...]] = {
    **of_awareness.ACCEPTED,
    **of_steering.ACCEPTED,
    **of_laboratory.ACCEPTED,
    "app/quiz/<slug:code>/": (answered(a1="3"), answered(a12="2"), answered()),
    "report/": (
        report_fields,
        lambda client: Sending(report_sent(client), {"go": "another"}, {}),
    ),
    "follow/": (code_of(FOLLOW, a_report_code),),
    "follow/message/": (with_receipt("/fr/follow/message/", text="Bonjour", message_id=uuid4()),),
    "follow/helpline/": (
        with_receipt("/fr/follow/helpline/", contact="renard@mailbox.example", consent="on"),
    ),
    "follow/leave/": (with_receipt("/fr/follow/leave/"),),
    "follow/certificate/": (with_receipt("/fr/follow/certificate/"),),
    "certificate/": (
        sends(
            "/fr/certificate/",
            number=uuid4(),
            filed_at="2026-11-24T16:00:00Z",
            fingerprint="0" * 64,
            signature="AAAA",
            key="hotline-sign-1",
        ),
    ),
    "talk/": (
        sends(TALK, nickname="Renard", age_band="12-14"),
        sends(TALK, nickname="Renard", not_safe="1"),
    ),
    "talk/say/": (
        in_talk("/fr/talk/say/", text="Bonjour", client_id=uuid4()),
        in_talk("/fr/talk/say/", script=True, text="Bonjour", client_id=uuid4()),
    ),
    "talk/typing/": (in_talk("/fr/talk/typing/", script=True),),
    "talk/seen/": (in_talk("/fr/talk/seen/", script=True),),
    "talk/picture/": (
        asked_of_picture(text="Bonjour"),
        asked_of_picture(undressed="no"),
        asked_of_picture(undressed="unsure"),
    ),
    "talk/picture/send/": (send_picture,),
    "talk/picture/<uuid:picture_id>/keep/": (with_picture("keep/", keep="no"),),
    "talk/picture/<uuid:picture_id>/back/": (with_picture("back/"),),
    "talk/vault/no/": (lambda client: Sending(f"{asked_of_vault(client)}no/", {}, {}),),
    "talk/not-safe/": (in_talk("/fr/talk/not-safe/"),),
    "talk/another/": (in_talk("/fr/talk/another/"),),
    "talk/end/": (in_talk("/fr/talk/end/", how="end"), in_talk("/fr/talk/end/", how="erase")),
    "talk/code/": (in_talk("/fr/talk/code/"),),
    "talk/resume/": (code_of("/fr/talk/resume/", a_talk_code),),
    "write/": (write_fields("/fr/write/"),),
    "write/adults/": (write_fields("/fr/write/adults/"),),
    "write/code/": (code_of("/fr/write/code/", a_write_code),),
    "write/more/": (write_more,),
    "write/leave/": (
        sends(at("/fr/write/leave/", written), how="leave"),
        sends(at("/fr/write/leave/", written), how="erase"),
    ),
    "call-back/": (call_back("/fr/call-back/"),),
    "call-back/adults/": (call_back("/fr/call-back/adults/"),),
    "after/<str:token>/": (sends(afterwards, helpful="yes"),),
    "removal/": (code_of("/fr/removal/", removal_code),),
    "removal/leave/": (sends(at("/fr/removal/leave/", removal)),),
    "partner/<str:token>/": (
        sends(referral, act="open"),
        sends(referral, act="accept", name="M. Modèle"),
    ),
    "notice/<str:token>/": (host_answers,),
    "contest/<str:token>/": (
        sends(contested, contester="author", grounds="C’est une œuvre, exposée dans un musée."),
    ),
}
