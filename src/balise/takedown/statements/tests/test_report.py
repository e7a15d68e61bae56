"""The yearly report from our own notices: as data, as PDF, on its page and by its command."""

import json
from dataclasses import replace
from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.files.testing import letters_in
from balise.foundation.journal.models import Entry
from balise.takedown.directory.actions import packs
from balise.takedown.directory.rules.contacts import USUAL_TERMS, LegalBasis
from balise.takedown.directory.tests.makers import ANALYST as PROPOSER
from balise.takedown.notices.actions import ending
from balise.takedown.notices.rules.states import Outcome
from balise.takedown.notices.tests.makers import ANALYST as SENDER, make_notice
from balise.takedown.statements.documents.yearly import yearly_pdf
from balise.takedown.statements.queries.flagging import yearly_report
from balise.takedown.statements.tests.makers import (
    ANALYST,
    CATEGORY,
    OUTSIDER,
    SENT_AT,
    make_form,
    make_sent,
)

pytestmark = pytest.mark.django_db

REPORT = "/staff/takedown/statements/yearly/"
CSV = (
    "notice_id,sent_at_utc,provider,category,outcome,hours_to_outcome,sent_as_trusted_flagger\n"
    "N1,2026-03-01T10:00Z,Image Store,X,removed,2,true\n"
    "N1-R,2026-03-02T10:00Z,Image Store,X,,,true\n"
)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class TestFromOurNotices:
    def test_counts_an_answer_that_came_late_as_the_action(self) -> None:
        late = make_sent(make_form("Réseau Exemple"), outcome=Outcome.NO_ANSWER)
        answered_at = moment("2026-11-05T15:00+00:00")
        ending.record_outcome(notice_id=late, outcome=Outcome.REMOVED, at=answered_at, by=SENDER)
        assert yearly_report(2026, seen_by=ANALYST).by_action == {"removed": 1}

    def test_does_not_change_when_a_contacts_terms_do(self) -> None:
        contact_id = make_form("Réseau Exemple")
        make_sent(contact_id)
        for basis, total in ((LegalBasis.NOTICE, 1), (LegalBasis.FLAGGER, 2)):
            terms = replace(USUAL_TERMS, basis=basis)
            packs.revise_contact(contact_id=contact_id, terms=terms, by=PROPOSER)
            make_sent(contact_id)
            assert yearly_report(2026, seen_by=ANALYST).total == total

    def test_counts_what_was_sent_as_trusted_flagger(self) -> None:
        contact = make_form("Réseau Exemple")
        make_sent(contact, outcome=Outcome.REMOVED, answered_at=moment("2026-11-02T15:00+00:00"))
        make_sent(contact, outcome=Outcome.REFUSED, answered_at=moment("2026-11-02T11:00+00:00"))
        make_sent(contact)
        make_sent(make_form("Autre", basis=LegalBasis.NOTICE))
        make_notice(contact_id=contact)
        withdrawn = make_sent(contact)
        ending.withdraw(notice_id=withdrawn, by=SENDER)

        report = yearly_report(2026, seen_by=ANALYST)

        assert report.total == 3
        assert report.by_provider == {"Réseau Exemple": 3}
        assert report.by_category == {CATEGORY: 3}
        assert report.by_action == {"no-answer": 1, "refused": 1, "removed": 1}
        assert (report.hours.count, report.hours.median) == (2, 4.0)

    def test_the_year_is_the_centres_own(self) -> None:
        make_sent(at=moment("2025-12-31T23:30+00:00"))

        assert yearly_report(2026, seen_by=ANALYST).total == 1
        assert yearly_report(2025, seen_by=ANALYST).total == 0

    def test_asks_for_the_right(self) -> None:
        with pytest.raises(PermissionDenied):
            yearly_report(2026, seen_by=OUTSIDER)


class TestPdf:
    @pytest.mark.parametrize("language", ["fr", "en"])
    def test_is_an_accessible_document_in_both_languages(self, language: str) -> None:
        make_sent()

        drawn = yearly_pdf(yearly_report(2026, seen_by=ANALYST), language=language)

        assert drawn.startswith(b"%PDF")
        assert b"/StructTreeRoot" in drawn
        assert b"pdfuaid" in drawn
        assert f"/Lang ({language})".encode() in drawn or f"({language})".encode() in drawn


