import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django import Settings

from balise.foundation.accounts.actions import partners
from balise.foundation.accounts.tests.makers import make_partner
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.sealing import blind
from balise.foundation.journal.models import Entry
from balise.hotline.reports.actions import assessing, intake
from balise.hotline.reports.models import Report
from balise.hotline.reports.rules import webhooks
from balise.hotline.reports.rules.incoming import Incoming
from balise.hotline.reports.rules.words import Channel
from balise.hotline.reports.tasks import telling
from balise.hotline.reports.tests.makers import ANALYST, make_answers, make_decision

SECRET = "a secret that both sides know"


class Listener:
    """A partner's server on loopback: it answers as it is told, and keeps what it was sent."""

    def __init__(self) -> None:
        self.status = 204
        self.location = ""
        self.heard: list[tuple[dict[str, str], bytes]] = []
        listener = self

        class Answers(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append((dict(self.headers), body))
                self.send_response(listener.status)
                if listener.location:
                    self.send_header("Location", listener.location)
                self.end_headers()

            def log_message(self, *_args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server.server_port}/changed"


@pytest.fixture
def listener() -> Iterator[Listener]:
    found = Listener()
    thread = threading.Thread(target=found.server.serve_forever, daemon=True)
    thread.start()
    yield found
    found.server.shutdown()
    found.server.server_close()
    thread.join()


def make_partner_s_report(address: str) -> Report:
    partner = make_partner()
    partners.change_partner(
        partner_id=partner.id,
        webhook_address=address,
        webhook_secret=SECRET,
        is_active=True,
        by=SYSTEM,
    )
    incoming = Incoming(
        key=blind("hotline", "partner", str(uuid4())),
        channel=Channel.API,
        answers=make_answers(),
        language="fr",
        received_at=timezone.now(),
        is_finished=True,
        partner=partner.id,
    )
    received = intake.receive(incoming=incoming, by=ANYONE)
    return Report.objects.get(id=received.report_id)


@pytest.mark.django_db
class TestTell:
    @pytest.fixture(autouse=True)
    def _loopback_is_allowed(self, settings: Settings) -> None:
        settings.DEMONSTRATION = True

    def decide(self, report: Report) -> Entry:
        content = report.contents.get()
        assessing.assess(content_id=content.id, decision=make_decision(), by=ANALYST)
        return Entry.objects.get(event="hotline.content.decided", subject=content.id)

    def tell(self, report: Report, entry: Entry) -> None:
        telling.tell.func(
            partner=str(report.partner),
            report=str(report.id),
            content=str(entry.subject),
            entry=entry.pk,
            kind="content.decided",
        )

    def test_a_change_is_told_and_signed(self, listener: Listener) -> None:
        report = make_partner_s_report(listener.address)

        self.tell(report, self.decide(report))

        ((headers, body),) = listener.heard
        told = json.loads(body)
        assert (told["type"], UUID(told["report"])) == ("content.decided", report.id)
        assert b"example" not in body
        seconds, _, value = headers[webhooks.SIGNATURE].partition(",v1=")
        signed = f"{seconds.removeprefix('t=')}.".encode() + body
        assert value == hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()

    @pytest.mark.parametrize("status", [302, 404, 500])
    def test_what_is_not_taken_is_tried_again(self, listener: Listener, status: int) -> None:
        report = make_partner_s_report(listener.address)
        entry = self.decide(report)
        listener.status, listener.location = status, listener.address

        with pytest.raises(telling.NotTaken):
            self.tell(report, entry)
        listener.status = 200
        self.tell(report, entry)

        assert len(listener.heard) == 2
        assert json.loads(listener.heard[0][1])["id"] == json.loads(listener.heard[1][1])["id"]

    def test_a_real_centre_tells_only_the_public_internet(
        self, listener: Listener, settings: Settings
    ) -> None:
        report = make_partner_s_report(listener.address)
        entry = self.decide(report)
        settings.DEMONSTRATION = False

        with pytest.raises(telling.NotTaken):
            self.tell(report, entry)

        assert not listener.heard
