"""The life of editions at the public door: embargo by the clock, corrections, withdrawal."""

from datetime import timedelta
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_actor
from balise.foundation.journal.clerk import tick
from balise.foundation.statistics.tests.makers import pick
from balise.steering.editions.actions import correcting, freezing, preparing
from balise.steering.editions.models import Edition
from balise.steering.editions.rules.life import Erratum
from balise.steering.editions.tests.makers import ALONE, make_edition
from balise.steering.published.tests.makers import (
    REASONS,
    as_if_drawn,
    day_of,
    make_corrected,
    make_published,
)
from balise.steering.published.tests.test_pages import addresses

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)
LATEST = ("/card/latest/HOT-REP/", "/figures/api/latest.json", "/fr/figures/", "/en/figures/")


def corrected(old: UUID, erratum: Erratum = Erratum.MAJOR) -> UUID:
    """Return the published correction of an edition, with twenty baskets more."""
    pick("apple", times=20, on=clock.today() - timedelta(days=1))
    tick()
    return make_corrected(old, erratum)


def withdrawn(edition: UUID) -> None:
    correcting.ask_withdrawal(edition_id=edition, reasons=REASONS, by=make_actor("steering"))
    correcting.confirm_withdrawal(edition_id=edition, by=make_actor("steering"))


def answered(client: Client, path: str) -> tuple[int, bytes, dict[str, str]]:
    """Return all of an answer that tells something: not its nonce, nor its own path."""
    answer = client.get(path)
    headers = {name: value for name, value in answer.items() if "Policy" not in name}
    return answer.status_code, answer.content, headers


class TestEmbargo:
    def test_a_second_before_nothing_is_there_and_then_all_of_it_is(self) -> None:
        client, ends = Client(), clock.now().replace(microsecond=0) + timedelta(hours=1)
        pick("apple", times=40, on=clock.today() - timedelta(days=1))
        tick()
        edition, by = make_edition(), make_actor("steering")
        freezing.freeze(edition_id=edition, alone=ALONE, by=by)
        as_if_drawn(edition)
        freezing.publish(edition_id=edition, publish_at=ends, by=by)
        known, unknown = day_of(edition), "2001-01-01"
        with clock.at(ends - SECOND):
            for path, other in zip(addresses(known), addresses(unknown), strict=True):
                told, of_nothing = answered(client, path), answered(client, other)
                assert told[0] == HTTPStatus.NOT_FOUND, path
                assert _same(told, known) == _same(of_nothing, unknown), path
            for path in LATEST:
                assert known not in client.get(path).text, path
        for moment in (ends, ends + SECOND):
            with clock.at(moment):
                for path in (*addresses(known), *LATEST):
                    assert client.get(path).status_code == HTTPStatus.OK, path

    def test_a_seat_reads_it_with_its_embargo_on_each_page(self, client: Client) -> None:
        edition, by = make_edition(), make_actor("steering")
        freezing.freeze(edition_id=edition, alone=ALONE, by=by)
        as_if_drawn(edition)
        ends = clock.now() + timedelta(hours=2)
        freezing.publish(edition_id=edition, publish_at=ends, by=by)
        opens = clock.now() + timedelta(hours=1)
        _number, token = preparing.give_early(
            edition_id=edition, seat="Ministère", purpose="Discours", from_at=opens, by=by
        )
        address = f"/fr/committee/{token}/"
        nothing = client.get("/fr/committee/nothing/")
        early = client.get(address)
        assert (early.status_code, early.status_code) == (nothing.status_code, 404)
        with clock.at(opens):
            page = client.get(address).text
            sections = page.count("<section")
            assert page.count("SOUS EMBARGO jusqu’au") >= sections > 1
            assert "Vos questions" not in page
        with clock.at(ends):
            assert client.get(address).status_code == HTTPStatus.GONE
            page = client.get("/fr/figures/").text
            assert "SOUS EMBARGO" not in page
            assert "Ministère" in page
            assert "Discours" in page
            assert ALONE in page


def _same(told: tuple[int, bytes, dict[str, str]], day: str) -> tuple[int, bytes, str]:
    status, content, headers = told
    return status, content.replace(day.encode(), b"-"), str(headers).replace(day, "-")


