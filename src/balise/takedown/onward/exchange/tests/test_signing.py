"""Signed requests: RFC 9421's own example, and what our profile refuses."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from balise.foundation.encryption.signatures import is_signed_by
from balise.takedown.onward.exchange.rules import signing
from balise.takedown.onward.exchange.rules.signing import SignatureFaulty, SignedRequest

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
KEY_ID = "0123456789abcdef0123456789abcdef"
NONCE = "A" * 24
SIGNATURE = bytes(64)


def make_request(given: dict[str, str] | None = None) -> SignedRequest:
    body = b'{"a":1}'
    headers = {
        "content-type": "application/json",
        "content-digest": signing.content_digest(body),
    }
    claim = signing.claim(key_id=KEY_ID, nonce=NONCE, at=AT)
    signed = signing.headers_of(claim, SIGNATURE)
    headers |= {name.lower(): value for name, value in signed.items()} | (given or {})
    return SignedRequest(
        method="POST", authority="b.example", path="/api/v1/x", headers=headers, body=body
    )


class TestTheStandard:
    def test_its_ed25519_example_holds(self) -> None:
        # RFC 9421, appendix B.2.6: key test-key-ed25519, request test-request.
        request = SignedRequest(
            method="POST",
            authority="example.com",
            path="/foo",
            query="param=Value&Pet=dog",
            headers={
                "date": "Tue, 20 Apr 2021 02:07:55 GMT",
                "content-type": "application/json",
                "content-length": "18",
            },
        )
        components = ("date", "@method", "@path", "@authority", "content-type", "content-length")
        covered = " ".join(f'"{name}"' for name in components)
        parameters = f'({covered});created=1618884473;keyid="test-key-ed25519"'
        key = b64decode("JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=")
        signature = b64decode(
            "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
        )
        text = signing.signed_text(request, components, parameters)
        assert is_signed_by(key, text, signature)
        assert not is_signed_by(key, text + b" ", signature)

    def test_its_digest_example_holds(self) -> None:
        # RFC 9530, appendix D: the body {"hello": "world"} and a line feed.
        digest = signing.content_digest(b'{"hello": "world"}\n')
        assert digest == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"

    def test_an_authority_has_no_default_port(self) -> None:
        for url, expected in (
            ("https://B.example:443/x", "b.example"),
            ("https://b.example:8443/x", "b.example:8443"),
            ("http://[::1]:80/x", "[::1]"),
        ):
            found = signing.request_to(url, method="GET", headers={})
            assert found.component("@authority") == expected
            assert found.component("@query") == "?"


class TestTheProfile:
    def test_reads_what_it_writes(self) -> None:
        claim = signing.read_claim(make_request(), at=AT)
        assert (claim.key_id, claim.nonce, claim.signature) == (KEY_ID, NONCE, SIGNATURE)
        assert claim.expires - claim.created == signing.LASTS

    @pytest.mark.parametrize("late", [timedelta(minutes=7), timedelta(minutes=-2)])
    def test_is_fresh(self, late: timedelta) -> None:
        with pytest.raises(SignatureFaulty):
            signing.read_claim(make_request(), at=AT + late)

    def test_covers_the_body(self) -> None:
        digest = signing.content_digest(b"another")
        with pytest.raises(SignatureFaulty):
            signing.read_claim(make_request({"content-digest": digest}), at=AT)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ('"@path" ', ""),
            ('"content-digest" ', ""),
            ('"@method" "@authority"', '"@authority" "@method"'),
            ("ed25519", "hmac-sha256"),
            ("balise-exchange", "another"),
            ("balise=", "sig1="),
            (NONCE, "short"),
            (KEY_ID, "KEY"),
            ("created=", "created=9"),
            (";expires=", ";expires=9"),
        ],
    )
    def test_refuses_any_other(self, before: str, after: str) -> None:
        written = make_request().headers["signature-input"]
        assert before in written
        changed = written.replace(before, after, 1)
        with pytest.raises(SignatureFaulty):
            signing.read_claim(make_request({"signature-input": changed}), at=AT)

    @given(st.text(max_size=300))
    def test_no_text_breaks_it(self, text: str) -> None:
        for name in ("signature-input", "signature"):
            with pytest.raises(SignatureFaulty):
                signing.read_claim(make_request({name: text}), at=AT)

    def test_a_part_that_is_missing_is_refused(self) -> None:
        request = SignedRequest(method="GET", authority="b.example", path="/", headers={})
        with pytest.raises(SignatureFaulty):
            signing.claim(key_id=KEY_ID, nonce=NONCE, at=AT).text(request)
