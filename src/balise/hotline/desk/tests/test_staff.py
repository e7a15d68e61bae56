"""The desk behind the staff door: the walk, the way of one report, of many, and the questions."""

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.foundation.accounts.models import Account
from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.desk.models import Batch, Draft
from balise.hotline.desk.rules.words import Stage
from balise.hotline.desk.tests.makers import (
    make_cells,
    make_csv,
    make_draft,
    make_member,
    make_sent,
    make_xlsx,
)
from balise.hotline.reports.actions import dialogue
from balise.hotline.reports.models import Message, Report
from balise.hotline.reports.tests.makers import ANALYST
from balise.hotline.welfare.models import Exposure

pytestmark = pytest.mark.django_db

DESK = "/staff/hotline/desk/"


@pytest.fixture
def member(client: Client) -> Account:
    """Someone of a partner, signed in past the second factor."""
    return sign_in(client, make_account("partner_member"))


def upload(client: Client, content: bytes, name: str = "lines.csv") -> object:
    return client.post(f"{DESK}batches/new/", {"file": SimpleUploadedFile(name, content)})


class TestTheWalk:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        for page in ("", "new/", "batches/new/", "questions/"):
            assert client.get(f"{DESK}{page}").status_code == 302

    @pytest.mark.parametrize("role", ["analyst", "listener", "steering", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        someone = make_member()
        draft, report = make_draft(someone), make_sent(someone, address="https://a.example/x")

        pages = ("", "new/", "batches/new/", f"drafts/{draft}/", f"reports/{report}/")
        for page in (*pages, "batches/template.csv"):
            assert client.get(f"{DESK}{page}").status_code == 403, page
        for page in ("new/", f"drafts/{draft}/", f"drafts/{draft}/send/", f"drafts/{draft}/drop/"):
            assert client.post(f"{DESK}{page}", make_cells()).status_code == 403, page
        assert client.post(f"{DESK}list/").status_code == 403

    def test_a_member_sees_no_question_page_of_the_analysts(
        self, client: Client, member: Account
    ) -> None:
        report = make_sent(actor_of(member))

        assert client.get(f"{DESK}questions/").status_code == 403
        assert client.get(f"{DESK}questions/{report}/").status_code == 403

    def test_without_a_second_factor_nothing_opens(self, client: Client) -> None:
        sign_in(client, make_account("partner_member"), factor="")

        answer = client.get(DESK)

        assert (answer.status_code, "/factors/" in answer["Location"]) == (302, True)

    def test_what_is_another_partners_is_not_there(self, client: Client, member: Account) -> None:
        stranger = make_member()
        draft, report = make_draft(stranger), make_sent(stranger, address="https://a.example/x")
        batch = Draft.objects.get(id=draft).batch_id

        for page in (
            *(f"drafts/{draft}/", f"reports/{report}/", f"batches/{batch}/"),
            f"batches/{batch}/to-correct.csv",
        ):
            assert client.get(f"{DESK}{page}").status_code == 404, page
        for act in (f"drafts/{draft}/send/", f"drafts/{draft}/drop/", f"batches/{batch}/send/"):
            assert client.post(f"{DESK}{act}").status_code == 404, act


class TestOneReport:
    def test_is_kept_completed_and_sent(self, client: Client, member: Account) -> None:
        written = client.post(f"{DESK}new/", make_cells(met_time="", context=""))
        draft_page = written["Location"]
        page = client.get(draft_page).text
        assert "80" in page
        assert Report.objects.count() == 0

        client.post(draft_page, make_cells())
        page = client.get(draft_page).text
        assert "100" in page
        sent = client.post(f"{draft_page}send/")

        report = Report.objects.get()
        assert report.partner == member.partner_id
        assert sent["Location"] == f"{DESK}reports/{report.id}/"
        assert "images.example/album/1" in client.get(sent["Location"]).text
        assert client.get(draft_page)["Location"] == sent["Location"]

    def test_in_danger_the_partner_reads_what_to_do_itself(
        self, client: Client, member: Account
    ) -> None:
        calm = client.post(f"{DESK}new/", make_cells())["Location"]
        assert "appelez vous-même les secours" not in client.get(calm).text

        draft = client.post(f"{DESK}new/", make_cells(danger="on"))["Location"]
        before = client.get(draft).text
        after = client.get(client.post(f"{draft}send/")["Location"]).text
        for words in (before, after):
            assert "appelez vous-même les secours" in words
            assert 'href="sms:114"' in words

    def test_nothing_is_said_to_be_under_way_before_a_notice_left(self) -> None:
        assert "cours" not in str(Stage.REMOVING.label)

    def test_what_is_to_correct_is_said_and_nothing_is_lost(
        self, client: Client, member: Account
    ) -> None:
        written = client.post(f"{DESK}new/", make_cells(met_on="2031-01-01", reference="GARDE-MOI"))

        page = client.get(written["Location"]).text

        assert "GARDE-MOI" in page
        assert "send/" not in page
        client.post(f"{written['Location']}send/")
        assert Report.objects.count() == 0

    def test_the_form_shows_what_a_file_said_in_its_own_way(
        self, client: Client, member: Account
    ) -> None:
        cells = make_cells(
            met_on="20/11/2026", met_time="15h30", category="", place_kind="messagerie", place="@a"
        )
        draft = make_draft(actor_of(member), **cells)
        page = client.get(f"{DESK}drafts/{draft}/").text

        assert 'value="2026-11-20"' in page
        assert 'value="15:30"' in page
        assert re.search(r'value="messaging" selected', page)
        assert not re.search(r'value="csam" selected', page)

        strange = make_draft(actor_of(member), met_on="avant-hier", category="n'importe quoi")
        page = client.get(f"{DESK}drafts/{strange}/").text
        assert re.search(r'<input type="text"[^>]*value="avant-hier"', page)
        assert "importe quoi" in page

    def test_the_same_again_is_told(self, client: Client, member: Account) -> None:
        report = make_sent(actor_of(member))

        page = client.get(client.post(f"{DESK}new/", make_cells())["Location"]).text

        assert f"{DESK}reports/{report}/" in page

    def test_is_given_up(self, client: Client, member: Account) -> None:
        written = client.post(f"{DESK}new/", make_cells())

        client.post(f"{written['Location']}drop/")

        assert not Draft.objects.exists()


class TestManyReports:
    def test_each_line_is_answered_and_the_ready_ones_leave(
        self, client: Client, member: Account
    ) -> None:
        content = make_csv(make_cells(), make_cells(address="nowhere at all", reference="A-2"))

        read = upload(client, content)
        page = client.get(read["Location"]).text  # type: ignore[index]

        assert re.search(r"tag-danger|danger", page)
        client.post(f"{read['Location']}send/")  # type: ignore[index]
        assert Report.objects.count() == 1
        page = client.get(read["Location"]).text  # type: ignore[index]
        assert f"{DESK}reports/{Report.objects.get().id}/" in page

    def test_lines_to_correct_are_taken_corrected_and_brought_again(
        self, client: Client, member: Account
    ) -> None:
        content = make_csv(make_cells(), make_cells(met_on="avant-hier", reference="=A-2"))
        batch = upload(client, content)["Location"]  # type: ignore[index]

        taken = client.get(f"{batch}to-correct.csv").content.decode()
        assert "'=A-2" in taken
        again = upload(client, taken.replace("avant-hier", "2026-11-20").encode())

        page = client.get(again["Location"]).text  # type: ignore[index]
        assert "avant-hier" not in page
        drafts = Draft.objects.filter(batch_id=again["Location"].rstrip("/").rpartition("/")[2])  # type: ignore[index]
        assert [draft.state for draft in drafts] == ["ready"]

    def test_each_row_says_where_what_and_which_line_is_the_same(
        self, client: Client, member: Account
    ) -> None:
        upload(
            client,
            make_csv(
                make_cells(address="https://a.example/1"),
                make_cells(address="https://a.example/1"),
                make_cells(address="https://a.example/Mes images/2", description="Court."),
            ),
        )
        address = f"{DESK}batches/{Batch.objects.get().id}/"

        page = client.get(address).content.decode()
        assert page.count("https://a.example/1") == 2
        assert "La même que la ligne 2" in page
        assert "40 caractères au moins" in page
        assert "ont été encodés" in page
        client.post(f"{address}send/")

        assert Report.objects.count() == 2
        assert client.get(address).content.decode().count("https://a.example/1") == 2

    def test_a_spreadsheet(self, client: Client, member: Account) -> None:
        content = make_xlsx(["Adresse"], ["https://a.example/1"], ["https://a.example/2"])

        upload(client, content, "lines.xlsx")

        assert Draft.objects.filter(state="ready").count() == 2

    @pytest.mark.parametrize("content", [b"a;b\n1;2\n", b"PK\x03\x04", b"x" * 6_000_000])
    def test_a_file_that_cannot_be_read_is_told(
        self, client: Client, member: Account, content: bytes
    ) -> None:
        answer = upload(client, content)

        assert answer.status_code == 422  # type: ignore[attr-defined]
        assert not Batch.objects.exists()

    def test_without_a_file(self, client: Client, member: Account) -> None:
        assert client.post(f"{DESK}batches/new/").status_code == 422

    @pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_templates(self, client: Client, member: Account, form: str, language: str) -> None:
        taken = client.get(f"{DESK}batches/template.{form}", headers={"Accept-Language": language})

        assert f"balise-{language}.{form}" in taken["Content-Disposition"]
        upload(client, taken.content, f"x.{form}")
        assert Draft.objects.get().state == "ready"

    def test_no_other_template(self, client: Client, member: Account) -> None:
        assert client.get(f"{DESK}batches/template.exe").status_code == 404

    def test_many_lines_go_page_by_page(self, client: Client, member: Account) -> None:
        content = make_csv(*(make_cells(address=f"https://a.example/{n}") for n in range(120)))
        batch = upload(client, content)["Location"]  # type: ignore[index]

        first, second = client.get(batch).text, client.get(f"{batch}?page=2").text

        found = re.findall(r"/desk/drafts/([0-9a-f-]{36})/", first + second)
        assert len(set(found)) == 120
        assert client.get(f"{batch}?page=nonsense").status_code == 200


class TestFollowing:
    def test_shows_states_and_filters(self, client: Client, member: Account) -> None:
        report = make_sent(actor_of(member))
        make_sent(make_member(), address="https://a.example/secret")

        assert client.get(DESK).text.count(f"{DESK}reports/") == 1
        assert f"{DESK}reports/{report}/" not in client.get(f"{DESK}?stage=closed").text
        assert client.get(f"{DESK}?stage=nonsense&since=x&page=zz").status_code == 200
        first_day = "since=0001-01-01&until=0001-01-01"
        assert client.get(f"{DESK}?{first_day}").status_code == 200

    def test_takes_the_list(self, client: Client, member: Account) -> None:
        make_sent(actor_of(member), reference="=REF")

        taken = client.post(f"{DESK}list/", {"stage": "received"})

        text = taken.content.decode()
        assert "'=REF" in text
        assert "images.example" not in text

    def test_a_question_is_shown_and_answered(self, client: Client, member: Account) -> None:
        report = make_sent(actor_of(member))
        dialogue.write_as_hotline(report_id=report, text="À quelle heure ?", by=ANALYST)
        assert "?asks=on" in client.get(DESK).text
        page = f"{DESK}reports/{report}/"
        assert "À quelle heure ?" in client.get(page).text

        message = {"message_id": str(uuid4()), "text": "Vers midi."}
        client.post(page, message)
        client.post(page, message)

        assert Message.objects.count() == 2
        assert "Vers midi." in client.get(page).text

    def test_an_empty_message_is_told(self, client: Client, member: Account) -> None:
        page = f"{DESK}reports/{make_sent(actor_of(member))}/"

        assert client.post(page, {"message_id": str(uuid4()), "text": " "}).status_code == 422

    def test_an_empty_desk(self, client: Client, member: Account) -> None:
        assert client.get(DESK).status_code == 200


class TestQuestions:
    def test_an_analyst_reads_and_answers(self, client: Client) -> None:
        someone = make_member()
        report = make_sent(someone, reference="REF-1")
        dialogue.write_as_partner(
            report_id=report, text="Du nouveau ?", message_id=uuid4(), by=someone
        )
        sign_in(client, make_account("analyst"))

        assert f"{DESK}questions/{report}/" in client.get(f"{DESK}questions/").text
        page = client.get(f"{DESK}questions/{report}/").text
        assert "Du nouveau ?" in page
        assert "REF-1" in page
        assert Exposure.objects.get().items == 1
        assert client.post(f"{DESK}questions/{report}/", {"text": ""}).status_code == 422
        client.post(f"{DESK}questions/{report}/", {"text": "Pas encore."})

        assert f"{DESK}questions/{report}/" not in client.get(f"{DESK}questions/").text

    def test_what_is_not_there(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))

        assert client.get(f"{DESK}questions/{uuid4()}/").status_code == 404

    def test_a_question_is_refused_to_who_looked_enough_and_still_answered(
        self, client: Client
    ) -> None:
        report = make_sent(make_member())
        sign_in(client, make_account("analyst"))
        client.post("/staff/hotline/my-day/break/")

        page = client.post(f"{DESK}questions/{report}/", {"text": ""})
        answered = client.post(f"{DESK}questions/{report}/", {"text": "Bientôt."})

        assert page.status_code == 422
        assert "Vous êtes en pause" in page.text
        assert answered.status_code == 302
