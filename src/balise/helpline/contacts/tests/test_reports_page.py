"""The page of the files for others: who opens it, what it gives, and from which day."""

from datetime import UTC, date, datetime
from http import HTTPStatus
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.journal.models import Entry
from balise.helpline.contacts.tests.test_reports import make_contacts


@pytest.mark.django_db
class TestThePage:
    PAGE = "/staff/helpline/files-for-others/"

    def test_is_for_the_head_of_the_helpline(self, client: Client) -> None:
        with clock.at(datetime(2026, 5, 20, 9, tzinfo=UTC)):
            assert "/staff/account/" in client.get(self.PAGE)["Location"]
            sign_in(client, make_account("listener"))
            assert client.get(self.PAGE).status_code == HTTPStatus.FORBIDDEN
            for name in ("insafe/", "chi/"):
                assert client.post(f"{self.PAGE}{name}").status_code == HTTPStatus.FORBIDDEN

    def test_gives_the_files_that_the_commands_print(self, client: Client) -> None:
        with clock.at(datetime(2026, 5, 20, 9, tzinfo=UTC)):
            make_contacts(9, topic="sextortion", day=date(2025, 5, 4))
            sign_in(client, make_account("helpline_lead"))
            assert self.PAGE in client.get("/staff/").text
            page = client.get(self.PAGE).text
            assert "octobre à décembre 2025" in page
            assert "Situation de vie de l’enfant" in page
            assert "2025 : 9 contacts en tout, dont 9 d’écoute." in page.replace("\u202f", " ")
            given = {"insafe-period": "2025-2", "form": "csv"}
            taken = client.post(f"{self.PAGE}insafe/", given)
            yearly = client.post(f"{self.PAGE}chi/", {"chi-period": "2025", "form": "json"})
            out = StringIO()
            call_command("insafe", "--year", "2025", "--quarter", "2", "--csv", stdout=out)
            assert taken.text == out.getvalue()
            out = StringIO()
            call_command("chi", "--year", "2025", "--json", stdout=out)
        assert 'filename="insafe-2025-2.csv"' in taken["Content-Disposition"]
        assert yearly.text == out.getvalue()
        assert Entry.objects.filter(event="helpline.report.taken").count() == 4

    def test_says_from_which_day_a_file_can_be_had(self, client: Client) -> None:
        make_contacts(9, topic="sextortion")
        with clock.at(datetime(2026, 7, 20, 9, tzinfo=UTC)):
            sign_in(client, make_account("helpline_lead"))
            page = client.get(self.PAGE).text
            assert "<select" not in page
            assert page.count("disabled") == 2
            assert "1er août 2026" in page
            answer = client.post(f"{self.PAGE}insafe/", {"insafe-period": "2026-2"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert not Entry.objects.filter(event="helpline.report.taken").exists()

    def test_offers_no_period_that_goes_on(self, client: Client) -> None:
        with clock.at(datetime(2026, 5, 20, 9, tzinfo=UTC)):
            make_contacts(9, topic="sextortion")
            sign_in(client, make_account("helpline_lead"))
            page = client.get(self.PAGE).text
            assert "<select" not in page
            answer = client.post(f"{self.PAGE}insafe/", {"insafe-period": "2026-2"})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
