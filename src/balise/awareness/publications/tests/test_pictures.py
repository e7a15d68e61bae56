"""Pictures and papers that are sent: opened in a child with limits, refused in clear words."""

from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import resolve
from PIL import Image

from balise.awareness.publications import actions
from balise.awareness.publications.models import Paper, Picture, Published, Resource
from balise.awareness.publications.models.files import SizeNotMade
from balise.awareness.publications.rules import watching
from balise.awareness.publications.rules.pictures import KEPT, asked, kept, sized
from balise.awareness.publications.tests.makers import make_draft, make_photograph, make_picture
from balise.awareness.publications.web.forms import drawn_anew
from balise.foundation.accounts.tests.makers import make_account, sign_in
from balise.foundation.actors import SYSTEM
from balise.foundation.limited.child import CannotWork

HIDDEN = b"<script>alert(1)</script>PK\x03\x04"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def png(width: int, height: int) -> bytes:
    written = BytesIO()
    Image.new("1", (width, height)).save(written, "PNG")
    return written.getvalue()


class TestKept:
    def test_is_upright_no_larger_than_needed_and_hides_nothing(self) -> None:
        made = kept(make_photograph(width=4_000, height=2_000) + HIDDEN)
        assert HIDDEN not in made
        assert Image.open(BytesIO(made)).size == (KEPT // 2, KEPT)

    @pytest.mark.parametrize(
        ("octets", "code"),
        [
            (SVG, "kind"),
            (b"%PDF-1.7", "kind"),
            (b"", "kind"),
            (png(30_000, 10), "points"),
            (png(9_000, 9_000), "points"),
            (make_photograph(width=400, height=400)[:-200], "broken"),
        ],
    )
    def test_what_is_no_whole_picture_is_refused(self, octets: bytes, code: str) -> None:
        with pytest.raises(CannotWork, match=code):
            kept(octets)

    def test_a_size_is_never_wider_than_the_picture(self) -> None:
        made = kept(make_photograph(width=40, height=20))  # 20 wide, once it is upright
        assert Image.open(BytesIO(sized(asked(10, made)))).size == (10, 20)
        assert Image.open(BytesIO(sized(asked(960, made)))).size == (20, 40)


def test_a_child_that_dies_of_a_picture_is_said() -> None:
    with pytest.raises(ValidationError, match="PNG"):
        drawn_anew(BytesIO(SVG))


@pytest.mark.django_db
class TestSizes:
    def test_all_are_made_before_the_page_is_public(self) -> None:
        page = Resource.objects.get(pk=make_draft())
        page.picture = make_picture(width=1_000)
        page.save_revision().publish()

        actions.settle(by=SYSTEM)
        row = Published.objects.get()
        assert [each.split()[1] for each in row.srcset.split(", ")] == ["480w", "960w"]
        assert row.picture in row.srcset
        assert page.picture.renditions.count() == 2

    def test_an_original_that_was_spoilt_is_opened_in_the_child_alone(self) -> None:
        picture = make_picture()
        with Path(picture.file.path).open("wb") as original:
            original.write(b"no picture any more")
        with pytest.raises(SizeNotMade):
            picture.get_rendition("width-480")


def held_files() -> set[str]:
    """Return the files of the folder of uploads that this process holds, named or not."""
    found = set()
    for each in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.add(str(each.readlink()))
    return {name for name in found if name.startswith(str(settings.UPLOADS))}


@pytest.mark.django_db
class TestSent:
    @pytest.mark.parametrize(
        ("name", "octets", "word"),
        [
            ("a.svg", SVG, "Un dessin (SVG)"),
            ("a.png", SVG, "Un dessin (SVG)"),
            ("a.png", png(30_000, 10), "trop grande"),
            ("a.jpg", make_photograph(width=400, height=400)[:-200], "abîmée"),
        ],
    )
    def test_a_bad_picture_is_refused_and_nothing_typed_is_lost(
        self, client: Client, name: str, octets: bytes, word: str
    ) -> None:
        answer = self.send("images", SimpleUploadedFile(name, octets))
        assert word in answer
        assert 'value="Un titre"' in answer
        assert not Picture.objects.exists()

    def test_a_document_past_the_limit_is_refused_and_nothing_typed_is_lost(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(resolve("/cms/documents/add/").func, "takes_plain_files", 1_000)
        answer = self.send("documents", SimpleUploadedFile("a.pdf", b"%PDF-1.7" + b"0" * 2_000))
        assert "trop volumineux" in answer or "trop lourd" in answer or "trop grand" in answer
        assert 'value="Un titre"' in answer
        assert not Paper.objects.exists()

    def test_a_form_says_how_large_a_file_may_be_and_tells_the_script(self) -> None:
        browser = Client()
        sign_in(browser, make_account("editor"))
        for where, most, words in (
            ("documents", watching.MOST, "PDF, WebM ou MP4"),
            ("images", settings.UPLOAD_MAX_BYTES, "JPEG, PNG ou WebP"),
        ):
            shown = browser.get(f"/cms/{where}/add/").text
            assert f'data-most="{most}"' in shown
            assert "Ce fichier est trop volumineux" in shown
            assert words in shown
            assert "publications/limits" in shown

    def test_nothing_of_a_film_is_left_once_its_form_is_answered(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is in an unnamed file in clear meanwhile, which nobody holds afterwards."""
        monkeypatch.setattr(settings, "UPLOAD_MAX_BYTES", 1_000)  # beyond it, on the disk
        long = b"0" * 5_000
        before = held_files()
        assert "n’est ni un PDF" in self.send("documents", SimpleUploadedFile("a.pdf", long))
        monkeypatch.setattr(resolve("/cms/documents/add/").func, "takes_plain_files", 2_000)
        assert "trop volumineux" in self.send("documents", SimpleUploadedFile("a.pdf", long))
        assert held_files() == before
        assert not [each for each in settings.UPLOADS.rglob("*") if each.is_file()]
        assert not Paper.objects.exists()

    def send(self, where: str, file: SimpleUploadedFile) -> str:
        browser = Client()  # reads Wagtail's own pages, which ours are stricter than
        sign_in(browser, make_account("editor"))
        given = {"title": "Un titre", "file": file, "collection": "1", "description": ""}
        return browser.post(f"/cms/{where}/add/", given).text
