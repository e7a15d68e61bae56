"""The extension asks for one permission, says all in both languages, packs the same each time."""

import io
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from scripts.extension import HASHES, HASHING, SOURCE, CentreFaulty, checked, files, packed

from balise.hotline.reports.rules.categories import categories

CENTRE = (SOURCE / "centre.json").read_text(encoding="utf-8")
STAFF = "https://staff.centre.example/staff/hotline/fingerprints/"
ANALYSTS = json.dumps(json.loads(CENTRE) | {"staff": STAFF})
MANIFEST: dict[str, Any] = json.loads((SOURCE / "manifest.json").read_text(encoding="utf-8"))
WORDS = {
    each: json.loads((SOURCE / f"_locales/{each}/messages.json").read_text(encoding="utf-8"))
    for each in ("fr", "en")
}


class TestTheManifest:
    def test_asks_for_the_open_tab_and_nothing_else(self) -> None:
        assert MANIFEST["manifest_version"] == 3
        assert MANIFEST["permissions"] == ["activeTab"]
        asks = {"host_permissions", "optional_permissions", "optional_host_permissions"}
        runs = {"background", "content_scripts", "externally_connectable", "devtools_page"}
        gives = {"web_accessible_resources", "chrome_url_overrides", "update_url", "key"}
        assert not (asks | runs | gives) & MANIFEST.keys()

    def test_allows_its_own_files_alone(self) -> None:
        policy = MANIFEST["content_security_policy"]["extension_pages"]
        told = dict(each.strip().split(" ", 1) for each in policy.split(";"))
        assert told.pop("default-src") == "'none'"
        assert set(told.values()) == {"'self'", "'none'"}

    def test_names_files_that_are_there(self) -> None:
        icons = [*MANIFEST["icons"].values(), *MANIFEST["action"]["default_icon"].values()]
        for name in [MANIFEST["action"]["default_popup"], *icons]:
            assert (SOURCE / name).is_file()


class TestTheScripts:
    @pytest.mark.parametrize("name", ["popup.js", "report.js"])
    def test_keep_nothing_and_fetch_one_file_of_their_own(self, name: str) -> None:
        script = (SOURCE / name).read_text(encoding="utf-8")
        kept = r"chrome\.storage|localStorage|sessionStorage|indexedDB|caches|cookie"
        sent = r"sendBeacon|XMLHttpRequest|WebSocket|EventSource|innerHTML|eval\("
        assert not re.search(f"{kept}|{sent}", script)
        assert set(re.findall(r"fetch\(([^)]*)\)", script)) <= {'"centre.json"'}
        used = set(re.findall(r"chrome\.(\w+\.\w+)", script))
        assert used <= {"i18n.getMessage", "tabs.query", "tabs.create"}

    def test_all_that_they_say_is_said_in_both_languages(self) -> None:
        assert WORDS["fr"].keys() == WORDS["en"].keys()
        page = (SOURCE / "popup.html").read_text(encoding="utf-8")
        names = ("popup.js", "report.js", "analyst/fingerprint.js")
        scripts = "".join((SOURCE / each).read_text() for each in names)
        said = set(re.findall(r'data-says="(\w+)"', page))
        said |= set(re.findall(r'"(refused_\w+)"', scripts)) | {"language", "name", "description"}
        said |= set(re.findall(r'said\("(\w+)"', scripts))
        assert said == WORDS["fr"].keys()
        for language, words in WORDS.items():
            assert words["language"]["message"] == language
            for each in words.values():
                assert "'" not in each["message"]

    def test_a_tab_is_judged_by_its_address(self) -> None:
        found = judged(
            "https://pictures.example/page#here",
            "http://me:word@pictures.example/",
            *(
                "javascript:alert(1)",
                "chrome://settings/",
                "file:///a",
                "data:text/html,a",
                "about:",
            ),
            *("", None, "no address", "https://pictures.example/" + "a" * 8_000),
        )
        assert found[:2] == [
            {"address": "https://pictures.example/page#here"},
            {"address": "http://pictures.example/"},
        ]
        assert [each["refused"] for each in found[2:]] == [
            *["refused_kind"] * 5,
            *["refused_none"] * 3,
            "refused_long",
        ]

    def test_the_address_stands_after_the_hash_of_the_form(self) -> None:
        form = "https://centre.example/fr/report/"
        found = in_node(f'filled("{form}", "https://a.example/?b=c&d#e", "hate")')
        assert found == f"{form}#address=https%3A%2F%2Fa.example%2F%3Fb%3Dc%26d%23e&category=hate"
        assert "category" not in in_node(f'filled("{form}", "https://a.example/", "")')


