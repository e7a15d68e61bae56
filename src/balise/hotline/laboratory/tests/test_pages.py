"""Each page, for anyone with the code, without it, without a script, and for the team."""

import re
from http import HTTPStatus

import pytest
from django.test import Client
from django.utils.translation import override

from balise.foundation.accounts.queries import actor_of
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.encryption.worded import Receipt, new_receipt, shown
from balise.helpline.cases.models import Referral
from balise.hotline.laboratory.actions import hearing
from balise.hotline.laboratory.models import Case, Dispute, Heard, Item, Partner
from balise.hotline.laboratory.rules.standing import CaseState, Ground, ItemState, Said
from balise.hotline.laboratory.tests.makers import (
    given,
    hex_of,
    make_case,
    make_disputed,
    make_draft,
    make_lead,
    work_off,
)
from balise.hotline.reports.models import Report

pytestmark = pytest.mark.django_db

LAB, CHOOSE, SEND = "/en/lab/", "/en/lab/choose/", "/en/lab/send/"
FOLLOW, STAFF = "/en/lab/follow/", "/staff/hotline/lab/"


def hidden(client: Client, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', client.get(CHOOSE).text)
    assert found is not None
    return found[1]


def ticket_on(page: str) -> dict[str, str]:
    """Return the field that says of which code a page is."""
    found = re.search(r'name="ticket" value="([^"]*)"', page)
    assert found is not None
    return {"ticket": found[1]}


def enter(client: Client, receipt: Receipt) -> str:
    return client.post(FOLLOW, {"code": shown(receipt)}, follow=True).text


def test_the_age_comes_first_and_is_a_link(client: Client) -> None:
    page = client.get(LAB).text
    assert '<a class="lab-age" href="/en/lab/young/">' in page
    assert '<a class="lab-age" href="/en/lab/choose/">' in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_who_begins_again_is_told_of_the_code_that_is_open(client: Client) -> None:
    told = "A code is open in this browser"
    assert told not in client.get(LAB).text
    _case, receipt = make_case()
    enter(client, receipt)
    assert told in client.get(LAB).text
    client.post("/en/lab/leave/")
    assert told not in client.get(LAB).text


def test_without_a_script_it_says_that_it_cannot_and_whom_to_call(client: Client) -> None:
    page = client.get(CHOOSE).text
    assert re.search(r'<form id="lab"[^>]*\shidden', page)
    before = page.split('<form id="lab"')[0]
    assert "tel:3018" in before
    assert "/en/report/" in before


def test_no_field_can_send_a_file_or_its_name(client: Client) -> None:
    (field,) = re.findall(r'<input type="file"[^>]*>', client.get(CHOOSE).text)
    assert "name=" not in field
    assert "multipart" not in client.get(CHOOSE).text


def test_a_form_is_sent_and_followed_in_this_browser_for_a_while(client: Client) -> None:
    fields = {"ticket": hidden(client, "ticket"), "prints": given("a boat"), "claim": "on"}
    answer = client.post(SEND, fields | {"go": "send", "links": "https://pictures.example/1"})
    assert answer["Location"] == FOLLOW
    cookie = answer.cookies["lab"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 900)
    page = client.get(FOLLOW).text
    assert "https://pictures.example/1" in page
    assert hex_of("a boat") not in page
    assert client.post(SEND, fields | {"go": "send"})["Location"] == FOLLOW
    assert (Case.objects.count(), Report.objects.count()) == (1, 1)


def test_what_is_refused_keeps_what_was_computed(client: Client) -> None:
    fields = {"ticket": hidden(client, "ticket"), "prints": given("a boat"), "go": "send"}
    answer = client.post(SEND, fields)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert hex_of("a boat") in answer.text
    assert fields["ticket"].split(":")[0] in answer.text
    answer = client.post(SEND, fields | {"claim": "on", "links": "chez lui"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Case.objects.exists()


@pytest.mark.safety
def test_who_writes_of_a_danger_where_an_address_goes_reads_whom_to_call(client: Client) -> None:
    fields = {"ticket": hidden(client, "ticket"), "prints": given("a boat"), "claim": "on"}
    calm = client.post(SEND, fields | {"go": "send", "links": "chez lui"})
    told = client.post(SEND, fields | {"go": "send", "links": "je veux mourir ce soir"})
    assert told.status_code == calm.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Someone in danger now?" in told.text
    assert 'href="tel:3114"' in told.text
    assert "Someone in danger now?" not in calm.text
    assert not Case.objects.exists()


@pytest.mark.parametrize("prints", ["", "[]", "{", given("a boat").replace("pdq", "name")])
def test_what_is_no_list_is_refused(client: Client, prints: str) -> None:
    answer = client.post(SEND, {"prints": prints, "claim": "on", "go": "send"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert not Case.objects.exists()


def test_someone_stops_and_comes_back_with_the_code(client: Client) -> None:
    fields = {"ticket": hidden(client, "ticket"), "prints": given("a boat"), "go": "save"}
    page = client.post(SEND, fields, follow=True).text
    assert "1 fingerprint waits" in page
    code = re.search(r'id="code">([^<]+)<', page)
    assert code is not None
    other = Client()
    page = other.post(FOLLOW, {"code": code[1].lower().replace("-", " ")}, follow=True).text
    assert "1 fingerprint waits" in page
    ticket = re.search(r'name="ticket" value="([^"]*)"', page)
    assert ticket is not None
    answer = other.post(SEND, {"ticket": ticket[1], "go": "send"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert other.post(SEND, {"ticket": ticket[1], "go": "send", "claim": "on"})["Location"]
    assert Case.objects.get().stands is CaseState.SENT


def test_a_code_that_opens_nothing_is_refused_and_a_lost_one_explained(client: Client) -> None:
    for code in ("hello", shown(new_receipt())):
        answer = client.post(FOLLOW, {"code": code})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert "Code lost?" in answer.text


def test_the_code_leaves_the_device(client: Client) -> None:
    enter(client, make_case()[1])
    answer = client.post("/en/lab/leave/")
    assert answer.cookies["lab"].value == ""
    assert "Your code" in client.get(FOLLOW).text
    assert client.post("/en/lab/withdraw/").status_code == HTTPStatus.FORBIDDEN


def test_each_answer_of_a_partner_is_said(client: Client) -> None:
    case, receipt = make_case("a boat", "a tree")
    first, second = case.items.all()
    at = case.began_at
    for name, holds in (("Ondine", True), ("Volubile", False)):
        Partner.objects.create(name=name, holds=holds)
    more = {"said": Said.BLOCKED, "turn": 4, "count": 2, "blocked_at": at}
    Heard.objects.create(
        item=first, partner=Partner.objects.get(name="Ondine").id, name="Ondine", at=at, **more
    )
    page = enter(client, receipt)
    ticket = ticket_on(page)
    assert "Blocked 2 times" in page
    assert "A mirrored copy" in page
    assert "It asks when a picture comes" in page
    client.post("/en/lab/withdraw/", ticket | {"item": str(first.id)})
    work_off(case)
    assert "Partners that confirmed: 0 of 1" in client.get(FOLLOW).text
    assert Item.objects.get(id=second.id).stands is ItemState.ACTIVE


def test_what_cannot_be_undone_is_asked_before(client: Client) -> None:
    """Each button that ends a protection stands in a fold of its own, which says what follows."""

    def asked(page: str) -> list[str]:
        return [
            fold.split("</summary>")[1]
            for fold in re.findall(r"<details.*?</details>", page.split("<main")[1], re.DOTALL)
            if 'action="/en/lab/withdraw/"' in fold
        ]

    case, receipt = make_case("a boat", "a tree")
    page = enter(client, receipt)
    assert len(asked(page)) == 3
    assert page.count('action="/en/lab/withdraw/"') == 3
    assert all("This cannot be undone" in fold for fold in asked(page))
    client.post("/en/lab/withdraw/", ticket_on(page))
    page = client.get(FOLLOW).text
    assert "All is being withdrawn" in page
    assert "can be sent again later" not in page
    assert asked(page) == []
    work_off(case)
    page = client.get(FOLLOW).text
    assert "All is withdrawn" in page
    assert "No partner has answered about it" in page
    (fold,) = asked(enter(client, make_draft()))
    assert "This cannot be undone" in fold


def test_a_page_of_another_tab_withdraws_nothing_of_this_one(client: Client) -> None:
    case, _receipt = make_case()
    ticket = ticket_on(enter(client, make_case("a tree")[1]))
    answer = client.post("/en/lab/withdraw/", ticket | {"item": str(case.items.get().id)})
    assert answer.status_code == HTTPStatus.FORBIDDEN
    assert case.items.get().stands is ItemState.ACTIVE
    answer = client.post("/en/lab/withdraw/", ticket | {"item": "x"})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_all_of_another_tab_takes_nothing_back_and_says_which_code_is_open(client: Client) -> None:
    older, first = make_case("a boat", "a gull")
    newer, second = make_case("a tree", "a jetty")
    ticket = ticket_on(enter(client, first))
    enter(client, second)
    for fields in (ticket, {}, {"ticket": "x"}):
        answer = client.post("/en/lab/withdraw/", fields)
        assert answer.status_code == HTTPStatus.CONFLICT
        assert "Nothing was changed" in answer.text
        assert shown(second) in answer.text
    for case in (older, newer):
        assert {item.stands for item in case.items.all()} == {ItemState.ACTIVE}
    client.post("/en/lab/withdraw/", ticket_on(enter(client, first)))
    assert {item.stands for item in older.items.all()} == {ItemState.LEAVING}


def test_someone_says_later_where_it_was_seen(client: Client) -> None:
    ticket = ticket_on(enter(client, make_case()[1]))
    answer = client.post("/en/lab/links/", ticket | {"links": "at his place"})
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    client.post("/en/lab/links/", ticket | {"links": "https://pictures.example/1"})
    page = client.get(FOLLOW).text
    assert "Removal request 1" in page
    code = re.search(r'name="code" value="([^"]*)"', page)
    assert code is not None
    assert client.post("/en/follow/", {"code": code[1]})["Location"] == "/en/follow/"


def test_a_second_address_is_not_lost(client: Client) -> None:
    """Two tabs of one case: the second has its address, and is told where to write it."""
    ticket = ticket_on(enter(client, make_case()[1]))
    client.post("/en/lab/links/", ticket | {"links": "https://pictures.example/1"})
    again = client.post("/en/lab/links/", ticket | {"links": "https://pictures.example/1"})
    assert again["Location"] == FOLLOW
    for typed, said in (
        ("https://pictures.example/2", "A report is open already"),
        ("at his place", "at his place: "),
    ):
        answer = client.post("/en/lab/links/", ticket | {"links": typed})
        assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
        assert re.search(rf'<textarea[^>]*id="id_links"[^>]*>\s*{typed}</textarea>', answer.text)
        assert said in answer.text


def test_what_is_typed_in_another_tab_goes_to_no_other_case_and_is_given_back(
    client: Client,
) -> None:
    _item, disputed, dispute = make_disputed(make_lead())
    ticket = ticket_on(enter(client, disputed))
    enter(client, make_case("a tree")[1])
    said = {"links": "https://pictures.example/1", "text": "It is me, at home."}
    for path, field in (("links/", "links"), (f"answer/{dispute}/", "text")):
        answer = client.post(f"/en/lab/{path}", ticket | {field: said[field]})
        assert answer.status_code == HTTPStatus.CONFLICT
        assert f"<bdi>{said[field]}</bdi>" in answer.text
    assert not Report.objects.exists()
    assert Dispute.objects.get().answered_at is None


def test_a_dispute_is_asked_and_answered_on_the_page(client: Client) -> None:
    _item, receipt, dispute = make_disputed(make_lead())
    page = enter(client, receipt)
    assert "Picture 1 is stopped: a question" in page
    fields = ticket_on(page) | {"text": "It is me, at home."}
    client.post(f"/en/lab/answer/{dispute}/", fields)
    assert "The team reads the answer" in client.get(FOLLOW).text
    again = client.post(f"/en/lab/answer/{dispute}/", fields | {"text": "Me."})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY


def test_a_draft_can_be_chosen_again(client: Client) -> None:
    receipt = make_draft()
    assert "All has to be chosen again" not in client.get(CHOOSE).text
    enter(client, receipt)
    page = client.get(CHOOSE).text
    assert "1 fingerprint waits under your code. What you send or save here takes its" in page
    fields = {"ticket": hidden(client, "ticket"), "prints": given("a tree"), "go": "save"}
    client.post(SEND, fields)
    Partner.objects.create(name="Ondine", holds=True)
    assert Case.objects.count() == 1
    client.post("/en/lab/withdraw/", ticket_on(client.get(FOLLOW).text) | {"draft": "on"})
    page = client.get(FOLLOW).text
    assert "All is withdrawn" in page
    assert "It gets the list" not in page
    assert "No platform compares" not in page
    assert "I have saved my code" not in page
    assert "Erase the code from this device" in page


def test_a_draft_that_was_sent_in_another_tab_is_not_deleted(client: Client) -> None:
    ticket = ticket_on(enter(client, make_draft()))
    client.post(SEND, ticket | {"go": "send", "claim": "on"})
    answer = client.post("/en/lab/withdraw/", ticket | {"draft": "on"})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "It was sent meanwhile" in answer.text
    assert Item.objects.get().stands is ItemState.SENT


@pytest.mark.parametrize("first", ["sent", "deleted"])
def test_what_another_tab_chose_is_not_said_to_be_sent(client: Client, first: str) -> None:
    """Two tabs choose again under one draft; the second one to come is asked, and loses nothing."""
    page = enter(client, make_draft())
    fields = {"ticket": hidden(client, "ticket"), "claim": "on", "go": "send"}
    if first == "sent":
        client.post(SEND, fields | {"prints": given("a tree")})
    else:
        client.post("/en/lab/withdraw/", ticket_on(page) | {"draft": "on"})
    answer = client.post(SEND, fields | {"prints": given("a gull", "a jetty")})
    assert answer.status_code == HTTPStatus.CONFLICT
    assert "These fingerprints have not left" in answer.text
    assert hex_of("a gull") in answer.text
    again = fields | {"prints": given("a gull", "a jetty")} | ticket_on(answer.text)
    assert client.post(SEND, again)["Location"] == FOLLOW
    assert Item.objects.count() == (3 if first == "sent" else 2)


def test_a_minor_is_led_to_people_and_can_ask_to_be_called(client: Client) -> None:
    page = client.get("/fr/lab/young/").text
    assert "tel:3018" in page
    assert "https://takeitdown.ncmec.org/" in page
    origin = re.search(r'name="origin" value="([^"]*)"', page)
    assert origin is not None
    fields = {"origin": origin[1], "contact": "06 00 00 00 00", "age_band": "13-14"}
    assert client.post("/fr/lab/young/", {}).status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    answer = client.post("/fr/lab/young/", fields, follow=True)
    assert answer.redirect_chain == [("/fr/lab/young/asked/", HTTPStatus.FOUND)]
    assert Referral.objects.get().is_child


def test_the_team_decides_without_a_picture(client: Client) -> None:
    lead = actor_of(sign_in(client, make_account("hotline_lead", name="Ariane")))
    item, _receipt, dispute = make_disputed(lead)
    with override("fr"):
        assert str(Ground.PUBLIC.label) in client.get(STAFF).text
    url = f"{STAFF}{item.case_id}/"
    page = client.get(url).text
    assert hex_of("a boat") not in page
    assert "<img" not in page.split("<main")[1].split("</main>")[0]
    assert client.post(f"{url}disputes/{dispute}/", {}).status_code == 422
    assert client.post(f"{url}disputes/{dispute}/", {"outcome": "released"})["Location"] == url
    fields = {"ground": "mark", "source": "staff"}
    assert client.post(f"{url}{item.id}/dispute/", fields)["Location"] == url
    refused = client.post(f"{url}{item.id}/dispute/", fields)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert Dispute.objects.filter(outcome="").count() == 1


def test_others_of_the_team_are_refused(client: Client) -> None:
    item, _receipt, dispute = make_disputed(make_lead())
    sign_in(client, make_account("listener", name="Camille"))
    url = f"{STAFF}{item.case_id}/"
    for path in (STAFF, url):
        assert client.get(path).status_code == HTTPStatus.FORBIDDEN
    answer = client.post(f"{url}disputes/{dispute}/", {"outcome": "stopped"})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_a_reference_of_others_is_passed() -> None:
    hearing.hear(reference="their-own-7")
    hearing.hear(reference=str(new_receipt()))
    assert not Heard.objects.exists()
