"""A pupil plays on a telephone, with and without JavaScript, and resumes after an edit.

A class plays from the keyboard alone, before one screen. A visitor plays in English.
"""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Someone, press, ready, send
from tests.journeys.test_pages_are_accessible import findings
from tests.journeys.test_quick_exit import is_away, with_a_neighbour
from tests.live import Live

pytestmark = pytest.mark.journey

STORY: Final = "/fr/stories/ca-circule/"
PHONE: Final = {"width": 360, "height": 780}
SCREEN: Final = {"width": 1280, "height": 720}
MINUTE: Final = 61_000  # milliseconds, and one second more
# An edit that takes a checkpoint away: the scene of the first night is called otherwise.
EDIT: Final = r"""
import re
from balise.awareness.activities.stories.actions import writing
from balise.awareness.activities.stories.models import Story
from balise.foundation.actors import SYSTEM
story = Story.objects.get(slug="ca-circule")
last = story.versions.first()
main = re.sub(r"(=== |-> )night\b", r"\1first_night", last.files["main.ink"])
words = re.sub(r"\[night\]\n(alt = .*\n)", r"[first_night]\n\1\n[night]\n", last.files["en.toml"])
files = {**last.files, "main.ink": main, "en.toml": words}
number = writing.revise(story_id=story.id, files=files, by=SYSTEM)
print(story.versions.first().findings)
writing.publish(story_id=story.id, number=number, by=SYSTEM)
"""


# A story whose first scene has a sound: a second of silence.
SOUND: Final = """
from balise.awareness.activities.stories.actions import writing
from balise.awareness.activities.stories.tests.test_sounds import WHOLE
from balise.awareness.activities.stories.rules import sounds
from balise.foundation.actors import SYSTEM
silence = (bytes((0xFF, 0xFB, 0x90, 0x64)) + bytes(413)) * 40
files = {**WHOLE, "rain.mp3": sounds.told("rain.mp3", silence)}
story = writing.begin(slug="rain", files=files, by=SYSTEM)
writing.publish(story_id=story, number=1, by=SYSTEM)
"""


def choose(page: Page, choice: str) -> None:
    """Take a choice of a scene, by its id."""
    send(page.locator(f'[name=choice][value="{choice}"]'))


def to_an_end(page: Page) -> None:
    """Take the last choice of each scene until there is none."""
    choices = page.locator("[data-choose] button")
    ending = page.get_by_role("heading", name="Ce qui a aidé")
    for _scene in range(40):
        expect(choices.or_(ending).first).to_be_attached()
        if ending.is_visible():
            break
        heading = page.get_by_role("heading", level=1)
        scene = heading.inner_text()
        page.wait_for_load_state()
        send(choices.last)
        expect(heading).not_to_have_text(scene)
    expect(ending).to_be_visible()
    expect(page.locator(".story-band")).to_contain_text("3018")


def test_a_pupil_plays_without_javascript_and_resumes_after_an_edit(
    someone: Someone, live: Live
) -> None:
    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/stories/")
    page.get_by_role("link", name="Ça circule").click()
    expect(page.get_by_text("On ne la voit jamais.")).to_be_visible()
    page.get_by_label("Avec un code de six mots").check()
    press(page, "Commencer")
    words = page.locator(".words-six").inner_text().split()
    assert len(words) == 6
    page.get_by_role("link", name="Continuer").click()
    choose(page, "evening.look")
    expect(page.get_by_text("Nouvel indice")).to_be_visible()
    choose(page, "looks.close")
    page.get_by_role("link", name=re.compile("Carnet")).click()
    expect(page.get_by_text("1 indice trouvé")).to_be_visible()
    page.get_by_role("link", name="Revenir à la scène").click()
    choose(page, "night.write")

    live.balise("shell", "-v0", "-c", EDIT)

    page = someone(viewport=PHONE, java_script_enabled=False)
    page.goto("/fr/stories/resume/")
    page.get_by_label("Tes six mots").fill(" ".join([words[1], words[0], *words[2:]]))
    press(page, "Continuer")
    send(page.get_by_role("button", name=" ".join(words)))  # it is asked back
    expect(page.get_by_text("Cette histoire a changé depuis ta partie.")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Scène 1")
    to_an_end(page)


@pytest.mark.whole
def test_a_pupil_plays_in_the_browser_and_leaves_nothing(someone: Someone) -> None:
    page = someone(viewport=PHONE, bypass_csp=True)
    with_a_neighbour(page)
    page.goto(STORY)
    assert not findings(page)
    page.get_by_label("Sur cet appareil").check()
    press(page, "Commencer")
    page.wait_for_function("localStorage.getItem('story-ca-circule')")
    page.evaluate("window.here = true")  # a page that is loaded again has lost it
    choose(page, "evening.laugh")
    expect(page.get_by_role("heading", name="Scène 2")).to_be_focused()
    choose(page, "laugh.look")
    expect(page.get_by_role("heading", name="Scène 3")).to_be_focused()
    expect(page.locator("[data-count]")).to_have_text("1")
    page.go_back()
    expect(page.get_by_role("heading", name="Scène 2")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="Scène 3")).to_be_visible()
    assert page.evaluate("window.here")
    assert not findings(page)

    page.goto("/en/stories/ca-circule/")
    page.get_by_role("link", name="Continue my story").click()
    expect(page.get_by_role("heading", name="Scene 3")).to_be_visible()
    page.goto(STORY)
    page.get_by_role("link", name="Continuer ma partie").click()
    expect(page.get_by_role("heading", name="Scène 3")).to_be_visible()
    to_an_end(page)
    assert not findings(page)
    page.get_by_role("link", name="Quitter vite").click()
    is_away(page)
    page.goto("/")
    page.goto(STORY)
    expect(page.get_by_role("button", name="Commencer")).to_be_visible()
    expect(page.get_by_role("link", name="Continuer ma partie")).to_be_hidden()