class TestThePackageForAnalysts:
    def test_may_ask_the_page_that_was_pressed_on_and_no_other(self) -> None:
        manifest = json.loads(files(ANALYSTS)["manifest.json"])
        assert manifest.pop("permissions") == ["activeTab", "scripting"]
        assert manifest == {key: each for key, each in MANIFEST.items() if key != "permissions"}
        assert json.loads(files(CENTRE)["manifest.json"]) == MANIFEST

    def test_has_the_hashing_of_the_pages_and_the_public_one_has_none(self) -> None:
        more = files(ANALYSTS).keys() - files(CENTRE).keys()
        assert more == {*HASHES, "fingerprint.js", "boxes.js"}
        for name in HASHES:
            assert files(ANALYSTS)[name] == (HASHING / name).read_bytes()

    def test_keeps_fetches_and_changes_nothing(self) -> None:
        for name in ("fingerprint.js", "boxes.js", *HASHES):
            script = files(ANALYSTS)[name].decode()
            assert not re.search(r"storage|indexedDB|caches|cookie|fetch\(|sendBeacon", script)
            assert not re.search(r"XMLHttpRequest|WebSocket|innerHTML|eval\(", script)
            used = set(re.findall(r"chrome\.(\w+\.\w+)", script))
            assert used <= {
                "i18n.getMessage",
                "scripting.executeScript",
                "tabs.captureVisibleTab",
                "tabs.create",
            }

    def test_carries_hashes_and_the_address_after_the_hash_of_the_staffs_page(self) -> None:
        fingerprint = {"pdq": "ab" * 32, "quality": 99, "turns": ["ab" * 32] * 8}
        found = in_boxes(
            f'carried("{STAFF}", "https://a.example/?b=c#d", {json.dumps(fingerprint)})'
        )
        page, _, rest = found.partition("#")
        assert page == STAFF
        told = parse_qs(rest, strict_parsing=True)
        assert told["address"] == ["https://a.example/?b=c#d"]
        assert json.loads(told["fingerprints"][0]) == [fingerprint]
        assert told.keys() == {"address", "fingerprints"}

    def test_lists_pictures_that_are_seen_whole_the_largest_first(self) -> None:
        boxes = [
            {"left": 0, "top": 0, "width": 100, "height": 80},
            {"left": 10, "top": 200, "width": 300, "height": 200},
            {"left": 10, "top": 200, "width": 300, "height": 200},  # the same place twice
            {"left": 10, "top": 700, "width": 300, "height": 200},  # goes below
            {"left": 5, "top": 5, "width": 63, "height": 63},  # small
        ]
        page = {"width": 800, "height": 800}
        found = in_boxes(f"listed({json.dumps(boxes)}, {json.dumps(page)})")
        assert found == [boxes[1], boxes[0]]

    def test_crops_whole_pixels_of_the_screen(self) -> None:
        box = {"left": 10.4, "top": 20, "width": 99.2, "height": 50.5}
        screen = {"width": 1600, "height": 1200}
        page = {"width": 800, "height": 600}
        found = in_boxes(f"cropped({json.dumps(box)}, {json.dumps(page)}, {json.dumps(screen)})")
        assert found == {"x": 21, "y": 40, "width": 198, "height": 101}

    def test_a_picture_that_is_fitted_into_its_element_has_a_box_of_its_own(self) -> None:
        element = {"left": 0, "top": 0, "width": 400, "height": 200, "own": [100, 100]}
        told = [in_boxes(f"fitting({json.dumps(element | {'fit': fit})})") for fit in FITS]
        assert [(each["left"], each["top"], each["width"], each["height"]) for each in told] == [
            (0, 0, 400, 200),
            (100, 0, 200, 200),
            (150, 50, 100, 100),
        ]


