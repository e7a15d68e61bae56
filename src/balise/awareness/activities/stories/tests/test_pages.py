"""Pages of stories, by forms alone: a pupil, a class, an adult."""

import gzip
import re
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.translation import override

from balise.awareness.activities.stories.actions import playing, writing
from balise.awareness.activities.stories.models import PlayTally, Published
from balise.awareness.activities.stories.rules import about, about as stories_about
from balise.awareness.activities.stories.rules.places import Mode
from balise.awareness.activities.stories.tests.players import ABOUT, play, publish
from balise.awareness.activities.stories.tests.sources import YARD
from balise.awareness.activities.stories.web.classes import address
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import ANYONE, SYSTEM
from balise.foundation.packs import Words

pytestmark = pytest.mark.django_db
HEAVIEST: Final = 120_000  # bytes: a page with its first picture and all that plays it
HARD: Final = YARD.replace("=== evening ===\n", "=== evening ===\n# hard\n# trigger: harassment\n")


def link(page: str, part: str) -> str:
    found = re.search(rf'href="([^"]*{part}[^"]*)"', page)
    assert found, part
    return unescape(found[1])


def form_of(page: str) -> tuple[str, list[str]]:
    """Return where the form of a scene goes, and the choices that it offers."""
    (action,) = re.findall(r'<form method="post" action="([^"]+)"', page)
    return unescape(action), re.findall(r'name="choice" value="([^"]+)"', page)


class TestOnePlays:
    def test_a_story_is_played_to_its_end_by_forms_alone(self, client: Client) -> None:
        publish()
        assert "La cour" in client.get("/fr/stories/").text
        page = client.get("/fr/stories/yard/").text
        assert "On se moque de Lou." in page
        at = client.post("/fr/stories/yard/begin/", {"keep": "nowhere"})["Location"]
        action, choices = form_of(client.get(at).text)
        assert choices == ["talk", "let", "look"]
        page = client.get(client.post(action, {"choice": "talk"})["Location"]).text
        assert "Nouvel indice" in page
        assert "Un mot" in client.get(link(page, "/notebook/")).text
        assert client.get(link(page, "/pause/")).status_code == 200
        assert "Tu as parlé." in client.get(link(page, "/help/")).text
        page = client.get(client.post(form_of(page)[0], {"choice": "say"})["Location"]).text
        assert "On t’a écouté" in page
        assert "Un adulte a aidé." in page
        assert "3018" in page
        assert "yard/play/" in link(page, "/play/")

    def test_six_words_are_shown_once_and_open_it(self, client: Client) -> None:
        publish()
        shown = client.post("/fr/stories/yard/begin/", {"keep": "code"}, follow=True).text
        words = shown.split('<p class="words-six">')[1].partition("<")[0]
        back = client.post("/fr/stories/resume/", {"words": words})
        assert "/stories/yard/play/" in back["Location"]
        swapped = " ".join([*words.split()[1::-1], *words.split()[2:]])
        refused = client.post("/fr/stories/resume/", {"words": swapped})
        assert refused.status_code == 422
        assert words in refused.text  # asked back

    def test_an_old_form_of_an_edited_story_says_so_and_loses_nothing(self, client: Client) -> None:
        held = play("talk", "home")
        action = address("play", held)
        publish(YARD.replace("* [Go home # id: home] -> evening", "* [Wait # id: w] -> sad"))
        page = client.post(action, {"choice": "call"}, follow=True).text
        assert "Cette histoire a changé" in page
        assert form_of(page)[1] == ["say", "w"]

    def test_a_scene_with_a_notice_may_be_skipped_at_no_cost(self, client: Client) -> None:
        story = publish(HARD)
        page = client.get(address("play", play("let", story=story))).text
        assert "It is late." not in page
        assert "du harcèlement" in page
        skipped = client.get(link(page, "before=skip")).text
        assert "It is late." not in skipped
        assert form_of(skipped)[1] == ["call", "sleep"]
        assert "It is late." in client.get(link(page, "before=see")).text

    @pytest.mark.parametrize("page", ["play", "notebook", "pause", "kept", "class/play"])
    def test_a_page_without_a_place_is_not_there(self, client: Client, page: str) -> None:
        publish()
        other = address("play", play(story=publish(slug="other")))
        lost = client.get(f"/fr/stories/yard/{page}/")
        assert lost.status_code == 404
        assert "six mots" in lost.text  # the way back
        assert client.get(f"/fr/stories/yard/{page}/?at=made-up").status_code == 404
        assert client.get(f"/fr/stories/yard/{page}/?{other.partition('?')[2]}").status_code == 404

    def test_a_browser_that_plays_is_told_where_it_is(self, client: Client) -> None:
        held = play()
        answer = client.post(
            address("play", held), {"choice": "look"}, headers={"Accept": "application/json"}
        ).json()
        assert answer["address"].endswith("then=look")
        told = client.get("/en/stories/yard/story.json").json()
        assert told["words"]["talk"] == "Tell an adult"
        assert told["hash"] == held.place.save.hash

    def test_an_address_stays_short_however_long_one_plays(self, client: Client) -> None:
        story = publish()
        held = play(story=story)
        for _time in range(60):
            held = playing.choose(story=story, held=held, choice="look", by=ANYONE)
        assert len(address("play", held)) < 4_000
        assert client.get(address("play", held)).status_code == 200


