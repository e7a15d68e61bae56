"""The staff pages of the exchange: what is wrong first, no hash anywhere."""

import re
from http import HTTPStatus
from uuid import UUID

import pytest
from django.test import Client

from balise.foundation import clock
from balise.foundation.accounts.tests.makers import make_account, make_partner, sign_in
from balise.foundation.actors import SYSTEM
from balise.hotline.matching.banks.queries.banks import banks
from balise.hotline.matching.exchange.actions import reading
from balise.hotline.matching.exchange.actions.asking import ask
from balise.hotline.matching.exchange.demonstration import fill
from balise.hotline.matching.exchange.models import Contract, Reply
from balise.hotline.matching.exchange.queries import alarms
from balise.hotline.matching.exchange.rules.items import CutOff, Fault, Item, Page, Range
from balise.hotline.matching.exchange.rules.sources import SOURCES
from balise.hotline.matching.exchange.tests.makers import (
    BANK,
    LEAD,
    make_bad_page,
    make_bank,
    make_contract,
    make_entry,
    make_signal,
    make_source,
)
from balise.hotline.matching.exchange.web.due import of_exchange
from balise.hotline.matching.signals.rules.kinds import HashKind, Signal

pytestmark = pytest.mark.django_db

ROOT = "/staff/hotline/hashes/"
GIVEN = {"holds": "asks", "banks": [BANK], "a_day": "20", "a_minute": "10", "ends_on": ""}


@pytest.fixture
def lead(client: Client) -> Client:
    sign_in(client, make_account("hotline_lead"))
    return client


def page(client: Client, address: str = "", *, status: int = 200) -> str:
    answer = client.get(f"{ROOT}{address}")
    assert answer.status_code == status
    return answer.content.decode()


class TestTheDoor:
    def test_sends_anyone_to_sign_in(self, client: Client) -> None:
        assert "/login/" in client.get(ROOT).headers["Location"]

    def test_shows_another_line_nothing(self, client: Client) -> None:
        partner = make_contract()
        make_source()
        sign_in(client, make_account("listener"))
        for address in ("", f"partners/{partner.key}/", "sources/ncmec/"):
            page(client, address, status=HTTPStatus.FORBIDDEN)

    def test_an_analyst_reads_and_changes_nothing(self, client: Client) -> None:
        partner = make_contract()
        bad = make_bad_page()
        sign_in(client, make_account("analyst"))
        assert 'name="banks"' not in page(client, f"partners/{partner.key}/")
        for address in (
            f"partners/{partner.key}/reopen/",
            f"sources/ncmec/{bad.id}/again/",
        ):
            assert client.post(f"{ROOT}{address}").status_code == HTTPStatus.FORBIDDEN

    def test_what_is_not_there(self, lead: Client) -> None:
        page(lead, "sources/ncmec/", status=404)
        page(lead, f"partners/{make_partner().id}/", status=404)


class TestPartners:
    def test_a_contract_is_agreed_and_changed(self, lead: Client) -> None:
        make_bank()
        organisation = make_partner("Papotin")
        lead.post(ROOT, GIVEN | {"partner_id": str(organisation.id)})
        contract = Contract.objects.get(id=organisation.id)
        assert (contract.holds, contract.a_day) == (False, 20)
        address = f"{ROOT}partners/{organisation.id}/"
        lead.post(address, GIVEN | {"holds": "holds"})
        contract.refresh_from_db()
        assert contract.holds
        assert "Papotin" in page(lead)

    def test_a_budget_that_is_too_large_is_said(self, lead: Client) -> None:
        partner = make_contract()
        answer = lead.post(f"{ROOT}partners/{partner.key}/", GIVEN | {"a_day": "9999999"})
        assert answer.status_code == 422

    def test_what_it_asked_is_counted_and_no_hash_is_shown(self, lead: Client) -> None:
        make_entry()
        partner = make_contract()
        ask(signals=[make_signal(), make_signal(2)], by=partner)
        shown = page(lead, f"partners/{partner.key}/")
        assert make_signal().value.hex() not in shown
        assert '<td class="number"' in shown

    def test_one_that_was_cut_off_is_told_and_opened_again(self, lead: Client) -> None:
        partner = make_contract()
        Contract.objects.update(cut_off_at=clock.now(), why=CutOff.PLANTED)
        assert str(CutOff.PLANTED.label) in page(lead)
        lead.post(f"{ROOT}partners/{partner.key}/reopen/")
        assert Contract.objects.get().cut_off_at is None
        assert str(CutOff.PLANTED.label) not in page(lead)


class TestSources:
    def test_a_bad_page_alarms_until_it_is_read(self, lead: Client) -> None:
        bad = make_bad_page()
        assert "sources/ncmec/" in page(lead)
        shown = page(lead, "sources/ncmec/")
        assert str(Fault.UNREADABLE.label) in shown
        lead.post(f"{ROOT}sources/ncmec/{bad.id}/again/")
        bad.refresh_from_db()
        assert bad.next_at is not None
        assert bad.next_at <= clock.now()
        reading.settle_page(page_id=bad.id, by=SYSTEM)
        assert "again/" not in page(lead, "sources/ncmec/")

    def test_entries_of_the_list_and_their_fingerprints_are_counted_apart(
        self, lead: Client
    ) -> None:
        source = make_source()
        both = (make_signal(1), Signal(HashKind.MD5, bytes(16)))
        ranged = Range("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")

        def take(*items: Item) -> tuple[str, str]:
            reading.take_page(source_id=source.id, page=Page(items), ranged=ranged, by=SYSTEM)
            shown = page(lead, "sources/ncmec/")
            found = [
                re.search(rf"<dt>{words}</dt>\s*<dd>([^<]+)</dd>", shown)
                for words in ("Entrées de sa liste", "Leurs empreintes, dans la banque")
            ]
            assert all(found)
            first, second = (one[1] for one in found if one)
            return first, second

        assert take(Item("7/1", both), Item("7/2", (make_signal(2),))) == ("2", "3")
        (bank,) = banks(seen_by=SYSTEM)
        assert bank.asked == 3
        assert take(Item("7/1", (), is_gone=True, version=1)) == ("1", "1")

    def test_who_leads_the_hotline_finds_it_on_their_home(self) -> None:
        assert [one.count for one in of_exchange(LEAD)] == [0]
        make_bad_page()
        assert [one.count for one in of_exchange(LEAD)] == [1]


@pytest.mark.whole
def test_the_demonstration_has_a_past(lead: Client) -> None:
    assert fill({"hotline_lead": LEAD}) == 6
    assert alarms(seen_by=LEAD).count == 2
    assert Contract.objects.filter(why=CutOff.PROBING).count() == 1
    assert Reply.objects.filter(blocked_at__isnull=False).count() > 5
    for one in Contract.objects.all():
        page(lead, f"partners/{UUID(str(one.id))}/")
    for code in SOURCES:
        page(lead, f"sources/{code}/")
