from base64 import b64decode

import pytest
from hypothesis import given, strategies as st

from balise.foundation.encryption import age
from balise.foundation.encryption.age import RecipientFaulty
from balise.foundation.encryption.envelope import SealBroken

ANOTHER = "AGE-SECRET-KEY-125GUJPRC3A032U0EE3JX05ZJRVNKD8K0DUPF2GJG6VCDR65WRHNS63E5SV"
RECIPIENT_OF_ANOTHER = "age1d3j25jxrdfdflxmmxc33nnp3estpxdvkv2vdu4ruq47wczwtsg9q7z7sxh"
IDENTITY = "AGE-SECRET-KEY-1WRXCMZKNNU4Z6NMVQ2LY33KDJV5XRNAXCCKZ2VGLPRN3SC3QNFKS4FK6V6"
RECIPIENT = "age15tfqfxrw0l7gjkxer9m63kuweeufzk0zlcz4jjz26h67njvc3s0q7m693u"
# Written by another implementation of the format, which adds a stanza of noise.
BY_ANOTHER = b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IFgyNTUxOSBkQkNxWnBwTDhaU2I2bnBtWWdPcnpjV25RSWJtOEdKR2Q3"
    "OGxNQ0lPRmswCnp3bnd4eStoOG9CQ3FtVm5TZjdFa0l3cFZJejJrSjhNVlR1bE5lR29hNjAKLT4gWG1POFYtZ3Jl"
    "YXNlCkVua0w1NkU5RVdqNDBhN2lGRUVJVjZzNXNVelJ1NkRxcWJhcVNlQ2dFNno0eFBMS1d2RVN2MWhNOVJKMTlS"
    "czUKdzJlNEpYVGNDWTh2UFhlT2dGODVoV1hvUm1KUEQxcVFPR1F5K3BBZDA0cTN1WmhVVlNvCi0tLSB2TlNvNUJo"
    "aEx6WVhMdDlOTFhOSWkrUms5czJ4NWJwaWI2UEsyUktscmg4CrkRoDyREImAWssycHIoBw/NdsXNgq1g6GX+Z7m4"
    "//uLI/O+UVkvRnItx3L2Bm/r2wk4nHuf9Q=="
)


class TestAge:
    def test_opens_what_another_program_sealed(self) -> None:
        assert age.open_sealed(BY_ANOTHER, identity=IDENTITY) == b"Le dossier est arrive."

    @pytest.mark.parametrize("length", [0, 1, 65_535, 65_536, 65_537, 200_000])
    def test_gives_back_what_was_sealed(self, length: int) -> None:
        content = bytes(n % 251 for n in range(length))
        sealed = age.seal(content, recipient=RECIPIENT)
        assert sealed.startswith(b"age-encryption.org/v1\n-> X25519 ")
        assert age.open_sealed(sealed, identity=IDENTITY) == content

    def test_opens_for_nobody_else(self) -> None:
        sealed = age.seal(b"the dossier", recipient=RECIPIENT)
        with pytest.raises(SealBroken):
            age.open_sealed(sealed, identity=ANOTHER)
        theirs = age.seal(b"x", recipient=RECIPIENT_OF_ANOTHER)
        assert age.open_sealed(theirs, identity=ANOTHER) == b"x"

    @given(at=st.integers(min_value=0), bit=st.integers(0, 7))
    def test_notices_each_changed_bit(self, at: int, bit: int) -> None:
        sealed = bytearray(age.seal(b"the dossier", recipient=RECIPIENT))
        sealed[at % len(sealed)] ^= 1 << bit
        with pytest.raises(SealBroken):
            age.open_sealed(bytes(sealed), identity=IDENTITY)

    @pytest.mark.parametrize("cut", [1, 16, 17, 20_000, 65_560])
    def test_notices_that_the_end_is_missing(self, cut: int) -> None:
        sealed = age.seal(bytes(100_000), recipient=RECIPIENT)
        with pytest.raises(SealBroken):
            age.open_sealed(sealed[:-cut], identity=IDENTITY)


class TestKeys:
    def test_are_written_as_others_write_them(self) -> None:
        age.check_recipient(RECIPIENT)
        age.check_recipient(f" {RECIPIENT}\n")
        age.check_recipient(RECIPIENT.upper())  # the other spelling of Bech32

    def test_an_identity_that_is_none_is_refused(self) -> None:
        with pytest.raises(RecipientFaulty):
            age.open_sealed(BY_ANOTHER, identity=RECIPIENT)

    @pytest.mark.parametrize(
        "text",
        ["", "age1", "age1qqqqqqqqqqq", RECIPIENT[:-1] + "q", IDENTITY, "é1é"],
    )
    def test_that_are_none_are_refused(self, text: str) -> None:
        with pytest.raises(RecipientFaulty):
            age.check_recipient(text)