class TestAStoryThatFails:
    def test_says_so_with_whom_to_call_and_nothing_is_lost(self, client: Client) -> None:
        held = play("talk")
        known = PlayTally.objects.count()
        Published.objects.update(compiled="{}")
        with override("en"):
            asked = ("/en/stories/yard/", address("play", held), address("class_play", held))
        for at in asked:
            answer = client.get(at)
            assert answer.status_code == 503
            assert "It is our mistake" in answer.text
            assert "tel:3018" in answer.text
        assert client.post(address("play", held), {"choice": "say"}).status_code == 503
        assert PlayTally.objects.count() == known
        publish()
        assert form_of(client.get(address("play", held)).text)[1] == ["say", "home"]


class TestAnEnding:
    def test_names_who_helps_in_the_order_of_the_story(self, client: Client) -> None:
        about = ABOUT.replace('["helpline"]', '["children", "helpline"]')
        held = play("talk", "say", story=publish(about=about))
        for name in ("play", "class_play"):
            page = client.get(address(name, held)).text.partition("<main")[2]
            assert 0 < page.index("119") < page.index("3018")


class TestAClassPlays:
    def test_the_answer_with_the_most_hands_is_taken_and_no_hand_is_kept(
        self, client: Client
    ) -> None:
        story = publish(HARD)
        assert client.get("/fr/stories/yard/class/").status_code == 200
        at = client.post("/fr/stories/yard/class/begin/")["Location"]
        action, _choices = form_of(client.get(at).text)
        assert client.post(action, {"hands-0": "7", "hands-1": "7"}).status_code == 422
        hands = {"hands-0": "7", "hands-1": "14", "hands-2": ""}
        at = client.post(action, hands)["Location"]
        assert "14" not in at.partition("then=")[2]
        pause = client.get(at).text
        assert "Une minute de pause" in pause
        assert "It is late." in client.get(link(pause, "before=see")).text
        scene = client.get(link(pause, "before=skip")).text
        assert client.get(link(scene, "class/pause")).status_code == 200
        end = client.get(client.post(form_of(scene)[0], {"choice": "call"})["Location"]).text
        assert "À qui parler" in end
        assert "3018" in end
        assert "Tu as parlé." in client.get(link(scene, "class/end")).text
        modes = set(PlayTally.objects.values_list("mode", flat=True))
        assert modes == {Mode.CLASS.value}
        assert story.card.slug == "yard"

    def test_a_class_skips_by_the_choice_that_the_story_has_for_it(self, client: Client) -> None:
        source = HARD.replace("[Call # id: call]", "[Skip # id: evening.skip]")
        held = play("let", story=publish(source), mode=Mode.CLASS)
        pause = client.get(address("class_play", held)).text
        assert 'value="evening.skip" data-key="s"' in pause
        assert "before=skip" not in pause
        (skips,) = re.findall(r'<form class="hall-skip" method="post" action="([^"]+)"', pause)
        end = client.post(unescape(skips), {"choice": "evening.skip"}, follow=True).text
        assert "You are heard." in end

    def test_the_sheet_needs_no_account(self, client: Client) -> None:
        publish()
        page = client.get("/fr/stories/yard/sheet/").text
        assert "Lisez toute l’histoire." in page
        assert "Pas encore relue" in page

    def test_the_map_of_the_sheet_is_stored_and_not_made_by_playing(self, client: Client) -> None:
        publish()
        Published.objects.update(compiled="{}")  # nothing can be played
        page = client.get("/en/stories/yard/sheet/").text
        listed = re.sub(r"\s+", " ", page.partition('class="story-scenes"')[2])
        assert "Lou shows you a phone." in listed
        assert 'Tell an adult → <a href="#scene-2">2</a>' in listed
        assert page.count("<rect") == 5


