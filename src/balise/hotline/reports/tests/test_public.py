import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from balise.foundation.actors import SYSTEM
from balise.foundation.clock import now
from balise.foundation.encryption.sealing import key_of_line
from balise.foundation.encryption.worded import new_receipt, shown
from balise.foundation.files.testing import letters_in
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import squeezed
from balise.hotline.reports.actions import dialogue, referring
from balise.hotline.reports.models import LINE, REPORT_BODY, Content, Message, Report
from balise.hotline.reports.rules.given import Answers
from balise.hotline.reports.rules.words import Channel, PlaceKind
from balise.hotline.reports.tests.makers import ANALYST, make_decided, make_report

pytestmark = pytest.mark.django_db

FORM = "/fr/report/"
FOLLOW = "/fr/follow/"


def addresses_kept() -> list[str]:
    """Return the addresses that the only report speaks of, in clear."""
    report = Report.objects.get()
    key = key_of_line(LINE, report.id)
    answers = Answers.from_fields(key.open(report.sealed, where=REPORT_BODY, row=report.id))
    return [place.canonical for place in answers.places]


def ticket_of(page: Any) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', page.text)
    assert found
    return found[1]


def whole(client: Client, **given: object) -> Any:
    """Send a whole report in one go, as a script or a browser without the steps would."""
    values = {"ticket": ticket_of(client.get(FORM)), "step": "whole", "go": "send"}
    return client.post(FORM, values | {"addresses": "https://a.example/x"} | given)


class TestTheForm:
    def test_goes_step_by_step_and_keeps_each_answer(self, client: Client) -> None:
        page = client.get(FORM)
        where = {"ticket": ticket_of(page), "step": "where", "addresses": "a.example/x", "go": "on"}
        page = client.post(FORM, where, follow=True)
        assert Content.objects.count() == 1
        assert "https://a.example/x" in page.text

        what = {"ticket": ticket_of(page), "step": "what", "category": "csam", "go": "on"}
        page = client.post(FORM, what, follow=True)
        assert Report.objects.get().category == "csam"

        you = {"ticket": ticket_of(page), "step": "you", "age_band": "13-14", "go": "send"}
        page = client.post(FORM, you, follow=True)

        report = Report.objects.get()
        assert (report.is_finished, report.channel) == (True, Channel.WEB)
        assert "3018" in page.text
        assert re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", page.text)

    def test_an_abandoned_form_still_counts(self, client: Client) -> None:
        where = {"step": "where", "addresses": "https://a.example/x", "go": "on"}
        client.post(FORM, where | {"ticket": ticket_of(client.get(FORM))})

        assert not Report.objects.get().is_finished

    def test_saves_while_one_types(self, client: Client) -> None:
        where = {"step": "where", "addresses": "https://a.example/x"}
        ticket = {"ticket": ticket_of(client.get(FORM))}

        answer = client.post(FORM, where | ticket, headers={"X-Autosave": "1"})
        again = client.post(FORM, where | ticket, headers={"X-Autosave": "1"})

        assert (answer.status_code, again.status_code) == (204, 204)
        assert Report.objects.count() == 1

    def test_goes_back_without_losing_a_word(self, client: Client) -> None:
        page = client.get(FORM)
        where = {"step": "where", "addresses": "https://a.example/x", "go": "on"}
        page = client.post(FORM, where | {"ticket": ticket_of(page)}, follow=True)
        what = {"step": "what", "description": "my words", "go": "back"}
        page = client.post(FORM, what | {"ticket": ticket_of(page)}, follow=True)
        assert "https://a.example/x" in page.text

        where = {"step": "where", "addresses": "https://a.example/x", "go": "on"}
        page = client.post(FORM, where | {"ticket": ticket_of(page)}, follow=True)

        assert "my words" in page.text

    def test_a_double_submission_is_one_report(self, client: Client) -> None:
        values = {
            "ticket": ticket_of(client.get(FORM)),
            "step": "whole",
            "go": "send",
            "addresses": "https://a.example/x",
        }

        first, second = (client.post(FORM, values) for _ in range(2))

        assert (first.status_code, second.status_code) == (302, 302)
        assert Report.objects.count() == 1

    def test_says_that_the_content_was_known(self, client: Client) -> None:
        make_report("https://a.example/x")

        whole(client)

        assert "avait déjà été signalé" in client.get(FORM).text
        assert Content.objects.get().report_count == 2

    def test_what_is_not_on_the_web(self, client: Client) -> None:
        whole(client, addresses="", kind="game", service="Some Game", words="Player One")

        assert Content.objects.get().kind == PlaceKind.GAME

    def test_without_follow_up_there_is_no_code(self, client: Client) -> None:
        answer = whole(client, follow_up="no")

        assert answer["Location"] == "/fr/report/sent/"
        assert not Report.objects.get().follow_up
        assert client.get(FOLLOW).status_code == 200
        assert "visit" not in {name for name, cookie in client.cookies.items() if cookie.value}

    def test_never_asks_for_a_file(self, client: Client) -> None:
        assert 'type="file"' not in client.get(FORM).text


