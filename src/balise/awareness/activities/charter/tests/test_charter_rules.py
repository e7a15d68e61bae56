"""A charter is agreed, tried and read again, without a database."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, strategies as st

from balise.awareness.activities.charter.rules import files
from balise.awareness.activities.charter.rules.charter import (
    SEVERAL,
    Charter,
    CharterDamaged,
    CharterNewer,
    NoCharter,
)
from balise.awareness.activities.charter.rules.picks import By, Pick, Say, Standing, Whom

TODAY = date(2026, 11, 27)
CODES = ("sleep-basket", "meals-free", "play-together", "hour-before")


def chosen(children: tuple[str, ...] = CODES, parents: tuple[str, ...] = CODES[:1]) -> Charter:
    """Return a charter in which the parents chose rules."""
    begun = Charter().profiled(bands=["8-10"], homes=1, aims=["sleep"], is_counted=False)
    return begun.choosing(children=children, parents=parents)


def test_parents_choose_for_the_children_and_for_themselves() -> None:
    charter = chosen(parents=("sleep-basket", "phone-away"))
    assert charter.picks["sleep-basket"].whom is Whom.BOTH
    assert charter.picks["meals-free"].whom is Whom.CHILDREN
    assert charter.picks["phone-away"] == Pick(whom=Whom.PARENTS)


def test_in_one_home_no_rule_holds_in_the_second() -> None:
    two = chosen().profiled(bands=["8-10"], homes=2, aims=[], is_counted=False)
    two = two.choosing(children=CODES, parents=[], homes={CODES[0]: 2})
    assert (
        two.profiled(bands=["8-10"], homes=2, aims=[], is_counted=False).picks[CODES[0]].home == 2
    )
    one = two.profiled(bands=["8-10"], homes=1, aims=[], is_counted=False)
    assert {pick.home for pick in one.picks.values()} == {0}


def test_another_child_begins_with_what_the_parents_commit_to_and_no_more() -> None:
    first = chosen(parents=(CODES[0], CODES[1], "phone-away")).titled("Les Renards")
    first = first.profiled(bands=["8-10"], homes=2, aims=["sleep"], is_counted=True)
    turned = first.vetoed(CODES[0]).vetoed(CODES[1]).vetoed(CODES[2]).saying("Une idée à moi")
    said = {CODES[0]: Say.TRY, CODES[1]: Say.DROP, "own-1": Say.KEEP}
    done = turned.deciding(said, tries={CODES[0]: "Demain"}, today=TODAY).finished(today=TODAY)
    other = done.once_counted("started").for_another_child()
    assert other == Charter(
        homes=2,
        aims=("sleep",),
        picks={CODES[0]: Pick(whom=Whom.PARENTS), "phone-away": Pick(whom=Whom.PARENTS)},
    )


def test_what_the_child_proposes_stays_when_the_parents_choose_again() -> None:
    charter = chosen().proposing("games-chosen").saying("On demande avant une photo de moi.")
    again = charter.choosing(children=["meals-free"], parents=[])
    assert set(again.picks) == {"meals-free", "games-chosen", "own-1"}
    assert again.picks["own-1"].by is By.CHILD


def test_the_child_puts_rules_in_order_and_refuses_one() -> None:
    charter = chosen().moved("play-together", up=True).vetoed("hour-before")
    assert charter.ranked == ("sleep-basket", "play-together", "meals-free")
    assert charter.refused == ("hour-before",)
    assert list(charter.agreed) == ["sleep-basket", "play-together", "meals-free"]
    assert charter.restored("hour-before").refused == ()


def test_the_first_goes_no_higher_and_the_last_no_lower() -> None:
    charter = chosen().moved("sleep-basket", up=True).moved("hour-before", up=False)
    assert charter.ranked == CODES
    assert charter.moved("nothing", up=True) is charter


def test_the_child_takes_back_what_they_proposed_themselves() -> None:
    assert "own-1" not in chosen().saying("Une idée").vetoed("own-1").picks


def test_a_disagreement_is_tried_for_two_weeks_with_its_last_day() -> None:
    charter = chosen().vetoed("hour-before").reasoned({"hour-before": "Mes amis jouent."})
    tried = charter.deciding(
        {"hour-before": Say.TRY}, tries={"hour-before": " 30  minutes\navant "}, today=TODAY
    )
    pick = tried.agreed["hour-before"]
    assert (pick.standing, pick.until) == (Standing.TRIAL, date(2026, 12, 11))
    assert (pick.why, pick.tries) == ("Mes amis jouent.", "30 minutes avant")
    assert tried.next_day == date(2026, 12, 11)
    later = tried.deciding({"hour-before": Say.TRY}, tries={}, today=date(2026, 12, 1))
    assert later.next_day == date(2026, 12, 11)
    once_more = tried.deciding({"hour-before": Say.TRY}, tries={}, today=date(2026, 12, 12))
    assert once_more.next_day == date(2026, 12, 26)


def test_a_trial_ends_agreed_or_left_out() -> None:
    tried = chosen().vetoed("hour-before")
    tried = tried.deciding({"hour-before": Say.TRY}, tries={}, today=TODAY)
    kept = tried.deciding({"hour-before": Say.KEEP}, tries={}, today=TODAY)
    assert kept.picks["hour-before"].standing is Standing.KEPT
    assert kept.next_day is None
    assert (
        "hour-before" not in tried.deciding({"hour-before": Say.DROP}, tries={}, today=TODAY).picks
    )


def test_an_own_rule_is_on_the_paper_once_all_agree() -> None:
    proposed = chosen().saying("Mes parents demandent avant une photo.")
    assert "own-1" not in proposed.agreed
    agreed = proposed.deciding({"own-1": Say.KEEP}, tries={}, today=TODAY)
    assert agreed.agreed["own-1"].says == "Mes parents demandent avant une photo."
    assert agreed.without_words().agreed["own-1"].says == ""


def test_a_family_is_counted_under_one_band() -> None:
    assert chosen().band == "8-10"
    mixed = Charter().profiled(bands=["8-10", "11-13"], homes=2, aims=[], is_counted=True)
    assert mixed.band == SEVERAL


def test_thirty_days_after_it_was_finished_it_is_opened_again() -> None:
    made = chosen().finished(today=TODAY)
    assert made.finished(today=date(2027, 1, 1)).made == TODAY
    assert not made.is_later(today=date(2026, 12, 26))
    assert made.is_later(today=date(2026, 12, 27))
    assert not chosen().is_later(today=date(2027, 1, 1))


def test_codes_that_the_bank_has_no_more_are_left_out() -> None:
    charter = chosen().saying("Une idée")
    within = charter.within(bands=["8-10"], aims=[], practices=["meals-free"])
    assert (set(within.picks), within.aims) == ({"meals-free", "own-1"}, ())


changes = st.lists(
    st.one_of(
        st.tuples(st.just("up"), st.sampled_from(CODES)),
        st.tuples(st.just("down"), st.sampled_from(CODES)),
        st.tuples(st.just("veto"), st.sampled_from(CODES)),
        st.tuples(st.just("restore"), st.sampled_from(CODES)),
        st.tuples(st.just("propose"), st.sampled_from(("games-chosen", *CODES))),
        st.tuples(st.just("say"), st.text(max_size=200)),
        st.tuples(st.just("title"), st.text(max_size=90)),
        st.tuples(st.sampled_from(Say), st.sampled_from((*CODES, "own-1"))),
    ),
    max_size=12,
)


def changed(charter: Charter, what: str, said: str) -> Charter:
    """Return a charter after one change."""
    if isinstance(what, Say):
        return charter.deciding({said: what}, tries={said: "à l’essai 🙂"}, today=TODAY)
    ways: dict[str, Callable[[str], Charter]] = {
        "up": lambda code: charter.moved(code, up=True),
        "down": lambda code: charter.moved(code, up=False),
        "veto": charter.vetoed,
        "restore": charter.restored,
        "propose": charter.proposing,
        "say": charter.saying,
        "title": charter.titled,
    }
    return ways[what](said)


@given(changes)
def test_a_file_gives_back_the_charter_that_it_was_made_of(made: list[tuple[str, str]]) -> None:
    charter = chosen()
    for what, said in made:
        charter = changed(charter, what, said)
    assert files.read(files.write(charter).encode()) == charter


@given(st.binary(max_size=300))
def test_whatever_is_read_as_a_file_is_refused_in_words(octets: bytes) -> None:
    with pytest.raises(NoCharter):
        files.read(octets)


def test_a_file_cut_short_is_said_to_be_so() -> None:
    whole = files.write(chosen()).encode()
    for length in range(len('{"balise":"charter"'), len(whole)):
        with pytest.raises(CharterDamaged):
            files.read(whole[:length])


def test_a_file_of_a_newer_version_is_said_to_be_so() -> None:
    told = {**chosen().told(), "version": 2, "shape": "unknown"}
    with pytest.raises(CharterNewer):
        Charter.read(told)


@pytest.mark.parametrize(
    "wrong",
    [
        {"homes": 3},
        {"homes": True},
        {"version": 0},
        {"version": "1"},
        {"bands": "8-10"},
        {"aims": [1]},
        {"title": None},
        {"made": "yesterday"},
        {"picks": [{"code": "A title"}]},
        {"picks": [{"code": "a"}, {"code": "a"}]},
        {"picks": [{"code": "a", "standing": "trial"}]},
        {"picks": [{"code": "a", "until": "2026-12-11"}]},
        {"picks": [{"code": "a", "rank": -1}]},
        {"picks": [{"code": "a", "by": "someone"}]},
        {"picks": ["a"]},
        {"picks": None},
    ],
)
def test_a_file_that_says_what_none_says_is_damaged(wrong: dict[str, object]) -> None:
    with pytest.raises(CharterDamaged):
        files.read(json.dumps({**chosen().told(), **wrong}).encode())


def test_an_emoji_stays_and_what_turns_the_writing_round_does_not() -> None:
    charter = chosen().titled("Chez nous 👨‍👩‍👧\u202e\n tous")
    assert charter.title == "Chez nous 👨‍👩‍👧 tous"