class TestTheWeightOfAStory:
    def test_is_less_than_a_photograph(self, client: Client) -> None:
        """A scene with its first picture, and all that plays it, as WhiteNoise serves it (gzip)."""
        writing.begin_stories(by=SYSTEM, country="fr")
        begun = client.post("/en/stories/ca-circule/begin/", {"keep": "nowhere"})
        page = client.get(begun["Location"]).text
        served = set(re.findall(r'"/static/([^"]+)"', page))
        for weight in (400, 700):
            served.add(f"fonts/atkinson-hyperlegible-latin-{weight}-normal.woff2")
            served.add(f"balise/zero-{weight}.woff2")
        assert "stories/ink.mjs" in served
        drawn = [found for found in re.findall(r'"(/en/stories/[^"]+)"', page) if "?" not in found]
        asked = [gzip.compress(client.get(each).content) for each in drawn]
        assert len(asked) == 2  # the story, and its picture
        total = len(page.encode()) + sum(map(len, asked)) + sum(weight_of(name) for name in served)
        assert total < HEAVIEST


def weight_of(name: str) -> int:
    found: Any = finders.find(name)
    content = Path(found).read_bytes()
    return len(content) if name.endswith("woff2") else len(gzip.compress(content))


class TestLanguages:
    def test_scenes_in_another_language_than_the_page_say_so(self, client: Client) -> None:
        writing.begin_stories(by=SYSTEM, country="fr")
        for slug, code in (("faux-compte", ' lang="fr"'), ("ca-circule", "")):
            begun = client.post(f"/en/stories/{slug}/begin/", {"keep": "nowhere"})
            page = client.get(begun["Location"]).text
            assert f'<div class="story-lines"{code} data-lines>' in page
            begun = client.post(f"/en/stories/{slug}/class/begin/")
            assert f'<div class="hall-lines"{code}>' in client.get(begun["Location"]).text
            card = client.get(f"/en/stories/{slug}/").text
            assert ("Scenes in: French" in card) is bool(code)

    def test_sheets_trailers_and_what_helped_are_in_english_too(self, client: Client) -> None:
        for each in stories_about.stories("fr"):
            own = about.read(each.files[about.FILE])
            assert len(own.trailer) == 3
            words = [each.text for each in own.clues] + [each.text for each in own.trailer]
            words += [each.debrief for each in own.endings if each.debrief]
            words += [Words.read(row["text"], where="sheet") for row in own.sheet]
            for one in words:
                assert {language for language, _text in one.by_language} >= {"fr", "en"}, one
            assert all({"fr", "en"} <= row["asks"].keys() for row in own.checks)


class TestTrailer:
    def test_a_trailer_is_three_pictures_with_words(self, client: Client) -> None:
        writing.begin_stories(by=SYSTEM, country="fr")
        page = client.get("/en/stories/ca-circule/").text
        trailer = page.partition('<ol class="story-trailer">')[2].partition("</ol>")[0]
        assert trailer.count("<img") == 3
        assert trailer.count('loading="lazy"') == 2  # the first one is there at once
        assert "You are Awa." in trailer
        pictures = re.findall(r'src="([^"]+)"', trailer)
        assert (
            sum(len(gzip.compress(client.get(each).content)) for each in pictures) < HEAVIEST / 10
        )

    def test_a_story_without_one_shows_its_first_picture(self, client: Client) -> None:
        publish()
        assert '<ol class="story-trailer">' in client.get("/fr/stories/yard/").text


class TestFigures:
    def test_small_numbers_are_exact(self, client: Client) -> None:
        story = publish()
        for _time in range(12):
            play("let", story=story)
        play("talk", story=story)
        sign_in(client, make_account("editor"))
        page = client.get("/staff/awareness/stories/figures/").text
        numbers = re.sub(r"\s", "", page)
        assert all(f">{number}<" in numbers for number in (0, 1, 12, 13))
        assert client.get("/staff/awareness/stories/figures/").status_code == 200