class TestBadInput:
    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "http://192.168.0.1/x",
            "http://localhost/",
            "nothing like an address",
            "data:text/html,<script>alert(1)</script>",
            "x" * 70_000,
            "https://a.example/\x00",
            "mailto:someone@a.example",
        ],
        ids=lambda text: text[:20].encode("unicode_escape").decode(),
    )
    def test_is_told_kindly_and_kept(self, client: Client, address: str) -> None:
        answer = whole(client, addresses=address, description="my words")

        assert answer.status_code == 422
        assert Report.objects.count() == 0
        kept = re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", answer.text, re.DOTALL)
        assert kept
        assert len(kept[1]) >= len(address.replace("\x00", "").strip())

    def test_what_cannot_be_read_may_be_sent_as_it_is(self, client: Client) -> None:
        answer = whole(client, addresses="nothing like an address", as_written="on")

        assert answer.status_code == 302
        assert Content.objects.count() == 1

    @pytest.mark.parametrize(
        "address",
        [
            "hxxps://a[.]example/x",
            "a.example/x",
            "https://user:secret@a.example/",
            "https://bücher.example/",
            "https://a.example/😀",
            "http://a.example:8080/x",
        ],
    )
    def test_is_understood(self, client: Client, address: str) -> None:
        assert whole(client, addresses=address).status_code == 302

    @pytest.mark.parametrize(
        "text", ["\u202ehttps://moc.elpmaxe", "\ud83d", "😀", "‍", "[", "https://[", "//", "@"]
    )
    def test_the_oddest_text_is_an_answer_not_an_error(self, client: Client, text: str) -> None:
        encoded = text.encode("utf-8", "surrogatepass").decode("latin-1")

        assert whole(client, addresses=encoded).status_code in {302, 422}
        assert whole(Client(), addresses="", words=encoded).status_code in {302, 422}

    @pytest.mark.parametrize(
        ("line", "ways"),
        [
            (
                "https://a.example/Mes images/a.png",
                ["https://a.example/Mes%20images/a.png", "https://a.example/Mes"],
            ),
            ("https://a.example/a,", ["https://a.example/a,", "https://a.example/a"]),
            ("https://a.example/a\tb", ["https://a.example/a%09b", "https://a.example/a"]),
            (
                "Vu là https://a.example/a par hasard",
                ["https://a.example/a", "https://a.example/a%20par%20hasard"],
            ),
        ],
    )
    def test_that_may_mean_two_things_is_asked_and_kept(
        self, client: Client, line: str, ways: list[str]
    ) -> None:
        asked = whole(client, addresses=line, description="my words")

        assert asked.status_code == 422
        assert "my words" in asked.text
        assert addresses_kept() == [ways[0]]  # whoever leaves now has still reported it
        offered = re.findall(
            r'<label for="meant-[^"]+"><bdi class="address">(.*?)</bdi>', squeezed(asked.text)
        )
        assert [html.unescape(one) for one in offered][: len(ways)] == ways
        name = re.findall(r'name="(meant-[^"]+)"', asked.text)[0]
        answer = client.post(
            FORM,
            {
                "ticket": ticket_of(asked),
                "step": "whole",
                "go": "send",
                "addresses": line,
                name: "1",
            },
        )

        assert answer.status_code == 302
        assert addresses_kept() == [ways[1]]

    def test_in_three_on_a_line_is_three(self, client: Client) -> None:
        lines = "https://a.example/1, https://a.example/2; https://a.example/3 https://a.example/4"

        assert whole(client, addresses=lines).status_code == 302

        assert addresses_kept() == [f"https://a.example/{n}" for n in (1, 2, 3, 4)]

    @pytest.mark.parametrize(
        ("typed", "kind"), [("@renard_75", "app"), ("06 12 34 56 78", "phone")]
    )
    def test_that_names_an_account_or_a_number_leads_to_where_that_is_asked(
        self, client: Client, typed: str, kind: str
    ) -> None:
        led = whole(client, addresses=f"https://a.example/x\n{typed}")

        assert led.status_code == 422
        assert f'name="words" value="{typed}"' in led.text
        assert re.search(rf'value="{kind}"[^>]* checked', led.text)
        form = {"addresses": "https://a.example/x", "kind": kind, "words": typed}
        answer = client.post(FORM, form | {"ticket": ticket_of(led), "step": "whole", "go": "send"})

        assert answer.status_code == 302
        assert set(Content.objects.values_list("kind", flat=True)) == {"web", kind}

    def test_a_day_to_come_is_a_slip(self, client: Client) -> None:
        answer = whole(client, met_on="2999-01-01")

        assert answer.status_code == 422

    def test_a_forged_ticket_is_worth_nothing(self, client: Client) -> None:
        answer = whole(client, ticket="ABCD.where:forged")

        assert answer.status_code == 302
        assert Report.objects.count() == 1

    def test_a_form_that_was_open_too_long_begins_again(self, client: Client) -> None:
        what = {"step": "what", "description": "my words", "go": "on"}

        answer = client.post(FORM, what | {"ticket": ticket_of(client.get(FORM))})

        assert answer.status_code == 422
        assert Report.objects.count() == 0

    def test_fifty_addresses_and_one(self, client: Client) -> None:
        many = "\n".join(f"https://a.example/{n}" for n in range(51))

        assert whole(client, addresses=many).status_code == 422
        assert whole(client, addresses=many.rpartition("\n")[0]).status_code == 302


