"""One pick, many taxonomies: each mapping both ways, on each side of each change."""

from datetime import UTC, date, datetime, timedelta

import pytest

from balise.helpline.contacts.rules import blocking
from balise.helpline.contacts.rules.blocking import BlockOver, BlockState, NotKnownAgain
from balise.helpline.contacts.rules.kinds import contact_kinds
from balise.helpline.contacts.rules.taxonomies import TopicUnknown, taxonomies

DAYS = [date(2023, 3, 31), date(2023, 4, 1), date(2026, 11, 24)]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("to", ["chi", "insafe", "dsa", "school"])
def test_a_topic_goes_there_and_comes_back(to: str, on: date) -> None:
    lists = taxonomies("fr", on)
    for topic in lists.topics:
        code = lists.map(topic.code, to=to)
        assert not code or topic.code in lists.back(code, of=to)
    for code in (each.code for each in lists.editions[to].codes):
        assert all(lists.map(topic, to=to) == code for topic in lists.back(code, of=to))


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("to", ["chi", "insafe", "school"])
def test_every_code_of_another_list_is_reached(to: str, on: date) -> None:
    assert taxonomies("fr", on).loss(to).unreached == ()


def test_insafe_has_sixteen_categories_until_march_2023() -> None:
    before, after = taxonomies("fr", DAYS[0]), taxonomies("fr", DAYS[1])
    assert len(before.editions["insafe"].codes) == 16
    assert before.map("sextortion", to="insafe") == "sextortion"
    assert after.map("sextortion", to="insafe") == "sexual-coercion"
    assert after.editions["insafe"].to_verify


def test_a_topic_that_is_none_is_refused() -> None:
    with pytest.raises(TopicUnknown):
        taxonomies("fr", DAYS[2]).map("nothing", to="chi")


def test_who_says_nothing_gets_words_and_no_block() -> None:
    silent = next(kind for kind in contact_kinds("fr") if kind.code == "silent")
    assert silent.is_supportive
    assert silent.phrases
    assert not silent.is_blockable


def test_a_block_needs_something_to_know_them_again_by() -> None:
    blocking.check_bearer("blind")
    with pytest.raises(NotKnownAgain):
        blocking.check_bearer("")


def test_nobody_agrees_to_a_block_that_is_over() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=UTC)
    later = noon + timedelta(minutes=1)
    blocking.check_goes_on(state=BlockState.PROPOSED, ends_at=later, at=noon)
    for state, ends_at in ((BlockState.PROPOSED, noon), (BlockState.LIFTED, later)):
        with pytest.raises(BlockOver):
            blocking.check_goes_on(state=state, ends_at=ends_at, at=noon)
