"""The staff pages of stories: brought in, looked at, published, withdrawn."""

from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from balise.awareness.activities.stories import queries
from balise.awareness.activities.stories.queries import checked
from balise.awareness.activities.stories.rules.about import FILE
from balise.awareness.activities.stories.tests.makers import FILES, GOOD, make_story
from balise.foundation.accounts.tests.makers import make_account, make_actor, sign_in
from balise.foundation.finding import NotHere

pytestmark = pytest.mark.django_db
AT = "/staff/awareness/stories/"


def client(role: str) -> Client:
    found = Client()
    sign_in(found, make_account(role))
    return found


def files(**of: str) -> list[SimpleUploadedFile]:
    given = of or FILES
    return [SimpleUploadedFile(name, text.encode()) for name, text in given.items()]


def test_an_editor_brings_a_story_in_and_the_head_publishes_it() -> None:
    editor, lead = client("editor"), client("awareness_lead")
    came = editor.post(f"{AT}add/", {"slug": "yard", "sent": files()})
    assert came.status_code == HTTPStatus.FOUND, came.content
    page = editor.get(came["Location"])
    assert "story-map" in page.content.decode()
    assert "/publish/" not in page.content.decode()
    version = f"{came['Location']}1/"
    assert "/publish/" in lead.get(version).content.decode()
    assert editor.post(f"{version}publish/").status_code in {
        HTTPStatus.FORBIDDEN,
        HTTPStatus.NOT_FOUND,
    }
    lead.post(f"{version}publish/")
    assert queries.published("yard").card.number == 1
    lead.post(f"{came['Location']}withdraw/")
    with pytest.raises(NotHere):
        queries.published("yard")


def test_a_version_with_findings_says_where_and_what() -> None:
    story = make_story(main=GOOD.replace(" # ending: heard", ""))
    page = client("awareness_lead").get(f"{AT}{story}/").content.decode()
    assert "Une scène n’a pas de choix et n’est pas une fin." in page
    assert "/publish/" not in page


def test_a_corrected_file_is_another_version() -> None:
    story = make_story(main=GOOD.replace(" # ending: heard", ""))
    given = {"sent": [SimpleUploadedFile("main.ink", GOOD.encode())]}
    came = client("editor").post(f"{AT}{story}/", given)
    assert came["Location"].endswith("/2/")
    assert checked.one(story, by=make_actor("editor")).shown.findings == ()
    source = client("editor").get(f"{AT}{story}/2/files/{FILE}")
    assert source.content.decode() == FILES[FILE]


def test_a_story_of_twine_comes_with_what_was_left_out() -> None:
    twee = ":: Start\nHello $you.\n[[Later]]\n:: Later\nLate.\n"
    given = {"slug": "locker", "sent": [SimpleUploadedFile("one.twee", twee.encode())]}
    came = client("editor").post(f"{AT}add/", given, follow=True)
    assert "Start: variable: $you" in came.content.decode()
    story = checked.every(by=make_actor("editor"))[0]
    assert {each.code for each in story.last.findings} >= {"no-about", "dead-end"}


@pytest.mark.parametrize(
    ("name", "octets", "said"),
    [
        ("a.exe", b"x", "pas un fichier d’histoire"),
        ("main.ink", b"\xff\xfe", "pas du texte en UTF-8"),
        ("main.ink", b"x" * 700_000, "dépasse la taille"),
        ("a.json", b"{}", "pas une histoire Twine"),
    ],
)
def test_what_is_no_file_of_a_story_is_said(name: str, octets: bytes, said: str) -> None:
    given = {"slug": "yard", "sent": [SimpleUploadedFile(name, octets)]}
    came = client("editor").post(f"{AT}add/", given)
    assert came.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert said in came.content.decode()
    assert checked.every(by=make_actor("editor")) == []
