from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from balise.foundation.encryption.doubles.timestamp_authority import Authority, open_authority
from balise.foundation.encryption.timestamps import (
    TimestampRefused,
    check_certificates,
    question,
    timestamped_at,
)

MESSAGE = b"the signature of a dossier"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return open_authority(tmp_path_factory.mktemp("authority"))


class TestTimestamp:
    def test_says_when_the_message_was_seen(self, authority: Authority) -> None:
        asked = question(MESSAGE)
        answer = authority.stamp(asked.octets)
        trusted = authority.root.read_bytes()
        at = timestamped_at(answer, message=MESSAGE, trusted=trusted, nonce=asked.nonce)
        assert abs(datetime.now(UTC) - at) < timedelta(minutes=5)
        assert MESSAGE not in asked.octets

    def test_holds_for_its_message_and_question_alone(self, authority: Authority) -> None:
        asked = question(MESSAGE)
        answer = authority.stamp(asked.octets)
        trusted = authority.root.read_bytes()
        with pytest.raises(TimestampRefused):
            timestamped_at(answer, message=MESSAGE + b".", trusted=trusted)
        with pytest.raises(TimestampRefused):
            timestamped_at(answer, message=MESSAGE, trusted=trusted, nonce=asked.nonce + 1)

    def test_of_an_authority_that_nobody_trusts_is_refused(
        self, authority: Authority, tmp_path: Path
    ) -> None:
        stranger = open_authority(tmp_path / "stranger")
        answer = stranger.stamp(question(MESSAGE).octets)
        trusted = authority.root.read_bytes()
        with pytest.raises(TimestampRefused):
            timestamped_at(answer, message=MESSAGE, trusted=trusted)
        both = trusted + stranger.root.read_bytes()
        assert timestamped_at(answer, message=MESSAGE, trusted=both).tzinfo is not None

    def test_comes_from_an_authority_whose_home_was_moved(self, tmp_path: Path) -> None:
        open_authority(tmp_path / "before")
        moved = open_authority((tmp_path / "before").rename(tmp_path / "after"))
        answer = moved.stamp(question(MESSAGE).octets)
        trusted = moved.root.read_bytes()
        assert timestamped_at(answer, message=MESSAGE, trusted=trusted).tzinfo is not None

    def test_with_any_changed_byte_is_refused(self, authority: Authority) -> None:
        answer = authority.stamp(question(MESSAGE).octets)
        trusted = authority.root.read_bytes()
        for at in range(40, len(answer), 97):
            changed = answer[:at] + bytes([answer[at] ^ 1]) + answer[at + 1 :]
            try:
                seen = timestamped_at(changed, message=MESSAGE, trusted=trusted)
            except TimestampRefused:
                continue
            # A byte outside what is signed (a certificate that nobody needs) may be anything.
            assert seen == timestamped_at(answer, message=MESSAGE, trusted=trusted)

    @pytest.mark.parametrize("answer", [b"", b"0", b"\x30\x03\x02\x01\x00", b"<html>"])
    def test_that_is_none_is_refused(self, authority: Authority, answer: bytes) -> None:
        with pytest.raises(TimestampRefused):
            timestamped_at(answer, message=MESSAGE, trusted=authority.root.read_bytes())


class TestCertificates:
    def test_are_read_before_they_are_needed(self, authority: Authority) -> None:
        check_certificates(authority.root.read_bytes())
        with pytest.raises(TimestampRefused):
            check_certificates(b"no certificate")