@pytest.mark.whole
def test_a_sound_plays_by_a_press_and_an_end_is_taken_once(someone: Someone, live: Live) -> None:
    live.balise("shell", "-v0", "-c", SOUND)
    page = someone(viewport=PHONE, locale="en-GB", bypass_csp=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    page.goto("/en/stories/rain/")
    press(page, "Begin")
    ready(page)
    assert not [each for each in asked if "/sounds/" in each]  # nothing is fetched before
    with page.expect_request("**/sounds/rain.mp3"):
        page.evaluate("document.querySelector('audio').play()")
    page.get_by_text("The sound in words").click()
    expect(page.get_by_text("It is raining.")).to_be_visible()
    assert not findings(page)
    page.evaluate("window.here = true")
    choose(page, "yard.wait")
    expect(page.get_by_role("heading", name="Scene 2")).to_be_focused()
    expect(page.locator("[data-sound]")).to_be_hidden()
    assert page.evaluate("window.here")
    asked.clear()
    page.locator("[data-choose] button").last.dblclick()
    expect(page.get_by_role("heading", name="You are heard")).to_be_visible()
    assert len([each for each in asked if each.startswith("POST")]) == 1
    assert page.evaluate("window.here")


@pytest.mark.whole
def test_where_the_browser_cannot_play_the_server_does(someone: Someone) -> None:
    page = someone(viewport=PHONE, locale="en-GB")
    page.route("**/story.json", lambda route: route.abort())
    page.goto("/en/stories/ca-circule/")
    press(page, "Begin")
    expect(page.get_by_text("Your name is Awa.")).to_be_visible()
    page.evaluate("window.here = true")
    choose(page, "evening.look")
    expect(page.get_by_role("heading", name="Scene 2")).to_be_visible()
    assert not page.evaluate("window.here")
    expect(page.get_by_text("New clue")).to_be_visible()


@pytest.mark.whole
def test_a_class_plays_from_the_keyboard_alone(someone: Someone) -> None:
    page = someone(viewport=SCREEN, bypass_csp=True)
    page.clock.install()
    page.goto(f"{STORY}sheet/")
    assert not findings(page)
    page.goto(f"{STORY}class/")
    page.get_by_label("À qui parler ici").fill("L’infirmière, bureau 12")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Et maintenant ?")).to_be_focused()
    assert not findings(page)
    page.keyboard.type("9")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("14")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-hands]:focus")).to_have_value("15")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Scène 2")).to_be_visible()
    assert "then=evening.laugh" in page.url
    page.wait_for_load_state()
    page.keyboard.press("Enter")  # no hand is counted: it asks
    expect(page.get_by_text("Autant de mains pour deux réponses")).to_be_visible()
    page.keyboard.press("Enter")  # and goes on asking: the arrows are on none
    page.keyboard.press("z")
    expect(page.get_by_text("Scène 1")).to_be_visible()
    page.wait_for_load_state()

    paused = False
    for _scene in range(60):
        if page.locator("[data-pause]").count():
            paused = True
            page.keyboard.press("Enter")  # not before the minute is over
            expect(page.get_by_role("heading", name="Une minute de pause")).to_be_visible()
            page.clock.fast_forward(MINUTE)
            expect(page.get_by_text("La minute est passée.")).to_be_attached()
        elif page.locator("[data-hands]").count():
            page.keyboard.type("20")
        else:
            break
        where = page.url
        page.keyboard.press("Enter")
        expect(page).not_to_have_url(where)
        page.wait_for_load_state()
    assert paused
    expect(page.get_by_text("L’infirmière, bureau 12")).to_be_visible()
    expect(page.locator(".hall-who")).to_contain_text("3018")
    page.keyboard.press("d")
    expect(page.locator("[data-key=d]")).to_have_attribute("open", "")
    assert not findings(page)