FITS = ("fill", "contain", "scale-down")


class TestPacking:
    def test_gives_the_same_bytes_each_time(self) -> None:
        assert packed(CENTRE) == packed(CENTRE)
        with zipfile.ZipFile(io.BytesIO(packed(CENTRE))) as package:
            names = package.namelist()
            assert names == sorted(names)
            assert "icons/icon.svg" not in names
            assert {"manifest.json", "centre.json", "popup.html"} < set(names)

    def test_takes_the_file_of_a_centre(self) -> None:
        ours = CENTRE.replace("Safer Internet Centre", "Our Centre")
        with zipfile.ZipFile(io.BytesIO(packed(ours))) as package:
            assert json.loads(package.read("centre.json"))["name"]["en"] == "Our Centre"

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[]",
            json.dumps(json.loads(CENTRE) | {"name": {"fr": "Le centre"}}),
            json.dumps(json.loads(CENTRE) | {"kinds": [{"label": {"fr": "a", "en": "b"}}]}),
            CENTRE.replace("http://127.0.0.1:8000/fr", "http://centre.example/fr"),
            CENTRE.replace("/fr/report/", "/fr/report/#here"),
            json.dumps(json.loads(CENTRE) | {"staff": "http://centre.example/staff/"}),
            json.dumps(json.loads(CENTRE) | {"staff": 1}),
        ],
        ids=["empty", "list", "english", "code", "http", "hash", "staff", "number"],
    )
    def test_refuses_a_file_that_does_not_say_all(self, text: str) -> None:
        with pytest.raises(CentreFaulty):
            checked(text)

    def test_the_kinds_are_those_of_the_form(self) -> None:
        told = [(each["code"], each["label"]) for each in json.loads(CENTRE)["kinds"]]
        assert told == [(one.code, dict(one.label.by_language)) for one in categories("fr")]


def judged(*addresses: str | None) -> list[dict[str, str]]:
    """Return what the pop-up's rule says of tabs with these addresses."""
    found: list[dict[str, str]] = in_node(
        f"{json.dumps(addresses)}.map((url) => judged({{ url: url ?? undefined }}))"
    )
    return found


def in_node(words: str) -> Any:
    """Return what an expression gives, beside the rules of the pop-up."""
    return _told(f'import {{ filled, judged }} from "{(SOURCE / "report.js").as_uri()}"', words)


def in_boxes(words: str) -> Any:
    """Return what an expression gives, beside the rules of the part for analysts."""
    rules = (SOURCE / "analyst/boxes.js").as_uri()
    return _told(f'import {{ carried, cropped, fitting, listed }} from "{rules}"', words)


def _told(given: str, words: str) -> Any:
    script = f"{given}; console.log(JSON.stringify({words}))"
    node = shutil.which("node") or "node"
    done = subprocess.run(  # noqa: S603 - our own words
        [node, "--input-type=module", "--eval", script], capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def test_the_folder_holds_what_is_packed_and_its_drawing() -> None:
    drawn = {Path("icons/icon.svg")}
    found = {each.relative_to(SOURCE) for each in SOURCE.rglob("*") if each.is_file()}
    ours = {Path(name) for name in files(ANALYSTS).keys() - HASHES}
    ours = {
        Path("analyst") / each if (SOURCE / "analyst" / each).is_file() else each for each in ours
    }
    assert found - drawn == ours