class TestCommand:
    def test_counts_a_file(self, tmp_path: Path) -> None:
        file = tmp_path / "n.csv"
        file.write_text(CSV)

        told = StringIO()
        call_command(
            "trusted_flagger_report", "--year", "2026", "--json", "--from-csv", file, stdout=told
        )

        report = json.loads(told.getvalue())
        assert (report["year"], report["total"]) == (2026, 1)
        assert report["by_action"] == {"removed": 1}
        assert report["rows"] == [
            {
                "provider": "Image Store",
                "category": "X",
                "action": "removed",
                "count": 1,
                "median_hours": 2.0,
                "p90_hours": 2.0,
            }
        ]

    def test_a_faulty_line_is_told_and_nothing_is_reported(self, tmp_path: Path) -> None:
        file = tmp_path / "n.csv"
        file.write_text(CSV + "N2,soon,A,X,,,1\n")
        told, erred = StringIO(), StringIO()

        with pytest.raises(CommandError) as failed:
            call_command(
                "trusted_flagger_report",
                *("--year", "2026", "--json", "--from-csv", file),
                stdout=told,
                stderr=erred,
            )

        assert failed.value.returncode == 1
        assert told.getvalue() == ""
        assert "4" in erred.getvalue()

        call_command(
            "trusted_flagger_report",
            *("--year", "2026", "--json", "--skip-faulty", "--from-csv", file),
            stdout=told,
            stderr=erred,
        )
        assert json.loads(told.getvalue())["total"] == 1

    def test_writes_a_pdf(self, tmp_path: Path) -> None:
        make_sent()
        file = tmp_path / "report.pdf"

        call_command("trusted_flagger_report", "--year", "2026", "--pdf", "--output", file)

        assert file.read_bytes().startswith(b"%PDF")
        assert "\u200b" not in letters_in(file.read_bytes())

    def test_refuses_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError):
            call_command(
                "trusted_flagger_report", "--year", "2026", "--from-csv", tmp_path / "none"
            )


class TestPage:
    def test_anyone_is_sent_to_sign_in(self, client: Client) -> None:
        assert client.get(REPORT).status_code == 302

    @pytest.mark.parametrize("role", ["analyst", "listener", "editor", "accounts_admin"])
    def test_another_role_is_refused(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))

        assert client.get(REPORT).status_code == 403
        answer = client.post(f"{REPORT}file/", {"year": SENT_AT.year, "form": "json"})
        assert answer.status_code == 403

    @pytest.mark.parametrize("role", ["steering", "hotline_lead"])
    def test_the_right_roles_read_it_and_take_it(self, client: Client, role: str) -> None:
        sign_in(client, make_account(role))
        make_sent()

        page = client.get(REPORT, {"year": "2026"})
        assert "Réseau Exemple" in page.text
        taken = client.post(f"{REPORT}file/", {"year": "2026", "form": "json"})

        assert json.loads(taken.content)["total"] == 1
        (fact,) = Entry.objects.filter(event="takedown.yearly-report.taken")
        assert fact.facts == {"form": "json", "year": 2026}

    def test_takes_a_pdf(self, client: Client) -> None:
        sign_in(client, make_account("steering"))

        taken = client.post(f"{REPORT}file/", {"year": "2026", "form": "pdf"})

        assert taken["Content-Type"] == "application/pdf"
        assert taken.content.startswith(b"%PDF")

    @pytest.mark.parametrize(
        "wrong", [{"year": "1999", "form": "pdf"}, {"year": "2026", "form": "exe"}]
    )
    def test_refuses_what_there_is_not(self, client: Client, wrong: dict[str, str]) -> None:
        sign_in(client, make_account("steering"))

        assert client.post(f"{REPORT}file/", wrong).status_code == 400

    def test_says_that_the_statement_on_independence_is_missing(
        self, client: Client, settings: Settings
    ) -> None:
        sign_in(client, make_account("steering"))
        assert "COMPLÉTER" in client.get(REPORT).text

        settings.INDEPENDENCE = {"fr": "Nul ne nous finance qui serait une plateforme."}
        page = client.get(REPORT).text

        assert "Nul ne nous finance" in page
        assert "COMPLÉTER" not in page
