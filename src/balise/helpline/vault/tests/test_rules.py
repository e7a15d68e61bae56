"""The rules, without a database: bounds, key words, chain, items, layout, verdicts."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from balise.foundation.encryption.phrases import word_list
from balise.helpline.vault.rules import chain, verdicts
from balise.helpline.vault.rules.bounds import (
    MOST_BODY,
    MOST_HEADER,
    PADDED,
    Malformed,
    NotSealed,
    TooLarge,
    TooMany,
    check_body,
    check_header,
    check_length,
    check_link,
    check_piece,
    check_pieces,
    read_secret,
)
from balise.helpline.vault.rules.items import ItemBroken, clock_is_ahead, moment_of, read_item
from balise.helpline.vault.rules.sharing import (
    MOST_ROUNDS,
    InvitationOver,
    LinkOver,
    NotCommitted,
    NotShared,
    ShareState,
    Turns,
    check_invitation,
    check_link_opens,
    check_revealed,
    check_rounds,
    check_shared,
    commitment_to,
    key_words,
)
from balise.helpline.vault.rules.verdicts import Chain, Verdict, judged
from balise.helpline.vault.tests.makers import an_item, packed

NOW = datetime(2026, 10, 5, 18, 0, tzinfo=UTC)
VECTORS = Path(__file__).with_name("vectors.json")


def entry(number: int, **other: Any) -> dict[str, object]:
    said = {"at": "2026-10-05T17:12:00Z", "commitment": "ab" * 32, "item": f"i{number}"}
    return said | {"kind": "added", "n": number} | other


class TestBounds:
    def test_a_secret_is_64_hexadecimal_digits(self) -> None:
        assert read_secret("ab" * 32) == b"\xab" * 32
        for wrong in ("AB" * 32, "ab" * 31, "", None, 1, "g" * 64):
            with pytest.raises(Malformed):
                read_secret(wrong)

    def test_a_header_is_that_of_an_age_file(self) -> None:
        header, body = an_item().split
        check_header(header)
        check_body(body)
        begin = b"age-encryption.org/v1\n"
        for wrong in (b"", header + body, b"x" + header, header[:-2], begin * (MOST_HEADER // 20)):
            with pytest.raises(NotSealed):
                check_header(wrong)

    def test_a_body_is_no_shorter_and_no_longer_than_one(self) -> None:
        with pytest.raises(NotSealed):
            check_body(b"x" * 31)
        with pytest.raises(TooLarge):
            check_length(MOST_BODY + 1)

    def test_a_piece_is_padded_and_within_its_number(self) -> None:
        for length in PADDED:
            check_piece(0, 1, length)
        with pytest.raises(NotSealed):
            check_piece(0, 1, PADDED[0] - 1)
        with pytest.raises(Malformed):
            check_piece(2, 2, PADDED[0])
        with pytest.raises(TooMany):
            check_piece(0, 257, PADDED[0])
        check_pieces(33)
        with pytest.raises(TooLarge):
            check_pieces(34)

    def test_a_link_has_bounds(self) -> None:
        assert check_link(10, 30) == (10, 30)
        for wrong in ((0, 1), (11, 1), (1, 0), (1, 31), ("1", 1)):
            with pytest.raises(Malformed):
                check_link(*wrong)


class TestSharing:
    def test_four_words_change_with_the_key_and_with_the_case(self) -> None:
        words = word_list("fr")
        turns, others = Turns(bytes(32), b"a" * 32), Turns(b"a" * 32, bytes(32))
        found = key_words("c", "age1a", turns, words)
        assert len(found) == 4
        assert set(found) <= set(words)
        assert found == key_words("c", "age1a", turns, words)
        assert found != key_words("c", "age1b", turns, words)
        assert found != key_words("d", "age1a", turns, words)
        assert found != key_words("c", "age1a", others, words)

    def test_what_is_shown_is_what_was_committed_to(self) -> None:
        check_revealed(b"a" * 32, answered_to=commitment_to(b"a" * 32))
        for drawn, answered_to in ((b"b" * 32, commitment_to(b"a" * 32)), (b"a" * 32, b"")):
            with pytest.raises(NotCommitted):
                check_revealed(drawn, answered_to=answered_to)

    def test_words_are_begun_with_some_times(self) -> None:
        check_rounds(MOST_ROUNDS - 1)
        with pytest.raises(InvitationOver):
            check_rounds(MOST_ROUNDS)

    def test_words_and_links_end(self) -> None:
        check_invitation(at=NOW, until=NOW + timedelta(seconds=1))
        with pytest.raises(InvitationOver):
            check_invitation(at=NOW, until=NOW)
        check_link_opens(at=NOW, until=NOW + timedelta(seconds=1), left=1)
        for until, left in ((NOW, 1), (NOW + timedelta(days=1), 0)):
            with pytest.raises(LinkOver):
                check_link_opens(at=NOW, until=until, left=left)

    def test_what_was_taken_back_opens_no_longer(self) -> None:
        check_shared(ShareState.SHARED)
        for state in (ShareState.REVOKED, ShareState.CLOSED):
            with pytest.raises(NotShared):
                check_shared(state)


class TestChain:
    def test_is_that_of_the_device(self) -> None:
        vectors = json.loads(VECTORS.read_text(encoding="utf-8"))["chain"]
        head = chain.START
        assert vectors
        for one in vectors:
            head = chain.following(head, one["entry"])
            assert head == one["hash"]

    def test_comes_back_from_its_file(self) -> None:
        entries = [entry(1), entry(2, kind="shared", item="é")]
        assert chain.read(chain.written(entries)) == entries
        assert chain.head_of([]) == chain.START

    @pytest.mark.parametrize(
        "entries",
        [
            [entry(2)],
            [entry(1), entry(1)],
            [entry(1), entry(3)],
            [entry(1, kind="found")],
            [entry(1, more="x")],
            [entry(1, at=5)],
        ],
    )
    def test_refuses_what_is_missing_doubled_or_of_another_form(
        self, entries: list[dict[str, object]]
    ) -> None:
        with pytest.raises(chain.ChainBroken):
            chain.head_of(entries)

    @pytest.mark.parametrize("line", [b"{}", b"no", b'{"n": 1}'])
    def test_refuses_a_line_that_is_not_in_its_form(self, line: bytes) -> None:
        with pytest.raises(chain.ChainBroken):
            chain.read(line + b"\n")


class TestAnItem:
    def test_is_read_as_it_was_written(self) -> None:
        item = an_item(what="il a dit")
        found = read_item(packed(item.head, item.original))
        assert (found.original, found.what, found.words) == (
            item.original,
            "il a dit",
            "tu verras demain",
        )
        assert found.commitment == item.commitment

    @pytest.mark.parametrize(
        "wrong",
        [
            {"v": 2},
            {"bytes": 3},
            {"sha256": "00" * 32},
            {"kind": "thing"},
            {"salt": "no"},
            {"who": ["a"]},
            {"what": "x" * 5000},
        ],
    )
    def test_is_refused_where_it_does_not_hold_together(self, wrong: dict[str, object]) -> None:
        item = an_item()
        with pytest.raises(ItemBroken):
            read_item(packed(item.head | wrong, item.original))

    @pytest.mark.parametrize(
        "plain", [b"", b"\0\0\0\1", b"\xff\xff\xff\xffx", b"\0\0\0\2[]", b"\0\0\0\1x"]
    )
    def test_is_refused_where_it_is_none(self, plain: bytes) -> None:
        with pytest.raises(ItemBroken):
            read_item(plain)

    def test_a_clock_a_year_ahead_is_seen(self) -> None:
        assert clock_is_ahead(NOW + timedelta(days=365), known_at=NOW)
        assert not clock_is_ahead(NOW - timedelta(days=365), known_at=NOW)
        assert not clock_is_ahead(moment_of("yesterday"), known_at=NOW)
        assert moment_of("2026-10-05T18:00:00") == NOW


class TestADossier:
    @pytest.fixture
    def files(self) -> dict[str, bytes]:
        """A dossier with one item, as a device makes it."""
        item, at = an_item(), "2026-10-05T17:12:00Z"
        said = {**item.head, "file": verdicts.file_of(1, str(item.head["id"]), "text/plain")}
        log = [entry(1, at=at, commitment=item.commitment, item=item.head["id"])]
        head = {"entries": 1, "head": chain.head_of(log)}
        said |= {"commitment": item.commitment, "stamp": ""}
        manifest = {"v": 1, "made_by": "device", "made_at": at, "items": [said], "log": head}
        return {
            verdicts.MANIFEST: verdicts.manifest_bytes(manifest),
            verdicts.LOG: chain.written(log),
            str(said["file"]): item.original,
        }

    def test_without_a_timestamp_is_undated(self, files: dict[str, bytes]) -> None:
        report = judged(verdicts.packed(files), dated=lambda *_of: "")
        assert [one.verdict for one in report.items] == [Verdict.UNDATED]
        assert (report.items[0].chain, report.verdict) == (Chain.HOLDS, Verdict.PARTLY)

    def test_with_one_holds_or_fails(self, files: dict[str, bytes]) -> None:
        manifest = json.loads(files[verdicts.MANIFEST])
        manifest["items"][0]["stamp"] = "stamps/a.tsr"
        files[verdicts.MANIFEST] = verdicts.manifest_bytes(manifest)
        good = judged(verdicts.packed(files), dated=lambda *_of: "2026-10-05T17:13:00+00:00")
        assert good.verdict is Verdict.HOLDS
        assert judged(verdicts.packed(files), dated=lambda *_of: "").verdict is Verdict.FAILS

    def test_tells_what_was_changed_or_taken_out(self, files: dict[str, bytes]) -> None:
        name = next(each for each in files if each.startswith("items/"))
        changed = judged(verdicts.packed(files | {name: b"other"}), dated=lambda *_of: "")
        assert [one.verdict for one in changed.items] == [Verdict.CHANGED]
        del files[name]
        missing = judged(verdicts.packed(files), dated=lambda *_of: "")
        assert [one.verdict for one in missing.items] == [Verdict.MISSING]
        assert {changed.verdict, missing.verdict} == {Verdict.FAILS}

    def test_with_another_log_fails(self, files: dict[str, bytes]) -> None:
        files[verdicts.LOG] = chain.written([entry(1)])
        assert judged(verdicts.packed(files), dated=lambda *_of: "").items[0].chain is Chain.BROKEN

    @pytest.mark.parametrize("octets", [b"", b"PK\x05\x06", b"no zip"])
    def test_anything_else_fails(self, octets: bytes) -> None:
        assert judged(octets, dated=lambda *_of: "").verdict is Verdict.FAILS

    @pytest.mark.parametrize("name", ["../up", "/etc/x", "a/b/c", "items\\x", ".hidden"])
    def test_refuses_names_that_lead_elsewhere(self, files: dict[str, bytes], name: str) -> None:
        report = judged(verdicts.packed(files | {name: b"x"}), dated=lambda *_of: "")
        assert (report.items, report.verdict) == ((), Verdict.FAILS)

    def test_names_no_file_as_its_owner_did(self) -> None:
        assert verdicts.file_of(3, "../x", "image/png") == "items/03-item.png"
        assert verdicts.file_of(3, "a1", "application/x-dosexec") == "items/03-a1.bin"
