"""Wagtail behind the staff door: who comes in, what is closed, what a page may load and take."""

import json
import re
from datetime import timedelta
from http import HTTPStatus

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from tests.architecture.test_doors import views

from balise.awareness.publications.models import Paper, Picture, Resource
from balise.awareness.publications.tests.makers import CAMERA, make_draft, make_photograph
from balise.foundation.accounts.models import Account
from balise.foundation.accounts.tests.makers import make_account, rest, sign_in

pytestmark = pytest.mark.django_db

CMS = "/cms/"
# What a form has of the catalogue, where its editor ticked nothing.
FACTS = {"kind": "sheet", "minutes": "0", "publisher": "awareness", "licence": "CC-BY-4.0"}
CLOSED = (
    "users/",
    "groups/",
    "sites/",
    "collections/",
    "workflows/list/",
    "login/",
    "password_reset/",
    "failwhale/",
    "images/multiple/add/",
    "documents/multiple/add/",
)


@pytest.fixture
def browser() -> Client:
    """Give a browser that reads Wagtail's own pages, which ours are stricter than."""
    return Client()


def enter(browser: Client, role: str) -> Account:
    return sign_in(browser, make_account(role))


def change(page: Resource, **more: str) -> dict[str, str]:
    """Return the form of a page, with a text in the words of its editor."""
    block = {"key": "aaaaa", "text": "Neuf.", "type": "unstyled", "depth": 0}
    block |= {"inlineStyleRanges": [], "entityRanges": []}
    text = json.dumps({"blocks": [block], "entityMap": {}})
    given = {"title": "Nouveau titre", "slug": page.slug, "summary": "Une.", "body": text}
    return {**given, "picture": "", "go_live_at": "", "expire_at": "", **FACTS, **more}


def test_two_people_on_one_page_are_told_of_each_other_and_both_texts_are_kept() -> None:
    page = Resource.objects.get(pk=make_draft())
    opened = page.latest_revision
    first, second = Client(), Client()
    head = enter(first, "awareness_lead")
    enter(second, "editor")
    for one in (first, second):
        one.get(f"{CMS}pages/{page.pk}/edit/")
    seen = {"revision_id": str(opened.pk), "revision_created_at": opened.created_at.isoformat()}
    called = f"{CMS}editing-sessions/ping/awareness_publications/resource/{page.pk}/1/"

    first.post(called, seen)
    assert head.name in second.post(called, seen).json()["html"]
    first.post(f"{CMS}pages/{page.pk}/edit/", change(page, summary="De la première."))
    told = second.post(called, seen).json()
    newer = [each for each in told["other_sessions"] if each["revision_id"]]
    assert [each["user"] for each in newer] == [head.name]
    assert newer[0]["revision_id"] > opened.pk

    second.post(f"{CMS}pages/{page.pk}/edit/", change(page, summary="De la deuxième."))
    kept = [each.content["summary"] for each in page.revisions.order_by("pk")]
    assert kept[-2:] == ["De la première.", "De la deuxième."]