class TestFollowing:
    def enter(self, client: Client, code: str) -> Any:
        return client.post(FOLLOW, {"code": code}, follow=True)

    def test_with_the_code_one_reads_where_it_stands(self, client: Client) -> None:
        _, receipt = make_report()

        page = self.enter(client, shown(receipt).lower())

        assert page.status_code == 200
        assert "Reçu" in page.text

    def test_a_mistyped_code_says_what_to_check(self, client: Client) -> None:
        unknown = self.enter(client, shown(new_receipt()))
        wrong = self.enter(client, "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAB")

        assert unknown.status_code == wrong.status_code == 422
        assert "Ce code n’ouvre rien" in unknown.text
        assert "Code mal recopié" in wrong.text

    def test_the_dialogue_goes_both_ways(self, client: Client) -> None:
        report, receipt = make_report()
        self.enter(client, shown(receipt))

        message = {"text": "Did you see it?", "message_id": str(uuid4())}
        client.post("/fr/follow/message/", message)
        client.post("/fr/follow/message/", message)
        dialogue.write_as_hotline(report_id=report.id, text="We did.", by=ANALYST)

        page = client.get(FOLLOW)
        assert "Did you see it?" in page.text
        assert "We did." in page.text
        assert Message.objects.count() == 2

    def test_a_lapsed_visit_gives_back_what_was_typed(self, client: Client) -> None:
        answer = client.post(
            "/fr/follow/message/", {"text": "long words", "message_id": str(uuid4())}
        )

        assert answer.status_code == 403
        assert "long words" in answer.text

    def test_the_verdict_is_told_in_plain_words(self, client: Client) -> None:
        make_decided()
        Content.objects.update(removal_asked_at=now())
        _, receipt = make_report()

        assert "retrait demandé" in self.enter(client, shown(receipt)).text

    def test_the_certificate_comes_once_it_is_signed(self, client: Client) -> None:
        report, receipt = make_report()
        self.enter(client, shown(receipt))
        asked = client.post("/fr/follow/certificate/", follow=True)
        assert asked.status_code == 202
        assert Entry.objects.filter(event="hotline.certificate.asked").exists()

        referring.certify(report_id=report.id, by=SYSTEM)
        answer = client.get("/fr/follow/certificate.pdf")

        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF")
        assert "\u200b" not in letters_in(answer.content)

    def test_the_code_may_be_kept_as_text_or_image(self, client: Client) -> None:
        _, receipt = make_report()
        self.enter(client, shown(receipt))

        assert shown(receipt) in client.get("/fr/follow/code.txt").text
        assert client.get("/fr/follow/code.svg")["Content-Type"] == "image/svg+xml"

    def test_leaving_forgets_the_code_on_this_device(self, client: Client) -> None:
        _, receipt = make_report()
        self.enter(client, shown(receipt))

        answer = client.post("/fr/follow/leave/")

        assert answer["Clear-Site-Data"] == '"cache"'
        assert client.get("/fr/follow/code.svg").status_code == 404

    def test_the_code_is_in_no_address(self, client: Client) -> None:
        _, receipt = make_report()

        page = self.enter(client, shown(receipt))

        for address, _status in page.redirect_chain:
            assert receipt not in address.replace("-", "")


class TestCheckingACertificate:
    @pytest.mark.parametrize("signature", ["AAAA", "é", "A", "not Base64 at all …"])
    def test_a_forged_one_is_told(self, client: Client, signature: str) -> None:
        form = {
            "number": str(uuid4()),
            "filed_at": "2026-11-24T16:00:00Z",
            "fingerprint": "0" * 64,
            "signature": signature,
            "key": "hotline-sign-1",
        }

        answer = client.post("/fr/certificate/", form)
        page = client.get(answer["Location"]).text

        assert "pas de nous" in page
        assert form["number"] in page

    def test_no_link_can_call_one_genuine(self, client: Client) -> None:
        for said in ((one := f"{uuid4()}.1"), f"{one}:x:y"):
            assert "authentique" not in client.get("/fr/certificate/", {"said": said}).text


def test_a_refused_address_is_quoted_as_the_language_quotes(client: Client) -> None:
    for address, quoted in (("/fr/report/", "« a,b »"), ("/en/report/", "“a,b”")):
        where = {"ticket": ticket_of(client.get(address)), "step": "where", "addresses": "a,b"}
        assert quoted in client.post(address, where | {"go": "on"}).text.replace("\u202f", " ")


def without_variables(page: str) -> str:
    """Return a page without what differs each time: tokens, nonces and what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", page)
    page = re.sub(r'nonce="[^"]*"', "", page)
    return re.sub(r'<input type="text" name="code"[^>]*>', "", page)
