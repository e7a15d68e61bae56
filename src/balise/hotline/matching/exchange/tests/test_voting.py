"""What people decide on is told to the source: once, tried until it has it."""

from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied

from balise.foundation import clock
from balise.foundation.actors import SYSTEM
from balise.foundation.journal.models import Entry as Fact
from balise.hotline.matching.banks.models import Entry
from balise.hotline.matching.exchange.actions import voting
from balise.hotline.matching.exchange.actions.voting import note_match, vote_on_content
from balise.hotline.matching.exchange.doubles.lists import Manner
from balise.hotline.matching.exchange.doubles.sources import Sources
from balise.hotline.matching.exchange.models import Ballot
from balise.hotline.matching.exchange.queries.sources import ballots_due
from balise.hotline.matching.exchange.rules.words import Vote
from balise.hotline.matching.exchange.tasks.voting import (
    send,
    vote_on_contents,
    vote_on_entries,
)
from balise.hotline.matching.exchange.tests.makers import ANALYST, make_entry
from balise.hotline.matching.exchange.tests.test_fetching import follow, listed
from balise.hotline.matching.signals.rules.kinds import Kind

pytestmark = pytest.mark.django_db


def an_entry(server: Sources, code: str = "ncmec") -> int:
    """Follow a source, and return one of its entries."""
    listed(server, code, many=1)
    follow(code)
    return Entry.objects.filter(bank__code=code, kind=Kind.PDQ).values_list("id", flat=True)[0]


def matched(entry: int, distance: int = 0) -> UUID:
    """Let content match an entry; return the content."""
    subject = uuid4()
    note_match(entry=entry, subject=subject, distance=distance, by=SYSTEM)
    return subject


@pytest.mark.parametrize(
    ("code", "reference", "said"),
    [("ncmec", "7/9-0", "affirmative"), ("stopncii", None, "Blocked")],
)
def test_a_verdict_is_told_to_the_source(
    server: Sources, code: str, reference: str | None, said: str
) -> None:
    subject = matched(an_entry(server, code))
    vote_on_content(subject=subject, vote=Vote.AGREES, by=SYSTEM)
    [ballot] = Ballot.objects.all()
    send.func(ballot_id=str(ballot.id))
    told = server.lists[code].votes
    assert [word for _reference, word in told] == [said]
    assert reference in {None, told[0][0]}
    assert Fact.objects.filter(event="hotline.hash-source.vote-sent").count() == 1
    assert ballots_due() == []


def test_it_is_told_once_however_many_contents_match(server: Sources) -> None:
    entry = an_entry(server)
    for _content in range(3):
        vote_on_content(subject=matched(entry), vote=Vote.AGREES, by=SYSTEM)
    assert Ballot.objects.count() == 1


def test_a_source_that_fails_is_told_later(server: Sources) -> None:
    vote_on_content(subject=matched(an_entry(server)), vote=Vote.AGREES, by=SYSTEM)
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
    vote_on_content(subject=matched(an_entry(server)), vote=Vote.AGREES, by=SYSTEM)
    [ballot] = Ballot.objects.all()
    server.lists["ncmec"].manners = {Manner.REFUSING}
    send.func(ballot_id=str(ballot.id))
    ballot.refresh_from_db()
    assert ballot.refused_at is not None
    assert ballot.next_at is None


def test_what_is_near_may_be_another_picture(server: Sources) -> None:
    entry = an_entry(server)
    near, same = matched(entry, distance=20), matched(entry)
    assert vote_on_content(subject=near, vote=Vote.DISAGREES, by=SYSTEM) == 0
    assert vote_on_content(subject=same, vote=Vote.DISAGREES, by=SYSTEM) == 1


def test_an_entry_of_ours_has_no_source() -> None:
    assert not note_match(entry=make_entry(), subject=uuid4(), distance=0, by=SYSTEM)


def test_a_source_that_hears_no_votes_gets_none(server: Sources) -> None:
    subject = matched(an_entry(server, "tat"))
    assert vote_on_content(subject=subject, vote=Vote.AGREES, by=SYSTEM) == 0


def test_a_verdict_that_was_inherited_says_nothing_new(server: Sources) -> None:
    subject = matched(an_entry(server))
    decided = {
        "event": "hotline.content.decided",
        "line": "hotline",
        "subject": subject,
        "at": clock.now(),
        "facts_text": '{"verdict":"illegal"}',
    }
    vote_on_contents([Fact(actor_kind="system", **decided)])
    assert not Ballot.objects.exists()
    vote_on_contents([Fact(actor_kind="staff", **decided)])
    assert Ballot.objects.count() == 1


def test_a_person_who_thinks_over_an_entry_votes(server: Sources) -> None:
    facts = f'{{"entry":{an_entry(server)},"opinion":"negative"}}'
    thought = Fact(actor_kind="staff", subject=uuid4(), facts_text=facts)
    vote_on_entries([thought])
    assert Ballot.objects.get().vote is Vote.DISAGREES


def test_who_may_not(server: Sources) -> None:
    with pytest.raises(PermissionDenied):
        voting.vote_on_entry(entry=an_entry(server), vote=Vote.AGREES, by=ANALYST)