class TestTheWalk:
    def test_anyone_is_sent_to_sign_in_and_back(self, browser: Client) -> None:
        answer = browser.get(CMS)
        assert answer.status_code == 302
        assert answer["Location"] == "/staff/account/login/?next=%2Fcms%2F"

    def test_someone_without_a_second_factor_is_held(self, browser: Client) -> None:
        sign_in(browser, make_account("editor"), factor="")
        assert browser.get(CMS)["Location"].startswith("/staff/account/factors/")

    @pytest.mark.parametrize(
        "role", ["analyst", "helpline_lead", "steering", "accounts_admin", "partner_member"]
    )
    def test_another_role_is_refused(self, browser: Client, role: str) -> None:
        page = make_draft()
        enter(browser, role)
        for address in ("", "pages/", f"pages/{page}/edit/", "images/", "documents/", "reports/"):
            assert browser.get(CMS + address).status_code in {403, 404}, address
        assert browser.get(CMS).status_code == 403

    @pytest.mark.parametrize("role", ["editor", "awareness_lead"])
    def test_those_who_write_come_in(self, browser: Client, role: str) -> None:
        page = make_draft()
        enter(browser, role)
        for address in ("", "pages/", f"pages/{page}/edit/", "images/", "documents/"):
            assert browser.get(CMS + address).status_code == 200, address

    def test_the_menu_has_what_they_may_do_and_no_more(self, browser: Client) -> None:
        enter(browser, "awareness_lead")
        home = browser.get(f"{CMS}pages/2/").text
        for address in ("pages/", "images/", "documents/"):
            assert f'"{CMS}{address}"' in home.replace("\\u002D", "-"), address
        for address in ("users/", "groups/", "sites/", "collections/", "workflows/"):
            assert f"{CMS}{address}" not in home, address

    @pytest.mark.parametrize("role", ["editor", "awareness_lead"])
    @pytest.mark.parametrize("address", CLOSED)
    def test_what_is_ours_is_closed(self, browser: Client, role: str, address: str) -> None:
        enter(browser, role)
        assert browser.get(CMS + address).status_code == 404

    def test_the_account_is_our_own_page(self, browser: Client) -> None:
        enter(browser, "editor")
        assert browser.get(f"{CMS}account/")["Location"] == "/staff/account/factors/"

    def test_its_home_names_the_centre_and_leads_to_nobody_else(self, browser: Client) -> None:
        enter(browser, "editor")
        shown = browser.get(CMS).text
        assert str(settings.CENTRE.name) in shown
        assert "localhost" not in shown
        assert "guide.wagtail.org" not in shown

    def test_leaving_is_leaving_the_house(self, browser: Client) -> None:
        enter(browser, "editor")
        answer = browser.post(f"{CMS}logout/")
        assert answer["Location"] == "/staff/account/login/"
        assert "Clear-Site-Data" in answer.headers
        assert browser.get(CMS).status_code == 302


class TestEachAddress:
    def test_lets_nobody_in_and_no_other_role(self, browser: Client) -> None:
        routes = [route for route, _view in views() if route.startswith("cms/")]
        assert len(routes) > 150
        outcomes: dict[str, set[int]] = {"nobody": set(), "analyst": set()}
        for who, seen in outcomes.items():
            if who != "nobody":
                enter(browser, who)
            for route in routes:
                path = re.sub(r"<int:\w+>", "1", route)
                path = "/" + re.sub(r"<\w+:\w+>", "x", path).replace("^.*/$", "x/")
                if path == f"{CMS}logout/":
                    continue
                answer = browser.get(path)
                if answer.status_code == HTTPStatus.MOVED_PERMANENTLY:  # to the same, with a slash
                    answer = browser.get(answer["Location"])
                seen.add(answer.status_code)
        assert outcomes == {"nobody": {302}, "analyst": {403, 404}}


class TestPublishing:
    def test_an_editor_who_forges_it_saves_a_draft(self, browser: Client) -> None:
        page = Resource.objects.get(pk=make_draft())
        enter(browser, "editor")
        form = change(page, **{"action-publish": "action-publish"})
        browser.post(f"{CMS}pages/{page.pk}/edit/", form)

        page.refresh_from_db()
        assert not page.live
        assert page.get_latest_revision_as_object().title == "Nouveau titre"

    @pytest.mark.parametrize("what", ["unpublish", "delete"])
    def test_an_editor_takes_nothing_public_away(self, browser: Client, what: str) -> None:
        page = Resource.objects.get(pk=make_draft())
        page.get_latest_revision().publish()
        enter(browser, "editor")
        browser.post(f"{CMS}pages/{page.pk}/{what}/")

        page.refresh_from_db()
        assert page.live

    def test_a_head_publishes(self, browser: Client) -> None:
        page = Resource.objects.get(pk=make_draft())
        enter(browser, "awareness_lead")
        form = change(page, **{"action-publish": "action-publish"})
        browser.post(f"{CMS}pages/{page.pk}/edit/", form)

        page.refresh_from_db()
        assert (page.live, page.title) == (True, "Nouveau titre")

    @pytest.mark.parametrize("what", ["edit", "delete", "unpublish", "move"])
    def test_a_shelf_stays_as_it_is(self, browser: Client, what: str) -> None:
        shelf = Resource.objects.get(pk=make_draft()).get_parent()
        enter(browser, "awareness_lead")
        assert browser.get(f"{CMS}pages/{shelf.pk}/{what}/").status_code == 302


