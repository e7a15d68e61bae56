"""A sound of a story: brought in as a file, played by a press, with its words beside it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.awareness.activities.stories.actions import writing
from balise.awareness.activities.stories.models import Published
from balise.awareness.activities.stories.queries.checked import checked
from balise.awareness.activities.stories.rules import sounds
from balise.awareness.activities.stories.rules.sounds import SoundFaulty
from balise.awareness.activities.stories.tests.makers import FILES, GOOD
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM

RAIN = b"ID3\x04\x00\x00\x00\x00\x00\x00" + bytes(range(256)) * 4
HEARD = GOOD.replace(
    "# checkpoint\nLou te", "# checkpoint # audio: rain.mp3 # transcript: Il pleut.\nLou te"
)
WORDS = FILES["en.toml"] + '"yard.transcript" = "It is raining."\n'
WHOLE = {
    **FILES,
    "main.ink": HEARD,
    "en.toml": WORDS,
    "rain.mp3": sounds.told("rain.mp3", RAIN),
}


@pytest.mark.parametrize(
    ("name", "octets"),
    [("rain.mp3", b"<svg>"), ("rain.ogg", RAIN), ("a/b.mp3", RAIN), ("rain.wav", RAIN)],
)
def test_what_is_no_sound_is_refused(name: str, octets: bytes) -> None:
    with pytest.raises(SoundFaulty):
        sounds.told(name, octets)


def test_a_sound_that_is_not_among_the_files_is_a_finding() -> None:
    missing = {name: text for name, text in WHOLE.items() if name != "rain.mp3"}
    assert {each.code for each in checked(missing).findings} == {"sound-unknown"}
    assert checked(WHOLE).findings == ()


@pytest.mark.django_db
class TestItIsHeard:
    def test_it_is_played_by_a_press_with_its_words(self, client: Client) -> None:
        story = writing.begin(slug="yard", files=WHOLE, by=SYSTEM)
        writing.publish(story_id=story, number=1, by=SYSTEM)
        for at in ("/en/stories/yard/begin/", "/en/stories/yard/class/begin/"):
            answer = client.get(client.post(at, {"keep": "nowhere"})["Location"])
            assert 'src="/en/stories/yard/sounds/rain.mp3"' in answer.text
            assert "autoplay" not in answer.text
            assert "It is raining." in answer.text
            assert "media-src 'self'" in answer["Content-Security-Policy"]
        answer = client.get("/en/stories/yard/sounds/rain.mp3")
        assert (b"".join(answer), answer["Content-Type"]) == (RAIN, "audio/mpeg")
        part = client.get("/en/stories/yard/sounds/rain.mp3", headers={"Range": "bytes=0-2"})
        assert (part.status_code, part.content) == (206, b"ID3")
        assert client.get("/en/stories/yard/sounds/wind.mp3").status_code == 404

    def test_an_editor_brings_it_in(self, client: Client) -> None:
        sign_in(client, make_account("editor"))
        texts = [SimpleUploadedFile(name, WHOLE[name].encode()) for name in FILES]
        sent = [*texts, SimpleUploadedFile("rain.mp3", RAIN)]
        page = client.post(
            "/staff/awareness/stories/add/", {"slug": "yard", "sent": sent}, follow=True
        )
        assert "rain.mp3" in page.text
        assert not Published.objects.exists()
        wrong = SimpleUploadedFile("wind.mp3", b"no sound")
        page = client.post("/staff/awareness/stories/add/", {"slug": "wind", "sent": [wrong]})
        assert page.status_code == 422
        assert "wind.mp3" in page.text


def test_a_trailer_with_a_picture_that_is_none_is_a_finding() -> None:
    frame = '[[trailer]]\nimage = "none"\nalt = { fr = "Rien." }\ntext = { fr = "Rien." }\n'
    found = checked({**FILES, "story.toml": FILES["story.toml"] + frame}).findings
    assert [(each.code, each.where) for each in found] == [("image-unknown", "story.toml")]
