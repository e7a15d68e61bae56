"""Lines of a file that say the same as another, and what is kept of those that were sent."""

import pytest

from balise.hotline.desk.actions import preparing, sending
from balise.hotline.desk.models import Draft
from balise.hotline.desk.queries import drafts
from balise.hotline.desk.rules.words import DraftState, NothingToSend
from balise.hotline.desk.tests.makers import make_cells, make_csv, make_member
from balise.hotline.reports.models import Report

pytestmark = pytest.mark.django_db


def test_a_file_that_is_brought_twice_makes_nothing_new() -> None:
    member = make_member()
    twice = [make_cells(address=f"https://a.example/{number}") for number in (1, 2, 3)]
    content = make_csv(*twice, make_cells(address="A.example/2"))
    first, second = (preparing.prepare_file(content=content, by=member) for _ in range(2))

    sent = sending.send_batch(batch_id=first, by=member)
    with pytest.raises(NothingToSend):  # read before the first was sent
        sending.send_batch(batch_id=second, by=member)

    third = preparing.prepare_file(content=content, by=member)
    assert sent.sent == Report.objects.count() == 3
    for batch_id in (second, third):
        opened = drafts.batch(batch_id, seen_by=member)
        assert opened is not None
        states = [one.state for one in opened.drafts]
        assert states == [DraftState.KNOWN] * 3 + [DraftState.SAME]
        assert all(one.report for one in opened.drafts[:3])


@pytest.mark.parametrize("act", ["drop", "revise"])
def test_a_line_that_goes_leaves_its_place_to_the_next_of_the_same(act: str) -> None:
    member = make_member()
    batch_id = preparing.prepare_file(content=make_csv(*[make_cells()] * 3), by=member)
    first = Draft.objects.get(batch=batch_id, number=2)

    if act == "drop":
        preparing.drop(draft_id=first.id, by=member)
    else:
        preparing.revise(
            draft_id=first.id, cells=make_cells(address="https://b.example/"), by=member
        )

    kept = Draft.objects.filter(batch=batch_id).exclude(id=first.id).order_by("number")
    assert [(one.state, one.same_as) for one in kept] == [("ready", None), ("same", 3)]


def test_a_line_that_becomes_the_same_as_another_says_so() -> None:
    member = make_member()
    lines = make_csv(make_cells(), make_cells(address="https://b.example/"))
    batch_id = preparing.prepare_file(content=lines, by=member)
    last = Draft.objects.get(batch=batch_id, number=3)

    assert preparing.revise(draft_id=last.id, cells=make_cells(), by=member) is DraftState.SAME
    assert Draft.objects.get(id=last.id).same_as == 2


def test_of_a_line_that_was_sent_only_where_it_was_is_kept() -> None:
    member = make_member()
    batch_id = preparing.prepare_file(content=make_csv(make_cells()), by=member)

    sending.send_batch(batch_id=batch_id, by=member)

    opened = drafts.batch(batch_id, seen_by=member)
    assert opened is not None
    assert opened.drafts[0].where == make_cells()["address"]
    assert not {"description", "identities", "context", "reference"} & opened.drafts[0].cells.keys()