class TestCorrection:
    def test_the_old_page_stays_and_says_what_replaced_it(self, client: Client) -> None:
        old = make_published(drawn=True)
        day = day_of(old)
        before = client.get(f"/fr/figures/{day}/edition.pdf").content
        corrected(old)
        for path in (f"/fr/figures/{day}/", f"/fr/figures/{day}/F01/"):
            page = client.get(path).text
            assert "Cette édition a été remplacée" in page
            assert REASONS["fr"] in page
            assert f"/fr/figures/{day}-2/" in page
            assert "<strong>40</strong>" in page
        assert client.get(f"/fr/figures/{day}/edition.pdf").content == before

    def test_the_new_one_says_what_changed(self, client: Client) -> None:
        old = make_published()
        day = day_of(old)
        corrected(old)
        for path in ("/fr/figures/", f"/fr/figures/{day}-2/"):
            page = client.get(path).text
            assert "<strong>60</strong>" in page
            assert REASONS["fr"] in page
            assert "remplacée" not in page
            assert f"/fr/figures/{day}-2/changes.csv" in page
        csv = client.get(f"/en/figures/{day}-2/changes.csv").text
        assert any(line.startswith("HOT-REP;") and ";40;60;" in line for line in csv.splitlines())
        nothing = client.get(f"/en/figures/{day}/changes.csv")
        assert nothing.status_code == HTTPStatus.NOT_FOUND

    def test_cards_and_programs_read_the_new_value_at_the_old_address(self, client: Client) -> None:
        old = make_published()
        day = day_of(old)
        assert "corrected_from" not in client.get(f"/figures/api/{day}.json").json()
        digest = Edition.objects.get(id=old).digest
        corrected(old)
        for name in ("latest", day, f"{day}-2"):
            told = client.get(f"/figures/api/{name}.json").json()
            assert told["figures"][0]["value"] == 60
            assert told["figures"][0]["permalink"].endswith(f"/figures/{day}-2/F01/")
            corrected_from = told["corrected_from"]
            assert (corrected_from["edition"], corrected_from["digest"]) == (day, digest)
            assert (corrected_from["erratum"], corrected_from["reason"]) == (3, REASONS)
        for path in (f"/card/{day}/F01/", f"/card/{day}-2/F01/", "/card/latest/HOT-REP/"):
            assert "60" in client.get(path).text

    def test_of_what_told_too_much_neither_value_nor_place_is_said(self, client: Client) -> None:
        old = make_published()
        day = day_of(old)
        corrected(old, Erratum.PROTECTION)
        assert client.get(f"/fr/figures/{day}/").status_code == HTTPStatus.GONE
        page = client.get(f"/fr/figures/{day}-2/").text
        assert REASONS["fr"] in page
        assert "Chiffres modifiés" not in page
        changes = client.get(f"/fr/figures/{day}-2/changes.csv")
        assert changes.status_code == HTTPStatus.NOT_FOUND
        assert client.get(f"/card/{day}/F01/").status_code == HTTPStatus.OK


class TestWithdrawal:
    def test_each_address_says_that_it_is_gone_when_and_why(self) -> None:
        client, edition = Client(), make_published(drawn=True)
        day = day_of(edition)
        withdrawn(edition)
        for path in addresses(day):
            answer = client.get(path)
            assert answer.status_code == HTTPStatus.GONE, path
            assert not answer.cookies, path
            assert "<strong>40" not in answer.text, path
        page = client.get(f"/fr/figures/{day}/").text
        assert REASONS["fr"] in page
        assert "mailto:" in page
        problem = client.get(f"/figures/api/{day}.json")
        assert problem["Content-Type"] == "application/problem+json"
        assert problem.json()["reason"] == REASONS

    def test_lists_and_the_latest_drop_it(self, client: Client) -> None:
        before = day_of(make_published(clock.today() - timedelta(days=30)))
        edition = make_published()
        day = day_of(edition)
        withdrawn(edition)
        assert client.get("/figures/api/latest.json").json()["edition"] == before
        assert day not in client.get("/fr/figures/").text

    def test_before_a_second_person_confirms_it_stays(self, client: Client) -> None:
        edition = make_published()
        correcting.ask_withdrawal(edition_id=edition, reasons=REASONS, by=make_actor("steering"))
        page = client.get(f"/fr/figures/{day_of(edition)}/")
        assert page.status_code == HTTPStatus.OK
        assert REASONS["fr"] not in page.text
