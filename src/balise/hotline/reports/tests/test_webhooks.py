import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from balise.foundation.accounts.actions import partners
from balise.foundation.accounts.models import PartnerOrganisation
from balise.foundation.accounts.rules import WEBHOOK_PATIENCE, WEBHOOK_TRIES, is_webhook_given_up
from balise.foundation.accounts.tests.makers import make_account, make_partner, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.encryption.sealing import blind
from balise.foundation.journal import clerk
from balise.foundation.journal.models import Entry
from balise.foundation.tasks.running import run_due
from balise.hotline.reports.actions import intake, removal
from balise.hotline.reports.models import Report
from balise.hotline.reports.rules import webhooks
from balise.hotline.reports.rules.given import Incoming
from balise.hotline.reports.rules.words import Channel
from balise.hotline.reports.tasks import posting
from balise.hotline.reports.tasks.posting import NotTaken, post
from balise.hotline.reports.tests.listeners import Listener
from balise.hotline.reports.tests.makers import give_verdict, make_answers, make_decision
from balise.takedown.tracing.queries import lanes
from balise.takedown.tracing.rules.public import IPAddress

SECRET = "a secret that both sides know"


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Start a partner's server."""
    found = Listener()
    thread = threading.Thread(target=found.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    found.let_go.set()
    found.shutdown()
    found.server_close()
    thread.join()


def make_partner_s_report(address: str, *, partner: PartnerOrganisation | None = None) -> Report:
    partner = partner or make_partner()
    tell_at(partner, address)
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


def tell_at(partner: PartnerOrganisation, address: str) -> None:
    partners.change_partner(
        partner_id=partner.id,
        webhook_address=address,
        webhook_secret=SECRET,
        is_active=True,
        by=SYSTEM,
    )


def partner_of(report: Report) -> PartnerOrganisation:
    assert report.partner is not None
    return PartnerOrganisation.objects.get(id=report.partner)


def decide(report: Report) -> None:
    content = report.contents.get()
    give_verdict(content.id, make_decision())


def work(*, later: bool = False) -> None:
    """Do what the clerk and a worker do; with `later`, what waits for its next attempt too."""
    clerk.tick()
    if later:
        DBTaskResult.objects.update(run_after=timezone.now())
    run_due(tolerate=True)


def told(listener: Listener) -> list[dict[str, str]]:
    return [json.loads(body) for _headers, body in listener.heard]


@pytest.mark.django_db
class TestTell:
    @pytest.fixture(autouse=True)
    def _loopback_is_allowed(self, settings: Settings) -> None:
        settings.DEMONSTRATION = True

    def test_a_change_is_told_and_signed(self, listener: Listener) -> None:
        report = make_partner_s_report(listener.address)
        decide(report)

        work()

        ((headers, body),) = listener.heard
        said = json.loads(body)
        assert set(said) == {"id", "type", "report", "content", "at"}
        assert (said["type"], UUID(said["report"])) == ("content.decided", report.id)
        assert b"example" not in body
        seconds, _, value = headers[webhooks.SIGNATURE].partition(",v1=")
        signed = f"{seconds.removeprefix('t=')}.".encode() + body
        assert value == hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
        assert abs(int(seconds.removeprefix("t=")) - time.time()) < 60

    def test_tells_of_a_removal_and_of_a_return(self, listener: Listener) -> None:
        report = make_partner_s_report(listener.address)
        content = report.contents.get()
        decide(report)
        removal.note_removed(content_id=content.id, at=timezone.now(), by=SYSTEM)
        removal.note_reappeared(content_id=content.id, by=SYSTEM)

        work()

        assert [one["type"] for one in told(listener)] == [
            "content.decided",
            "content.removed",
            "content.reappeared",
        ]

    def test_each_report_of_each_partner_is_told_once(self, listener: Listener) -> None:
        mine = make_partner_s_report(listener.address)
        partner = partner_of(mine)
        again = make_partner_s_report(listener.address, partner=partner)
        theirs = make_partner_s_report(listener.address)
        decide(mine)

        work()
        work()

        found = told(listener)
        assert {UUID(one["report"]) for one in found} == {mine.id, again.id, theirs.id}
        assert len({one["id"] for one in found}) == len(found) == 3

    def test_a_partner_without_address_is_told_nothing(self, listener: Listener) -> None:
        report = make_partner_s_report("")
        decide(report)

        work()

        assert not listener.heard

    @pytest.mark.parametrize("status", [302, 307, 404, 410, 500])
    def test_what_is_not_taken_is_tried_again(self, listener: Listener, status: int) -> None:
        report = make_partner_s_report(listener.address)
        listener.status, listener.location = status, listener.address
        decide(report)

        work()
        assert len(listener.heard) == 1
        partner = partner_of(report)
        assert partner.webhook_failures == 1
        work()
        assert len(listener.heard) == 1, "not before its time"
        listener.status = 200
        work(later=True)

        first, second = told(listener)
        assert first["id"] == second["id"]
        partner.refresh_from_db()
        assert (partner.webhook_failures, partner.webhook_failing_since) == (0, None)
        assert DBTaskResult.objects.count() == 0

    @pytest.mark.parametrize("manner", ["keeps silent", "drips"])
    def test_a_slow_server_does_not_hold_the_worker(
        self, listener: Listener, manner: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(posting, "SECONDS", 0.3)
        listener.manner = manner
        began = time.monotonic()

        with pytest.raises(NotTaken):
            post(listener.address, body=b"{}", headers={})

        assert time.monotonic() - began < 30

    def test_nothing_of_the_answer_is_read(self, listener: Listener) -> None:
        listener.manner = "pours"
        began = time.monotonic()

        post(listener.address, body=b"{}", headers={})

        assert time.monotonic() - began < 30

    def test_one_that_takes_nothing_for_long_is_told_no_more(
        self, listener: Listener, client: Client
    ) -> None:
        report = make_partner_s_report(listener.address)
        listener.status = 500
        decide(report)
        partner = partner_of(report)
        long_ago = timezone.now() - WEBHOOK_PATIENCE
        PartnerOrganisation.objects.filter(id=partner.id).update(
            webhook_failures=WEBHOOK_TRIES - 1, webhook_failing_since=long_ago
        )

        work()
        listener.status = 204
        work(later=True)

        partner.refresh_from_db()
        assert partner.webhook_stopped_at is not None
        assert len(listener.heard) == 1
        assert Entry.objects.filter(event="accounts.partner.webhook-stopped").count() == 1
        sign_in(client, make_account("accounts_admin"))
        assert "alert-warn" in client.get(f"/staff/partners/{partner.id}/").text

        tell_at(partner, listener.address)
        content = report.contents.get()
        removal.note_removed(content_id=content.id, at=timezone.now(), by=SYSTEM)
        work()
        assert len(listener.heard) == 2


def test_many_failures_in_a_short_time_stop_nothing() -> None:
    assert not is_webhook_given_up(failures=10_000, for_so_long=WEBHOOK_PATIENCE / 2)
    assert not is_webhook_given_up(failures=2, for_so_long=timedelta(days=90))
    assert is_webhook_given_up(failures=WEBHOOK_TRIES, for_so_long=WEBHOOK_PATIENCE)


class TestARealCentre:
    @pytest.mark.parametrize(
        "address",
        [
            "{listener}",
            "https://127.0.0.1:{port}/",
            "https://localhost:{port}/",
            "https://[::1]:{port}/",
            "https://0x7f.1:{port}/",
            "https://10.0.0.1/",
            "https://169.254.169.254/latest/",
            "https://[::ffff:127.0.0.1]:{port}/",
            "http://partner.example/",
            "https://partner.internal/",
            "https://partner.example/",
            "ftp://partner.example/",
            "https://",
            "https://a.example:99999/",
            "",
        ],
    )
    def test_tells_only_the_public_internet(self, listener: Listener, address: str) -> None:
        # No tracer answers here, so no name leads anywhere either.
        address = address.format(listener=listener.address, port=listener.server_port)

        with pytest.raises(NotTaken):
            post(address, body=b"{}", headers={})

        assert not listener.heard

    def test_goes_to_the_address_that_was_found_and_checks_the_name_there(
        self, listener: Listener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        listener.speak_tls("partner.example", tmp_path)
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
        asked: list[str] = []

        # Stands in for the DNS of the internet: no tracer may say 127.0.0.1.
        def resolve(host: str) -> tuple[IPAddress, ...]:
            asked.append(host)
            return (ip_address("127.0.0.1"),)

        monkeypatch.setattr(lanes, "resolve", resolve)

        post(f"https://partner.example:{listener.server_port}/x?y=1", body=b"{}", headers={})
        with pytest.raises(NotTaken):
            post(f"https://other.example:{listener.server_port}/", body=b"{}", headers={})

        ((headers, _body),) = listener.heard
        assert headers["Host"] == f"partner.example:{listener.server_port}"
        assert asked == ["partner.example", "other.example"]
