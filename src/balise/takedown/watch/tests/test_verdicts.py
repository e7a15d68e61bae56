"""Only what says “gone” is gone; walls, errors and silence prove nothing."""

from dataclasses import replace

import pytest
from hypothesis import given, strategies as st

from balise.takedown.tracing.rules.looks import Answer, Failure, Look, Place, Says, Text
from balise.takedown.watch.rules.verdicts import MISSES, Seen, becomes_usual, is_silent, verdict
from balise.takedown.watch.tests.makers import SOFT_GONE

PAGE = Look(answer=Answer.ANSWERED, http_status=200, text=Text.LONG)
ALOUD = frozenset({Says.GONE, Says.GONE_ALOUD})
BESIDE = "https://site.example/other"

looks = st.builds(
    Look,
    answer=st.sampled_from(Answer),
    failure=st.sampled_from(Failure),
    http_status=st.none() | st.sampled_from([200, 206, 401, 403, 404, 410, 416, 429, 451, 500]),
    place=st.sampled_from(Place),
    text=st.sampled_from(Text),
    says=st.frozensets(st.sampled_from(Says)),
    like_nonsense=st.none() | st.booleans(),
    leads_to=st.sampled_from(["", BESIDE]),
)


class TestVerdict:
    @pytest.mark.parametrize(
        ("look", "seen"),
        [
            (PAGE, Seen.ONLINE),
            (replace(PAGE, text=Text.NOT_READ), Seen.ONLINE),
            (replace(PAGE, http_status=206), Seen.ONLINE),
            (replace(PAGE, http_status=416), Seen.ONLINE),
            (replace(PAGE, http_status=404), Seen.GONE),
            (replace(PAGE, http_status=410), Seen.GONE),
            (replace(PAGE, http_status=404, place=Place.ELSEWHERE), Seen.GONE),
            (replace(PAGE, http_status=451), Seen.BLOCKED),
            (replace(PAGE, says=frozenset({Says.BLOCKED})), Seen.BLOCKED),
            (replace(PAGE, http_status=403, says=frozenset({Says.BLOCKED})), Seen.BLOCKED),
            (replace(PAGE, http_status=401), Seen.SIGN_IN),
            (replace(PAGE, place=Place.SIGN_IN), Seen.SIGN_IN),
            (replace(PAGE, http_status=403, says=frozenset({Says.SIGN_IN})), Seen.SIGN_IN),
            (replace(PAGE, http_status=403), Seen.UNCLEAR),
            (replace(PAGE, http_status=429), Seen.UNREACHABLE),
            (replace(PAGE, http_status=408), Seen.UNREACHABLE),
            (replace(PAGE, http_status=503), Seen.UNREACHABLE),
            (replace(PAGE, place=Place.HOME, like_nonsense=True), Seen.MOVED),
            (replace(PAGE, place=Place.SITE, like_nonsense=False), Seen.MOVED),
            (replace(PAGE, place=Place.ELSEWHERE), Seen.MOVED),
            (Look(answer=Answer.SILENT, failure=Failure.TLS), Seen.UNREACHABLE),
            (Look(answer=Answer.NAME_GONE), Seen.NAME_GONE),
            (Look(answer=Answer.REFUSED), Seen.REFUSED),
            (Look(answer=Answer.UNKNOWN), Seen.UNKNOWN),
        ],
    )
    def test_tells_states_apart(self, look: Look, seen: Seen) -> None:
        assert verdict(look) is seen

    @pytest.mark.parametrize(
        ("look", "seen"),
        [
            (SOFT_GONE, Seen.SOFT_GONE),
            (replace(SOFT_GONE, place=Place.HOME), Seen.SOFT_GONE),
            # It answers nonsense otherwise, but has little else to say than that it is gone.
            (replace(SOFT_GONE, like_nonsense=False), Seen.SOFT_GONE),
            (replace(SOFT_GONE, like_nonsense=None), Seen.SOFT_GONE),
            # A long page that is unlike nonsense: perhaps a thread about what was removed.
            (replace(PAGE, says=ALOUD, like_nonsense=False), Seen.UNCLEAR),
            (replace(PAGE, says=ALOUD, like_nonsense=True), Seen.SOFT_GONE),
            (replace(PAGE, says=frozenset({Says.GONE}), like_nonsense=False), Seen.ONLINE),
            (replace(PAGE, says=frozenset({Says.GONE}), like_nonsense=None), Seen.UNCLEAR),
            # Anything is answered alike, and nothing is said: it may be built by a script.
            (replace(PAGE, text=Text.NONE, like_nonsense=True), Seen.UNCLEAR),
            (replace(PAGE, text=Text.NONE, like_nonsense=False), Seen.ONLINE),
        ],
    )
    def test_hears_an_error_that_calls_itself_a_success(self, look: Look, seen: Seen) -> None:
        assert verdict(look) is seen

    def test_finds_a_content_where_its_site_has_always_led(self) -> None:
        look = replace(PAGE, place=Place.SITE, leads_to=BESIDE, like_nonsense=False)
        assert becomes_usual(look) == BESIDE
        assert verdict(look, usual=BESIDE) is Seen.ONLINE
        assert verdict(look, usual="https://site.example/yet-another") is Seen.MOVED

    @pytest.mark.parametrize(
        "changed",
        [{"like_nonsense": True}, {"place": Place.HOME}, {"http_status": 404}, {"says": ALOUD}],
    )
    def test_has_no_usual_place_that_is_not_its_own(self, changed: dict[str, object]) -> None:
        look = replace(PAGE, place=Place.SITE, leads_to=BESIDE, like_nonsense=False)
        assert becomes_usual(replace(look, **changed)) == ""  # type: ignore[arg-type]

    @given(looks, st.sampled_from(["", BESIDE]))
    def test_says_gone_only_where_someone_said_so(self, look: Look, usual: str) -> None:
        seen = verdict(look, usual=usual)
        if seen in MISSES:
            said = look.http_status in {404, 410} or Says.GONE in look.says
            assert said or look.answer is Answer.NAME_GONE
        if look.answer is not Answer.ANSWERED:
            assert seen is not Seen.ONLINE

    @given(looks)
    def test_sees_nothing_behind_a_wall(self, look: Look) -> None:
        walled = replace(look, says=look.says | {Says.BLOCKED}, http_status=200)
        found = verdict(walled)
        proves = found is Seen.ONLINE or found.is_miss
        assert not proves or walled.answer is Answer.NAME_GONE

    @given(looks)
    def test_never_sees_what_a_nonsense_path_shows_as_well(self, look: Look) -> None:
        like_nonsense = replace(look, http_status=200, like_nonsense=True)
        assert verdict(like_nonsense) is not Seen.ONLINE


def test_a_host_is_silent_that_asks_to_be_left_alone() -> None:
    assert is_silent(Look(answer=Answer.SILENT))
    assert is_silent(replace(PAGE, http_status=429))
    assert not is_silent(replace(PAGE, http_status=500))
    assert not is_silent(Look(answer=Answer.UNKNOWN))


@pytest.mark.parametrize("seen", Seen)
def test_each_has_its_words(seen: Seen) -> None:
    assert seen.label
