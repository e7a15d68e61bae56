"""Releases: written, signed and refused, without a database."""

import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from balise.helpline.app.rules import release as rules
from balise.helpline.app.rules.release import Listed, ReleaseFaulty

MOMENT = datetime(2026, 11, 29, 1, 0, tzinfo=UTC)
PAGE = Listed("/fr/app/", b"<p>page</p>", {"Content-Security-Policy": "default-src 'none'"})
SHEET = Listed("/static/app/app.css", b"body{}")


def made(*files: Listed) -> bytes:
    return rules.manifest(
        files or (PAGE, SHEET), made_at=MOMENT, headers={"A": "b"}, keys={"sharing": "key"}
    )


class TestAManifest:
    def test_lists_each_file_with_its_hash_in_order(self) -> None:
        told = json.loads(made(SHEET, PAGE))

        assert [each["path"] for each in told["files"]] == [PAGE.path, SHEET.path]
        assert told["files"][0]["bytes"] == len(PAGE.content)
        assert told["files"][1]["sha256"] == sha256(SHEET.content).hexdigest()
        assert told["keys"] == {"sharing": "key"}

    def test_bears_a_version_of_its_files_alone(self) -> None:
        later = rules.manifest(
            (PAGE, SHEET),
            made_at=MOMENT.replace(year=2027),
            headers={"A": "b"},
            keys={"sharing": "key"},
        )

        assert rules.version_of(later) == rules.version_of(made())
        assert rules.version_of(made(PAGE)) != rules.version_of(made())

    def test_that_is_none_has_no_version(self) -> None:
        for told in (b"{}", b"[]", b"no"):
            with pytest.raises(ReleaseFaulty):
                rules.version_of(told)

    def test_lists_no_path_twice(self) -> None:
        with pytest.raises(ReleaseFaulty):
            made(PAGE, PAGE)


class TestWhatAFileNeeds:
    def test_a_page_names_its_files_and_pages(self) -> None:
        page = '<link href="/static/a/b.1.css"><a href="/fr/app/quiz/?x=1"></a><a href="/fr/talk/">'

        assert list(rules.named_files(page)) == ["a/b.1.css"]
        assert list(rules.links(page)) == ["/fr/app/quiz/"]

    def test_a_sheet_and_a_module_fetch_what_stands_beside_them(self) -> None:
        sheet = b'a{src:url("../fonts/x.woff2")}b{mask:url(w.svg)}c{background:url(data:x)}'
        module = b'import { a } from "./a.js"; import("../vault/b.js"); const c = "d";'

        assert list(rules.needed_by("app/app.css", sheet)) == ["fonts/x.woff2", "app/w.svg"]
        assert list(rules.needed_by("app/app.js", module)) == ["app/a.js", "vault/b.js"]
        assert not list(rules.needed_by("app/a.png", module))
