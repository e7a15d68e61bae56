"""One notice, five forms: the same words in each, never incomplete, written down who took it."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

import orjson
import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils.translation import override

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.files.testing import letters_in
from balise.foundation.retention.tests.makers import erase_rows
from balise.takedown.directory.models import Organisation
from balise.takedown.directory.rules.contacts import ContactKind
from balise.takedown.directory.tests.makers import make_contact, make_host
from balise.takedown.notices import queries
from balise.takedown.notices.actions import drafting
from balise.takedown.notices.documents import exchange
from balise.takedown.notices.documents.letter import letter
from balise.takedown.notices.documents.sheet import sheet
from balise.takedown.notices.models import Notice
from balise.takedown.notices.queries import OpenedNotice
from balise.takedown.notices.queries.wording import word_parts
from balise.takedown.notices.rules import xarf
from balise.takedown.notices.rules.completeness import completeness
from balise.takedown.notices.rules.documents import DocumentKind, NoSuchDocument
from balise.takedown.notices.rules.letters import NoticeIncomplete
from balise.takedown.notices.rules.reading import Form, read_notices
from balise.takedown.notices.tests.makers import (
    ANALYST,
    LISTENER,
    OUTSIDER,
    make_letter,
    make_notice,
    told,
)

pytestmark = pytest.mark.django_db

NOTICES = "/staff/takedown/notices/"


def another() -> UUID:
    """Return a contact of one more host."""
    name = f"host-{Organisation.objects.count()}"
    return make_contact(make_host(name, domains=()), f"abuse@{name}.example")


def opened(**given: Any) -> OpenedNotice:
    notice_id = make_notice(**{"contact_id": another(), **given})
    return drafting.take(notice_id=notice_id, kind=DocumentKind.JSON, by=ANALYST)


class TestTake:
    def test_writes_down_who_took_which(self) -> None:
        notice_id = make_notice()
        drafting.take(notice_id=notice_id, kind=DocumentKind.LETTER, by=ANALYST)
        (fact,) = told("document-taken")
        assert fact["document"] == "letter"

    def test_refuses_what_is_not_complete(self) -> None:
        notice_id = make_notice(letter=make_letter(in_good_faith=False))
        with pytest.raises(NoticeIncomplete):
            drafting.take(notice_id=notice_id, kind=DocumentKind.LETTER, by=ANALYST)
        assert told("document-taken") == []

    @pytest.mark.parametrize("actor", [OUTSIDER, LISTENER])
    def test_is_not_for_another_line(self, actor: Any) -> None:
        notice_id = make_notice()
        with pytest.raises(PermissionDenied):
            drafting.take(notice_id=notice_id, kind=DocumentKind.LETTER, by=actor)


class TestTheLetter:
    def test_is_an_accessible_pdf(self) -> None:
        long = "https://images.example/" + "a" * 300
        pdf = letter(opened(letter=make_letter(locations=(long,))))
        assert pdf.startswith(b"%PDF-")
        assert b"pdfuaid" in pdf
        assert "\u200b" not in letters_in(pdf)  # an address is copied as it is

    def test_is_drawn_in_the_recipients_language(self) -> None:
        contact_id = make_contact(make_host("Host", language="en"))
        with override("fr"):
            assert b"(en" in letter(opened(contact_id=contact_id))

    def test_says_word_for_word_what_the_mail_says(self) -> None:
        found = opened()
        parts = word_parts(
            found.letter,
            offence=found.offence,
            law=found.law,
            host=found.notice.contact.organisation.name,
            number=found.number,
            language="fr",
            centre=settings.CENTRE,
        )
        mail = " ".join(found.wording.text.split())
        for part in parts:
            assert " ".join(part.text.split()) in mail
        assert [part.name for part in parts] == [
            *("opening", "why", "where", "who", "faith", "asks"),
        ]


class TestTheSheet:
    def test_gives_each_field_of_a_form(self) -> None:
        fields = {field.name: field for field in sheet(opened())}
        assert fields["locations-1"].value == "https://images.example/album/1"
        assert "L'album diffuse" in fields["explanation"].value
        assert "226-2-1" in fields["law"].value
        assert fields["email"].value == settings.CENTRE.notice_email
        assert "bonne foi" in fields["faith"].value
        assert all(field.label and 1 <= field.rows <= 12 for field in fields.values())

    def test_gives_addresses_in_portions(self) -> None:
        host_id = make_host()
        Organisation.objects.filter(id=host_id).update(max_locations=2)
        locations = tuple(f"https://images.example/{number}" for number in range(5))
        found = opened(contact_id=make_contact(host_id), letter=make_letter(locations=locations))
        portions = [field for field in sheet(found) if field.name.startswith("locations")]
        assert [len(field.value.splitlines()) for field in portions] == [2, 2, 1]

    def test_leaves_out_who_notifies_where_the_notice_does(self) -> None:
        found = opened(offence="csam-sharing", letter=make_letter(names_notifier=False))
        assert not {"name", "email", "address"} & {field.name for field in sheet(found)}


class TestTheJson:
    def test_is_read_back_as_the_same_notice(self) -> None:
        for given in (
            {},
            {"offence": "csam-sharing", "letter": make_letter(names_notifier=False)},
        ):
            made = exchange.as_json(opened(**given))
            omittable = frozenset({"csam-sharing"})
            (read,) = read_notices(orjson.dumps(made), omittable=omittable)
            assert read.form is Form.OURS
            assert completeness(read.stated).points == 100

    def test_the_mail_is_read_back_as_complete(self) -> None:
        for given in (
            {},
            {"offence": "csam-sharing", "letter": make_letter(names_notifier=False)},
            {"contact_id": make_contact(make_host("Host", language="en"))},
        ):
            (read,) = read_notices(opened(**given).wording.text.encode())
            assert completeness(read.stated).missing == (), read.stated

    def test_cloudflares_is_read_back_as_complete(self) -> None:
        made = exchange.cloudflare_report(opened())
        assert made["act"] == "abuse_ncsei"
        assert made["ncsei_subject_representation"] is False
        (read,) = read_notices(orjson.dumps(made))
        assert read.form is Form.CLOUDFLARE
        assert completeness(read.stated).is_complete

    def test_xarf_is_one_report_for_each_address(self) -> None:
        locations = ("https://images.example/1", "https://images.example/2")
        found = opened(offence="csam-sharing", letter=make_letter(locations=locations))
        reports = exchange.xarf(found, kind="baseline")
        assert [made["url"] for made in reports] == list(locations)
        assert all(xarf.faults(made) == () for made in reports)
        for read in read_notices(orjson.dumps(reports)):
            assert read.form is Form.XARF
            assert completeness(read.stated).is_complete

    def test_xarf_says_how_a_child_is_exploited(self) -> None:
        (made,) = exchange.xarf(opened(offence="grooming"), kind="solicitation")
        assert made["type"] == "csem"

    def test_xarf_refuses_what_it_has_no_word_for(self) -> None:
        assert exchange.xarf_kinds(opened()) == ()
        with pytest.raises(NoSuchDocument):
            exchange.xarf(opened(), kind="baseline")

    def test_xarf_refuses_to_hide_who_reports_and_to_guess(self) -> None:
        unnamed = opened(offence="csam-sharing", letter=make_letter(names_notifier=False))
        with pytest.raises(NoSuchDocument):
            exchange.xarf(unnamed, kind="baseline")
        with pytest.raises(NoSuchDocument):
            exchange.xarf(opened(offence="csam-sharing"), kind="")


@pytest.fixture
def analyst(client: Client) -> Client:
    sign_in(client, make_account("analyst"))
    return client


class TestTheDoor:
    @pytest.mark.parametrize("page", ["documents/", "documents/letter/"])
    def test_is_for_the_line_alone(self, client: Client, page: str) -> None:
        url = f"{NOTICES}{make_notice()}/{page}"
        assert "/staff/account/login/" in client.get(url).headers["Location"]
        sign_in(client, make_account("editor"))
        assert client.get(url).status_code == HTTPStatus.FORBIDDEN

    def test_shows_the_documents_and_the_ways(self, analyst: Client) -> None:
        host_id = make_host()
        make_contact(host_id, "https://hebergeur.example/form", kind=ContactKind.FORM)
        notice_id = make_notice(contact_id=make_contact(host_id))
        page = analyst.get(f"{NOTICES}{notice_id}/documents/").content.decode()
        for kind in ("letter", "sheet", "cloudflare", "json"):
            assert f"/documents/{kind}/" in page
        assert "/documents/xarf/" not in page
        assert "https://hebergeur.example/form" in page

    def test_downloads_each(self, analyst: Client) -> None:
        base = f"{NOTICES}{make_notice(offence='csam-sharing')}/documents/"
        pdf = analyst.get(f"{base}letter/")
        assert pdf.headers["Content-Type"] == "application/pdf"
        assert pdf.headers["Content-Disposition"].startswith("attachment")
        assert "no-store" in pdf.headers["Cache-Control"]
        assert orjson.loads(analyst.get(f"{base}json/").content)["format"] == "balise-notice/1"
        assert orjson.loads(analyst.get(f"{base}cloudflare/").content)["act"] == "abuse_children"
        assert orjson.loads(analyst.get(f"{base}xarf/?as=A1").content)["classification"] == "A1"
        sheet_page = analyst.get(f"{base}sheet/").content.decode()
        assert "readonly" in sheet_page
        assert "data-copy" in sheet_page
        assert [fact["document"] for fact in told("document-taken")] == [
            *("letter", "json", "cloudflare", "xarf", "sheet"),
        ]

    def test_says_why_there_is_none(self, analyst: Client) -> None:
        incomplete = make_notice(letter=make_letter(in_good_faith=False))
        url = f"{NOTICES}{incomplete}/documents/"
        page = analyst.get(url).content.decode()
        assert "/documents/letter/" not in page
        answer = analyst.get(f"{url}letter/", follow=True)
        assert answer.redirect_chain == [(url, HTTPStatus.FOUND)]

        base = f"{NOTICES}{make_notice(contact_id=another())}/documents/"
        assert "XARF" in analyst.get(f"{base}xarf/?as=A1", follow=True).content.decode()

    def test_knows_no_other(self, analyst: Client) -> None:
        notice_id = make_notice()
        nowhere = (f"{UUID(int=1)}/documents/", f"{UUID(int=1)}/documents/letter/")
        for page in (*nowhere, f"{notice_id}/documents/fax/"):
            assert analyst.get(NOTICES + page).status_code == HTTPStatus.NOT_FOUND
        gone = analyst.post(f"{NOTICES}{UUID(int=1)}/completeness/")
        assert gone.status_code == HTTPStatus.NOT_FOUND

    def test_sends_back_from_a_notice_that_is_forgotten(self, analyst: Client) -> None:
        notice_id = make_notice()
        erase_rows("takedown.notices", [notice_id])
        for page in ("documents/", "documents/letter/"):
            answer = analyst.get(f"{NOTICES}{notice_id}/{page}")
            assert answer.headers["Location"] == f"{NOTICES}{notice_id}/"


class TestCompletenessAsItIsWritten:
    def test_scores_what_is_not_saved(self, analyst: Client) -> None:
        notice_id = make_notice()
        url = f"{NOTICES}{notice_id}/completeness/"
        given = {"locations": "https://images.example/1", "explanation": "x" * 50}
        page = analyst.post(url, given).content.decode()
        assert "50 points sur 100" in page
        given |= {"in_good_faith": "on", "names_notifier": "on"}
        assert "100 points sur 100" in analyst.post(url, given).content.decode()
        assert "0 points sur 100" in analyst.post(url, {}).content.decode()
        saved = queries.letter_of(Notice.objects.get(id=notice_id))
        assert saved.explanation != "x" * 50

    def test_is_shown_on_the_notices_page(self, analyst: Client) -> None:
        page = analyst.get(f"{NOTICES}{make_notice()}/").content.decode()
        assert 'id="completeness"' in page
        assert "/documents/" in page