class TestPresence:
    def test_an_open_editor_keeps_nobody_awake(self, browser: Client) -> None:
        page = make_draft()
        enter(browser, "editor")
        browser.get(f"{CMS}pages/{page}/edit/")
        rest(browser, timedelta(minutes=14))
        seen = browser.session["visit"]["seen"]

        called = f"{CMS}editing-sessions/ping/awareness_publications/resource/{page}/1/"
        assert browser.post(called).status_code == 200
        assert browser.session["visit"]["seen"] == seen
        rest(browser, timedelta(minutes=2))
        assert browser.post(called)["Location"].startswith("/staff/account/unlock/")


class TestPolicy:
    def test_each_page_has_one_of_its_own_without_scripts_in_it(self, browser: Client) -> None:
        page = make_draft()
        enter(browser, "editor")
        for address in ("", f"pages/{page}/edit/", "images/add/"):
            answer = browser.get(CMS + address)
            policy = answer["Content-Security-Policy"]
            assert "script-src 'self';" in policy
            assert "default-src 'none'" in policy
            assert ("'unsafe-inline'" in policy) == address.startswith("pages/")
            assert not [
                each
                for each in answer.text.split("<script")[1:]
                if "src=" not in each.partition(">")[0] and "json" not in each.partition(">")[0]
            ]

    def test_our_own_pages_keep_theirs(self, browser: Client) -> None:
        enter(browser, "editor")
        policy = browser.get("/staff/")["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert "frame-ancestors 'none'" in policy


class TestUploads:
    def send(self, browser: Client, where: str, file: SimpleUploadedFile) -> None:
        collection = {"collection": "1", "description": ""}
        browser.post(f"{CMS}{where}/add/", {"title": "Titre", "file": file, **collection})

    def test_a_picture_loses_what_its_camera_wrote(self, browser: Client) -> None:
        enter(browser, "editor")
        photograph = make_photograph(width=40, height=20)
        assert CAMERA.encode() in photograph
        self.send(browser, "images", SimpleUploadedFile("p.jpg", photograph, "image/jpeg"))

        picture = Picture.objects.get()
        with picture.file.open() as stored:
            octets = stored.read()
            with Image.open(stored) as opened:
                assert (opened.format, len(opened.getexif())) == ("WEBP", 0)
        assert CAMERA.encode() not in octets
        assert (picture.width, picture.height) == (20, 40)  # the right way up
        assert "p.jpg" not in picture.file.name

    def test_a_page_that_calls_itself_a_pdf_is_refused(self, browser: Client) -> None:
        enter(browser, "editor")
        page = SimpleUploadedFile("a.pdf", b"<!doctype html><script>1</script>", "application/pdf")
        self.send(browser, "documents", page)
        assert not Paper.objects.exists()

    def test_a_pdf_is_kept_where_nobody_guesses(self, browser: Client) -> None:
        enter(browser, "editor")
        self.send(browser, "documents", SimpleUploadedFile("a.pdf", b"%PDF-1.7"))
        paper = Paper.objects.get()
        assert len(paper.file.name.split("/")[1]) == 32

    @pytest.mark.parametrize("name", ["a.svg", "a.html", "a.gif"])
    def test_another_kind_is_refused(self, browser: Client, name: str) -> None:
        enter(browser, "editor")
        self.send(browser, "images", SimpleUploadedFile(name, b"<svg/>"))
        self.send(browser, "documents", SimpleUploadedFile(name, b"<svg/>"))
        assert not Picture.objects.exists()
        assert not Paper.objects.exists()
