"""The rules of dossiers, without a database."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given, strategies as st

from balise.foundation.packs import PackFaulty
from balise.foundation.statistics.usual import band
from balise.takedown.law.rules.items import Item as Shown
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.facts import (
    Digest,
    DossierFacts,
    FactsRefused,
    Fingerprint,
    Item,
    Place,
    check_facts,
)
from balise.takedown.onward.dossiers.rules.numbers import is_number, number_of
from balise.takedown.onward.dossiers.rules.parts import PackageFaulty
from balise.takedown.onward.dossiers.rules.stated import AuthorityUnknown, authorities, authority
from balise.takedown.onward.dossiers.rules.states import (
    Answer,
    Channel,
    DossierState,
    Failure,
    HoldRefused,
    Refusal,
    SameHands,
    WrongState,
    check_hold,
    check_other_hands,
    check_step,
)
from balise.takedown.onward.dossiers.tests.makers import make_facts, make_full_facts

TODAY = date(2026, 11, 24)


class TestFacts:
    def test_come_back_from_what_is_sealed(self) -> None:
        for facts in (make_facts(), make_full_facts()):
            assert DossierFacts.of_payload(facts.to_payload()) == facts
            check_facts(facts)

    def test_begin_when_the_centre_first_heard(self) -> None:
        facts = make_facts()
        assert facts.first_received_at == facts.receptions[0].at
        assert make_facts(receptions=(), decided_at=facts.decided_at).first_received_at == (
            facts.decided_at
        )

    @pytest.mark.parametrize(
        "wrong",
        [
            {"places": ()},
            {"places": (Place(address="  "),)},
            {"places": (Place(address="data:image/png;base64,AAAA"),)},
            {"places": tuple(Place(address=f"https://a.example/{n}") for n in range(501))},
            {"rationale": "court"},
            {"rationale": "Voici ce qui est là : data:image/png;base64,AAAAAAAAAAAAAAAAAAAA"},
            {"rationale": "x" * 5_001},
            {"items": (Item(shows=Shown(), address="DATA:image/png,x"),)},
            {
                "items": (
                    Item(
                        shows=Shown(),
                        fingerprints=(Fingerprint(digest=Digest.MD5, value="ab" * 32),),
                    ),
                )
            },
        ],
    )
    def test_that_nobody_could_act_on_are_refused(self, wrong: dict[str, object]) -> None:
        with pytest.raises(FactsRefused):
            check_facts(make_facts(**wrong))


class TestNumber:
    @given(year=st.integers(2020, 2099), serial=st.integers(1, 999_999))
    def test_is_read_as_it_is_written(self, year: int, serial: int) -> None:
        assert is_number(number_of(year, serial))
        assert str(number_of(2026, 123)) == "2026-000123"

    @pytest.mark.parametrize("serial", [0, 1_000_000])
    def test_ends_one_day(self, serial: int) -> None:
        with pytest.raises(ValueError, match="left"):
            number_of(2026, serial)

    @pytest.mark.parametrize("text", ["", None, "2026-123", "1999-000001", "2026-000123 "])
    def test_is_none_otherwise(self, text: object) -> None:
        assert not is_number(text)


class TestSteps:
    def test_follow_each_other(self) -> None:
        check_step("approve", DossierState.DRAFT)
        for step, state in (
            ("approve", DossierState.APPROVED),
            ("hand-over", DossierState.DRAFT),
            ("acknowledge", DossierState.ACKNOWLEDGED),
            ("answer", DossierState.APPROVED),
            ("withdraw", DossierState.QUEUED),
        ):
            with pytest.raises(WrongState):
                check_step(step, state)

    def test_two_people_stand_behind_one(self) -> None:
        check_other_hands(drafted_by="a", approved_by="b")
        check_other_hands(drafted_by="", approved_by="")
        with pytest.raises(SameHands):
            check_other_hands(drafted_by="a", approved_by="a")

    def test_every_word_has_its_label(self) -> None:
        for words in (DossierState, Channel, Answer, Refusal, Failure):
            assert all(word.label for word in words)

    @pytest.mark.parametrize(
        ("hours", "expected"), [(0, "1h"), (1, "1h"), (5, "24h"), (60, "3d"), (200, "more")]
    )
    def test_a_time_falls_in_a_band(self, hours: int, expected: str) -> None:
        assert band(timedelta(hours=hours)) == expected

    def test_a_hold_ends_on_a_day_to_come(self) -> None:
        check_hold(TODAY + timedelta(days=1), today=TODAY)
        check_hold(TODAY + timedelta(days=90), today=TODAY)
        for days in (0, -1, 91):
            with pytest.raises(HoldRefused):
                check_hold(TODAY + timedelta(days=days), today=TODAY)


class TestAuthorities:
    def test_of_france_begin_with_pharos(self) -> None:
        (first, *_) = authorities("fr")
        assert first.code == "pharos"
        assert Channel.API not in first.channels
        assert authority("pharos", country="fr") is first
        with pytest.raises(AuthorityUnknown):
            authority("nobody", country="fr")
        with pytest.raises(PackFaulty):
            authorities("xx")


class TestPackage:
    PARTS = {"dossier.json": b"{}", "about.json": b"{}", "verify.sh": b"#!/bin/sh\n"}

    def test_is_the_same_for_the_same_parts(self) -> None:
        once = names.zipped(self.PARTS, folder="dossier-2026-000001")
        assert once == names.zipped(
            dict(reversed(self.PARTS.items())), folder="dossier-2026-000001"
        )
        assert names.unzipped(once) == self.PARTS

    def test_manifest_is_read_as_it_is_written(self) -> None:
        manifest = names.read_manifest(names.manifest_of(self.PARTS))
        assert sorted(manifest) == sorted(self.PARTS)

    @pytest.mark.parametrize("line", [b"zz  a\n", b"\xff\n", b"%s  ../a\n" % (b"0" * 64)])
    def test_manifest_that_is_none_is_refused(self, line: bytes) -> None:
        with pytest.raises(PackageFaulty):
            names.read_manifest(line)

    @pytest.mark.parametrize(
        "octets",
        [
            b"",
            b"PK\x03\x04",
            names.zipped({"stranger.exe": b""}, folder="a"),
            names.zipped({"b/dossier.json": b"", "about.json": b""}, folder="a"),
            names.zipped({"dossier.json": bytes(65 * 1024 * 1024)}, folder="a"),
        ],
    )
    def test_that_is_none_is_refused(self, octets: bytes) -> None:
        with pytest.raises(PackageFaulty):
            names.unzipped(octets)

    @given(octets=st.binary(max_size=300))
    def test_any_bytes_are_read_or_refused(self, octets: bytes) -> None:
        with suppress(PackageFaulty):
            names.unzipped(octets)
