"""Begin, choose, keep under six words, come back, after an edit too."""

from datetime import timedelta

import pytest

from balise.awareness.activities.stories.actions import playing
from balise.awareness.activities.stories.actions.playing import NotOffered, SaveUnread, StoryGone
from balise.awareness.activities.stories.models import KeptPlay, PlayTally, Published
from balise.awareness.activities.stories.module import RULES
from balise.awareness.activities.stories.queries.plays import seen
from balise.awareness.activities.stories.rules.places import Mode
from balise.awareness.activities.stories.tests.players import play, publish
from balise.awareness.activities.stories.tests.sources import YARD
from balise.foundation import clock
from balise.foundation.actors import ANYONE
from balise.foundation.encryption.words import WordsUnknown
from balise.foundation.journal.models import Entry

pytestmark = pytest.mark.django_db
ONE_MORE = YARD.replace("* [Talk to", "* [Run away # id: run]\n  -> evening\n* [Talk to")
GONE = YARD.replace("=== office ===", "=== room ===").replace("-> office", "-> room")
WAITING = YARD.replace("* [Go home # id: home] -> evening", "* [Wait # id: w] -> sad")


def tallies() -> dict[tuple[str, str, str], int]:
    return {(each.mode, each.what, each.code): each.times for each in PlayTally.objects.all()}


class TestPlaying:
    def test_what_is_done_is_counted_and_who_does_it_is_not(self) -> None:
        play("talk", "say", mode=Mode.CLASS)
        assert tallies() == {
            ("class", "begun", ""): 1,
            ("class", "chosen", "talk"): 1,
            ("class", "chosen", "say"): 1,
            ("class", "ended", "heard"): 1,
        }
        assert not KeptPlay.objects.exists()
        assert not Entry.objects.exists()

    def test_a_choice_that_is_not_offered_is_refused_and_not_counted(self) -> None:
        with pytest.raises(NotOffered):
            play("say")
        assert ("alone", "chosen", "say") not in tallies()

    def test_clues_are_found_once_and_stay_in_the_notebook(self) -> None:
        story = publish()
        now = seen(story, play("talk", story=story).place, language="en")
        assert [each.code for each in now.news] == ["note"]
        later = seen(story, play("talk", "home", story=story).place, language="en")
        assert [each.code for each in later.clues] == ["note"]
        assert not later.news

    def test_the_words_are_those_of_the_language(self) -> None:
        story = publish()
        now = seen(story, play(story=story).place, language="en")
        assert now.scene.lines[0].text == "Lou shows you a phone."
        assert now.scene.choices[0].text == "Tell an adult"
        assert now.scene.choices[1].text == "Let it go"  # no words: as it is written


class TestSixWords:
    def test_they_open_the_play_on_another_device_where_it_was_left(self) -> None:
        story = publish()
        held, words = playing.keep(place=play(story=story).place, language="fr", by=ANYONE)
        held = playing.choose(story=story, held=held, choice="talk", by=ANYONE)
        found = playing.resume(words=" ".join(words).upper(), by=ANYONE)
        assert found == held
        assert seen(story, found.place, language="fr").scene.name == "office"

    def test_words_that_open_nothing_are_refused(self) -> None:
        with pytest.raises(WordsUnknown):
            playing.resume(words="a b c d e f", by=ANYONE)

    def test_a_story_that_was_withdrawn_says_so(self) -> None:
        _held, words = playing.keep(place=play().place, language="fr", by=ANYONE)
        Published.objects.all().delete()
        with pytest.raises(StoryGone):
            playing.resume(words=" ".join(words), by=ANYONE)

    def test_a_play_that_a_later_version_kept_says_so_and_stays(self) -> None:
        _held, words = playing.keep(place=play().place, language="fr", by=ANYONE)
        row = KeptPlay.objects.get()
        row.told["s"]["f"] = 99
        row.save()
        with pytest.raises(SaveUnread):
            playing.resume(words=" ".join(words), by=ANYONE)
        assert KeptPlay.objects.exists()

    def test_a_play_that_nobody_goes_on_with_is_deleted(self) -> None:
        _held, words = playing.keep(place=play("talk").place, language="fr", by=ANYONE)
        (rule,) = RULES
        later = clock.now() + timedelta(days=181)
        assert rule.erase(list(rule.due(later).values_list("pk", flat=True))) == 1
        with pytest.raises(WordsUnknown):
            playing.resume(words=" ".join(words), by=ANYONE)


class TestAnEdit:
    def test_one_more_choice_above_changes_nothing_of_who_chose(self) -> None:
        held = play("talk")
        now = seen(publish(ONE_MORE), held.place, language="fr")
        assert (now.scene.name, now.moved) == ("office", None)

    def test_a_checkpoint_that_is_gone_leads_to_the_last_one_and_says_so(self) -> None:
        held = play("talk", "home")
        now = seen(publish(GONE), held.place, language="fr")
        assert now.scene.name == "yard"
        assert now.moved is not None
        assert now.moved.why == "gone"
        assert now.place.nth == 1

    def test_a_choice_made_since_that_is_gone_is_asked_again(self) -> None:
        held = play("talk", "home")
        edited = publish(
            YARD.replace("* [Go home # id: home] -> evening", "* [Wait # id: w] -> sad")
        )
        now = seen(edited, held.place, language="fr")
        assert now.moved is not None
        assert (now.scene.name, now.moved.why) == ("office", "changed")
        with pytest.raises(NotOffered):
            playing.choose(story=edited, held=held, choice="call", by=ANYONE)
