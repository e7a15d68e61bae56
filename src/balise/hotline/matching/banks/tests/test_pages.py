"""The staff pages of banks: what they show, what they change, and no hash anywhere."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.hotline.matching.banks.actions import keeping
from balise.hotline.matching.banks.actions.looking import look_up
from balise.hotline.matching.banks.models import Bank, Entry, LookUp
from balise.hotline.matching.banks.rules.deciding import EntryState, Opinion
from balise.hotline.matching.banks.tests.makers import (
    ANALYST,
    make_bank,
    make_entry,
    make_signal,
    make_value,
    moved,
)
from balise.hotline.matching.signals.rules.kinds import HashKind

pytestmark = pytest.mark.django_db

HEX = make_value(1).hex()


def page(client: Client, name: str, /, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"staff:banks:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def press(client: Client, name: str, /, *args: object, **given: str) -> int:
    return client.post(reverse(f"staff:banks:{name}", args=args), given).status_code


def seen_on(client: Client, bank: Bank) -> str:
    """Return the number of the terms that the page of a bank shows."""
    found = re.search(r'name="seen" value="(\d+)"', page(client, "bank", bank.id))
    assert found is not None
    return found[1]


class TestLookUpByHand:
    def test_a_fingerprint_is_looked_up_and_the_reason_said(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        make_entry(make_signal(1))
        shown = client.post(
            reverse("staff:banks:look-up"),
            {"kind": "pdq", "value": moved(make_value(1), 4).hex()},
            follow=True,
        ).content.decode()

        assert "Contenu connu." in shown
        assert LookUp.objects.get().hits == 1
        assert moved(make_value(1), 4).hex() not in shown

    @pytest.mark.parametrize("value", [f"  {HEX} ", f"0x{HEX}", f"{HEX[:32]} {HEX[32:]}"])
    def test_a_paste_is_read_whole(self, client: Client, value: str) -> None:
        sign_in(client, make_account("analyst"))
        make_entry(make_signal(1))
        assert "maxlength" not in page(client, "look-up").split('name="value"')[1].split(">")[0]
        assert press(client, "look-up", kind="pdq", value=value) == 302
        assert LookUp.objects.get().hits == 1

    def test_a_digit_too_many_is_refused_with_how_many_there_are(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        given = {"kind": "pdq", "value": f"{HEX}0"}
        answer = client.post(reverse("staff:banks:look-up"), given)
        assert answer.status_code == 422
        assert "Chiffres donnés\u202f: 65." in answer.content.decode()

    def test_a_match_says_whether_the_picture_without_its_bars_had_it(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        make_entry(make_signal(1))
        with translation.override("fr"):
            words = translation.pgettext("fingerprint", "without its bars")
        for is_trimmed in (False, True):
            signals = [make_signal(5), make_signal(1)._replace(is_trimmed=is_trimmed)]
            answer = look_up(signals=signals, by=ANALYST)
            assert (words in page(client, "why", answer.id)) is is_trimmed

    def test_it_is_asked_again_as_of_its_day(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        make_entry(make_signal(1))
        press(client, "look-up", kind="pdq", value=moved(make_value(1), 40).hex())
        address = reverse("staff:banks:why", args=[LookUp.objects.get().id])
        first = client.get(address).content.decode()
        again = client.post(address).content.decode()

        assert "Rien ne concorde." in first
        assert "Le résultat est le même." in again
        assert "Plus éloignée que la distance de sa banque" in again

    @pytest.mark.parametrize("value", [HEX[:-1], f"0x{HEX[2:]}", HEX[:32] + " " + HEX[33:], "x"])
    def test_what_is_no_fingerprint_is_refused_and_not_shown_again(
        self, client: Client, value: str
    ) -> None:
        sign_in(client, make_account("analyst"))
        answer = client.post(reverse("staff:banks:look-up"), {"kind": "pdq", "value": value})

        assert answer.status_code == 422
        assert "n’est pas une empreinte" in answer.content.decode()
        assert f'value="{value}"' not in answer.content.decode()


class TestBanks:
    def test_a_lead_makes_a_bank_and_turns_it_off(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        assert press(client, "add", code="x", name="Banque", labels="a, b, a", distance="12") == 302
        bank = Bank.objects.get()
        assert (bank.labels, bank.distance, bank.is_on) == (["a", "b"], 12, True)

        seen = seen_on(client, bank)
        assert press(client, "bank", bank.id, distance="12", is_negative="on", seen=seen) == 302
        bank.refresh_from_db()
        assert (bank.is_negative, bank.is_on) == (True, False)
        assert "Banque" in page(client, "banks")

    def test_an_older_page_changes_nothing_and_says_what_changed(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        make_bank(distance=31)
        bank = Bank.objects.get()
        older = seen_on(client, bank)
        assert press(client, "bank", bank.id, distance="31", seen=older) == 302

        given = {"distance": "12", "is_on": "on", "seen": older}
        address = reverse("staff:banks:bank", args=[bank.id])
        answer = client.post(address, given)
        shown = answer.content.decode()

        assert answer.status_code == 409
        bank.refresh_from_db()
        assert (bank.is_on, bank.distance) == (False, 31)
        assert "La banque n’est plus active." in shown
        assert "La distance est maintenant" not in shown
        assert re.search(r'name="distance" value="12"', shown)
        assert re.search(r'name="is_on"[^>]*checked', shown)

        again = re.search(r'name="seen" value="(\d+)"', shown)
        assert again is not None
        assert press(client, "bank", bank.id, distance="12", seen=again[1]) == 302
        bank.refresh_from_db()
        assert (bank.is_on, bank.distance) == (False, 12)
        assert press(client, "bank", bank.id, distance="13") == 422
        assert press(client, "bank", bank.id, distance="13", seen="0") == 409

    def test_a_code_that_is_there_is_said(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        make_bank("x")
        assert press(client, "add", code="x", name="Banque", distance="12") == 422

    def test_entries_are_found_by_their_reference_alone(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        make_bank()
        keeping.add(
            bank="known",
            signals=[make_signal(1)],
            opinion=Opinion.POSITIVE,
            reference="case 17",
            by=ANALYST,
        )
        bank, entry = Bank.objects.get(), Entry.objects.get()
        link = reverse("staff:banks:entry", args=[entry.id])

        assert link not in page(client, "bank", bank.id)
        assert link in page(client, "bank", bank.id, reference="case 17")
        assert link not in page(client, "bank", bank.id, reference="case")
        assert HEX not in page(client, "entry", entry.id)


class TestEntries:
    def test_each_button_does_what_it_says(self, client: Client) -> None:
        sign_in(client, make_account("hotline_lead"))
        (entry,) = make_entry(make_signal(1))

        def standing() -> EntryState:
            return Entry.objects.get().stands

        keeping.quarantine(entry=entry, many=60)
        assert reverse("staff:banks:entry", args=[entry]) in page(client, "quarantine")
        press(client, "release", entry)
        assert standing() is EntryState.ON
        press(client, "hold", entry)
        assert standing() is EntryState.OFF
        press(client, "opine", entry, opinion="disputed")
        assert Entry.objects.get().thinks is Opinion.DISPUTED
        press(client, "withdraw", entry)
        assert standing() is EntryState.WITHDRAWN
        assert page(client, "entry", entry)

    def test_an_entry_that_is_not_there_is_404(self, client: Client) -> None:
        sign_in(client, make_account("analyst"))
        assert client.get(reverse("staff:banks:entry", args=[404])).status_code == 404


PLACES: dict[str, Callable[[], str]] = {
    "banks": lambda: reverse("staff:banks:banks"),
    "quarantine": lambda: reverse("staff:banks:quarantine"),
    "look-up": lambda: reverse("staff:banks:look-up"),
    "add": lambda: reverse("staff:banks:add"),
}


@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
def test_a_listener_sees_nothing(client: Client, place: Callable[[], str]) -> None:
    sign_in(client, make_account("listener"))
    make_entry(make_signal(1, kind=HashKind.MD5))
    assert client.get(place()).status_code == 403
