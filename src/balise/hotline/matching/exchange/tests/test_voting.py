"""What people decide on is told to the source: once, tried until it has it."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.models import Entry
from balise.hotline.matching.exchange.actions.voting import vote_on_entry
from balise.hotline.matching.exchange.doubles.lists import Manner
from balise.hotline.matching.exchange.doubles.sources import Sources
from balise.hotline.matching.exchange.models import Ballot
from balise.hotline.matching.exchange.queries import ballots_due
from balise.hotline.matching.exchange.rules.items import Vote
from balise.hotline.matching.exchange.tasks.voting import send, vote_on_judged, vote_on_thought
from balise.hotline.matching.exchange.tests.makers import ANALYST, make_entry
from balise.hotline.matching.exchange.tests.test_fetching import follow, listed
from balise.hotline.matching.signals.rules.kinds import HashKind

pytestmark = pytest.mark.django_db


def an_entry(server: Sources, code: str = "ncmec") -> int:
    """Follow a source, and return one of its entries."""
    listed(server, code, many=1)
    follow(code)
    return Entry.objects.filter(bank__code=code, kind=HashKind.PDQ).values_list("id", flat=True)[0]


@pytest.mark.parametrize(
    ("code", "reference", "said"),
    [("ncmec", "7/9-0", "affirmative"), ("stopncii", None, "Blocked")],
)
def test_a_verdict_is_told_to_the_source(
    server: Sources, code: str, reference: str | None, said: str
) -> None:
    vote_on_entry(entry=an_entry(server, code), vote=Vote.AGREES, by=SYSTEM)
    [ballot] = Ballot.objects.all()
    send.func(ballot_id=str(ballot.id))
    told = server.lists[code].votes
    assert [word for _reference, word in told] == [said]
    assert reference in {None, told[0][0]}
    assert Fact.objects.filter(event="hotline.hash-source.vote-sent").count() == 1
    assert ballots_due() == []


def test_it_is_told_once_however_many_contents_match(server: Sources) -> None:
    entry = an_entry(server)
    for distance in range(3):
        vote_on_entry(entry=entry, vote=Vote.AGREES, distance=distance, by=SYSTEM)
    assert Ballot.objects.count() == 1


def test_a_source_that_fails_is_told_later(server: Sources) -> None:
    vote_on_entry(entry=an_entry(server), vote=Vote.AGREES, by=SYSTEM)
    [ballot] = Ballot.objects.all()
    server.lists["ncmec"].manners = {Manner.FAILING}
    send.func(ballot_id=str(ballot.id))
    assert ballots_due() == []
    server.lists["ncmec"].manners.clear()
    ballot.refresh_from_db()
    assert ballot.next_at is not None
    with clock.at(ballot.next_at):
        assert ballots_due() == [ballot.id]
        send.func(ballot_id=str(ballot.id))
    assert len(server.lists["ncmec"].votes) == 1


def test_a_source_that_refuses_is_not_told_again(server: Sources) -> None:
    vote_on_entry(entry=an_entry(server), vote=Vote.AGREES, by=SYSTEM)
    [ballot] = Ballot.objects.all()
    server.lists["ncmec"].manners = {Manner.REFUSING}
    send.func(ballot_id=str(ballot.id))
    ballot.refresh_from_db()
    assert ballot.refused_at is not None
    assert ballot.next_at is None


def test_what_is_near_may_be_another_picture(server: Sources) -> None:
    entry = an_entry(server)
    assert not vote_on_entry(entry=entry, vote=Vote.DISAGREES, distance=20, by=SYSTEM)
    assert vote_on_entry(entry=entry, vote=Vote.DISAGREES, by=SYSTEM)


def test_an_entry_of_ours_has_no_source() -> None:
    assert not vote_on_entry(entry=make_entry(), vote=Vote.AGREES, by=SYSTEM)


def test_a_source_that_hears_no_votes_gets_none(server: Sources) -> None:
    assert not vote_on_entry(entry=an_entry(server, "tat"), vote=Vote.AGREES, by=SYSTEM)


@pytest.mark.parametrize(
    ("opinion", "distance", "said"),
    [
        ("positive", 12, [Vote.AGREES]),
        ("negative", 0, [Vote.DISAGREES]),
        ("negative", 12, []),
        ("seed", 0, []),
    ],
)
def test_what_a_person_opened_and_decided_is_a_vote_on_what_it_matched(
    server: Sources, opinion: str, distance: int, said: list[Vote]
) -> None:
    facts = f'{{"entry":{an_entry(server)},"distance":{distance},"opinion":"{opinion}"}}'
    vote_on_judged([Fact(actor_kind="system", subject=uuid4(), facts_text=facts)])
    assert [one.vote for one in Ballot.objects.all()] == said


def test_a_person_who_thinks_over_an_entry_votes_and_the_centre_does_not(server: Sources) -> None:
    facts = f'{{"entry":{an_entry(server)},"opinion":"negative"}}'
    vote_on_thought([Fact(actor_kind="system", subject=uuid4(), facts_text=facts)])
    assert not Ballot.objects.exists()
    vote_on_thought([Fact(actor_kind="staff", subject=uuid4(), facts_text=facts)])
    assert Ballot.objects.get().vote is Vote.DISAGREES


def test_who_may_not(server: Sources) -> None:
    with pytest.raises(PermissionDenied):
        vote_on_entry(entry=an_entry(server), vote=Vote.AGREES, by=ANALYST)
