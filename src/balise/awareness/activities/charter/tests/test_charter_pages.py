"""A family makes its charter without a script: the answers travel in the form."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import get_language, override

from balise.awareness.activities.charter.models import CharterTally, RuleTally
from balise.awareness.activities.charter.rules import carrying, files
from balise.awareness.activities.charter.rules.bank import bank
from balise.awareness.activities.charter.rules.charter import Charter
from balise.awareness.activities.charter.rules.picks import Say
from balise.awareness.activities.charter.web.drawn import Step
from balise.awareness.learning.events.rules import calendars
from balise.foundation import clock
from balise.foundation.journal.models import Entry
from balise.foundation.web.testing import StrictClient

pytestmark = pytest.mark.django_db
MAKE = "/en/charter/make/"


@pytest.fixture(autouse=True)
def _the_language_of_the_next_test_stays() -> Iterator[None]:
    """Pages in English leave their language behind."""
    with override(get_language()):
        yield


def carried(page: str) -> str:
    """Return the charter in the form of a page."""
    return unescape(re.findall(r'name="charter" value="([^"]*)"', page)[0])


def sent(client: StrictClient, before: str, **fields: Any) -> str:
    """Send a step with the charter of the page before; return the page after."""
    answer = client.post(MAKE, {"charter": carried(before) if before else "", **fields})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_family_goes_the_whole_way_without_a_script(client: StrictClient) -> None:
    page = sent(client, "", step="family", go="next", bands=["8-10"], homes="1", aims=["sleep"])
    codes = re.findall(r'name="children" value="([^"]*)"', page)[:3]
    page = sent(client, page, step="choose", go="next", children=codes, parents=codes[:1])
    assert "youth" not in page
    back = sent(client, page, step="turn", go="choose")
    assert files.read(carried(back).encode()) == files.read(carried(page).encode())
    page = sent(client, page, step="turn", go=f"up:{codes[1]}")
    page = sent(client, page, step="turn", go=f"no:{codes[2]}", own="You ask before a photo of me.")
    charter = files.read(carried(page).encode())
    assert (charter.ranked, charter.refused) == ((codes[1], codes[0], "own-1"), (codes[2],))
    page = sent(client, page, step="turn", go="next", **{f"why-{codes[2]}": "My friends play."})
    assert "My friends play." in page
    decided = {f"say-{codes[2]}": "try", f"tries-{codes[2]}": "Not on Fridays", "say-own-1": "keep"}
    page = sent(client, page, step="agree", go="next", **decided)
    assert "Not on Fridays" in page
    assert "You ask before a photo of me." in page
    page = sent(client, page, step="done", go="done", title="The Foxes")
    assert "The Foxes" in page
    again = sent(client, page, step="done", go="choose")  # its form has no title
    assert files.read(carried(again).encode()).title == "The Foxes"
    file = client.post("/en/charter/file/", {"charter": carried(page)})
    assert file["Content-Disposition"] == 'attachment; filename="family-charter.json"'
    assert files.read(file.content).title == "The Foxes"
    assert not Entry.objects.filter(event__startswith="awareness.charter").exists()
    assert not CharterTally.objects.exists()


def test_what_a_child_refuses_stays_refused_when_the_parents_go_back(client: StrictClient) -> None:
    page = sent(client, "", step="family", go="next", bands=["8-10"])
    codes = re.findall(r'name="children" value="([^"]*)"', page)[:2]
    page = sent(client, page, step="choose", go="next", children=codes)
    page = sent(client, page, step="turn", go=f"no:{codes[1]}", own="You ask before a photo of me.")
    page = sent(client, page, step="turn", go="next")
    decided = {f"say-{codes[1]}": "try", "say-own-1": "keep"}  # what the page chose beforehand
    page = sent(client, page, step="agree", go="choose", **decided)
    charter = files.read(carried(page).encode())
    assert (charter.refused, charter.open) == ((codes[1],), (codes[1], "own-1"))


def test_from_two_homes_to_one_no_rule_stays_in_the_second(client: StrictClient) -> None:
    page = sent(client, "", step="family", go="next", bands=["8-10"], homes="2")
    code = re.findall(r'name="children" value="([^"]*)"', page)[0]
    page = sent(client, page, step="choose", go="family", children=[code], **{f"home-{code}": "2"})
    assert files.read(carried(page).encode()).picks[code].home == 2
    page = sent(client, page, step="family", go="next", bands=["8-10"], homes="1")
    page = sent(client, page, step="choose", go="agree", children=[code])
    page = sent(client, page, step="agree", go="next")
    assert files.read(carried(page).encode()).picks[code].home == 0
    assert not re.search(r'data-home="2"\s*>', page)


def test_a_charter_for_another_child_keeps_home_aims_and_what_parents_do(
    client: StrictClient,
) -> None:
    first = ["8-10"]
    page = sent(client, "", step="family", go="next", bands=first, homes="2", aims=["sleep"])
    assert "answer together" in page
    codes = re.findall(r'name="children" value="([^"]*)"', page)[:2]
    page = sent(client, page, step="choose", go="next", children=codes, parents=codes[:1])
    page = sent(client, page, step="turn", go="next", own="You ask before a photo of me.")
    page = sent(client, page, step="agree", go="next", **{"say-own-1": "keep"})
    page = sent(client, page, step="done", go="another")
    assert "How old are the children?" in page
    assert "You ask before a photo of me." not in page
    told = files.read(carried(page).encode()).told()
    assert told["picks"] == [{"code": codes[0], "whom": "parents"}]
    assert (told["bands"], told["homes"], told["aims"]) == ([], 2, ["sleep"])
    page = sent(client, page, step="family", go="next", bands=["14-17"], homes="2", aims=["sleep"])
    assert re.search(rf'name="parents" value="{codes[0]}" checked', page)
    assert not re.search(r'name="children" value="[^"]*" checked', page)


def test_a_calendar_is_drawn_of_trials_and_days_alone(client: StrictClient) -> None:
    """The script sends neither ages nor aims nor words; the days are those of the whole charter."""
    codes = [each.code for each in bank("fr").practices[:2]]
    begun = Charter().profiled(bands=["8-10"], homes=1, aims=["sleep"], is_counted=False)
    begun = begun.choosing(children=codes, parents=[]).vetoed(codes[0]).titled("Les Renards")
    whole = begun.deciding({codes[0]: Say.TRY}, tries={}, today=clock.today())
    whole = whole.finished(today=clock.today())
    trial = {codes[0]: whole.without_words().picks[codes[0]]}
    stripped = replace(whole.without_words(), bands=(), aims=(), picks=trial)
    given = [
        client.post("/en/charter/calendar/", {"charter": files.write(each)}).content
        for each in (whole, stripped)
    ]
    [events, same] = [calendars.read(octets, known={}) for octets in given]
    days = [each.start[:10] for each in events]
    assert days == [each.start[:10] for each in same]
    assert days == [f"{clock.today() + timedelta(days=after)}" for after in (14, 30)]


def test_a_family_that_says_yes_is_counted_once(client: StrictClient) -> None:
    page = sent(client, "", step="family", go="next", bands=["8-10"], isCounted="on")
    codes = re.findall(r'name="children" value="([^"]*)"', page)[:2]
    page = sent(client, page, step="choose", go="agree", children=codes)
    page = sent(client, page, step="agree", go="next", isCounted="on")
    page = sent(client, page, step="done", go="done", title="Again")
    assert set(CharterTally.objects.values_list("what", "band", "times")) == {
        ("started", "8-10", 1),
        ("finished", "8-10", 1),
    }
    assert {*RuleTally.objects.values_list("of", "practice", "times")} == {
        ("chosen", code, 1) for code in codes
    }


def opened(client: StrictClient, octets: bytes) -> Any:
    return client.post("/en/charter/open/", {"file": SimpleUploadedFile("c.json", octets)})


def test_a_charter_is_opened_again_after_a_month_and_what_is_kept_is_counted(
    client: StrictClient,
) -> None:
    charter = Charter().profiled(bands=["8-10"], homes=1, aims=[], is_counted=False)
    codes = [each.code for each in bank("fr").practices[:2]]
    charter = charter.choosing(children=codes, parents=[])
    ago = charter.finished(today=clock.today() - timedelta(days=31))
    page = opened(client, files.write(ago).encode()).content.decode()
    kept = re.findall(r'name="kept" value="([^"]*)"', page)
    page = sent(client, page, step="again", go="next", kept=kept[:1], isCounted="on")
    assert len(re.findall('class="charter-deal"', page)) == len(kept) - 1
    assert CharterTally.objects.get().what == "reopened"
    assert [*RuleTally.objects.values_list("of", "practice")] == [("kept", kept[0])]


@pytest.mark.parametrize(
    ("octets", "says"),
    [
        (b"nothing", "This is not a family charter."),
        (b'{"balise":"charter","version":1,"bands":[', "The end of this file is missing"),
        (b'{"balise":"charter","version":9}', "made with a newer version"),
        (b'{"balise":"charter","version":1}', "damaged"),
        (b" " * 50_000, "too large"),
    ],
)
def test_a_file_that_cannot_be_opened_is_refused_in_clear_words(
    client: StrictClient, octets: bytes, says: str
) -> None:
    answer = opened(client, octets)
    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_rule_that_is_not_known_here_is_said_to_be_left_out(client: StrictClient) -> None:
    known = bank("fr").practices[0].code
    begun = Charter().profiled(bands=["8-10"], homes=1, aims=[], is_counted=False)
    here = begun.choosing(children=[known], parents=[]).finished(today=clock.today())
    elsewhere = here.choosing(children=[known, "of-another-site"], parents=[])
    for charter, is_said in ((here, False), (elsewhere, True)):
        page = opened(client, files.write(charter).encode()).content.decode()
        assert ("not known here" in page) is is_said
        assert re.findall(r'name="kept" value="([^"]*)"', page) == [known]
    text = carrying.write(elsewhere, bank=bank("fr"), with_words=False)
    assert "not known here" in client.post("/en/charter/code/", {"code": text}).content.decode()


def test_a_form_that_is_not_ours_leads_to_the_beginning(client: StrictClient) -> None:
    answer = client.post(MAKE, {"charter": "{", "step": "choose"})
    assert answer.status_code == 422
    assert "This is not a family charter." in answer.content.decode()
    assert client.post("/en/charter/file/", {"charter": "{"}).status_code == 422


def test_a_script_counts_codes_of_the_bank_and_nothing_else(client: StrictClient) -> None:
    said = {"what": "finished", "band": "11-13", "chosen": ["A child’s words", "meals-free"]}
    assert client.post("/en/charter/count/", said).status_code == 204
    assert set(RuleTally.objects.values_list("practice", flat=True)) <= {"meals-free"}
    wrong = {"what": "finished", "band": "a name"}
    assert client.post("/en/charter/count/", wrong).status_code == 422


@pytest.mark.parametrize("step", Step)
def test_a_page_for_the_script_has_every_rule_and_nobodys_choice(
    client: StrictClient, step: Step
) -> None:
    page = client.get(f"/en/charter/steps/{step.value}/").content.decode()
    assert not re.search(r'name="(children|parents|bands|aims|kept)"[^>]*\schecked[\s>]', page)
    if step not in {Step.FAMILY, Step.CHOOSE}:
        assert 'data-code="own-0"' in page
    if step is not Step.FAMILY:
        assert all(f'data-code="{each.code}"' in page for each in bank("fr").practices)
    assert client.get("/en/charter/steps/nothing/").status_code == 404


def test_the_pages_for_the_script_are_light() -> None:
    plain = Client()  # the strict one reads pages, and none that is compressed
    pages = [
        plain.get(f"/fr/charter/steps/{step}/", headers={"Accept-Encoding": "gzip"})
        for step in Step
    ]
    assert {page["Content-Encoding"] for page in pages} == {"gzip"}
    assert sum(len(page.content) for page in pages) < 80_000
