"""What stands in a link and that we signed: a made-up one is refused before any query."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer, TimestampSigner

from balise.foundation.finding import NotHere


class _Signer(Signer):
    """Django's signer; with the moment in it where a token lasts a while only."""

    def __init__(self, name: str, lasts: timedelta | None) -> None:
        super().__init__(salt=name)
        self._dated = TimestampSigner(salt=name) if lasts else None
        self._lasts = lasts

    def sign(self, value: str) -> str:
        return self._dated.sign(value) if self._dated else super().sign(value)

    def unsign(self, signed_value: str) -> str:
        if self._dated:
            return self._dated.unsign(signed_value, max_age=self._lasts)
        return super().unsign(signed_value)


class SignedId:
    """The token of a row's id. `name` is the purpose: the token of one opens no other.

    One that `lasts` opens nothing afterwards.
    """

    def __init__(self, name: str, *, lasts: timedelta | None = None) -> None:
        self._signer = _Signer(name, lasts)

    def token(self, of: UUID) -> str:
        """Return the token of an id."""
        return self._signer.sign(of.hex)

    def read(self, token: str) -> UUID:
        """Return the id of a token. Raises NotHere for one that is old, or not ours."""
        try:
            return UUID(self._signer.unsign(token))
        except (BadSignature, ValueError):
            raise NotHere from None


class SignedState:
    """The token of what JSON can say: it stands in the address of a page, and nowhere else.

    A token of more than `longest` characters is not ours. One that `lasts` opens nothing
    afterwards.
    """

    def __init__(self, name: str, *, longest: int = 2_000, lasts: timedelta | None = None) -> None:
        self._signer = _Signer(name, lasts)
        self._longest = longest

    def token(self, told: object) -> str:
        """Return the token of a value, as short as it can be."""
        return self._signer.sign_object(told, compress=True)

    def read(self, token: str) -> Any:
        """Return the value of a token. Raises NotHere for one that is old, or not ours."""
        if len(token) > self._longest:
            raise NotHere
        try:
            return self._signer.unsign_object(token)
        except (BadSignature, ValueError):
            raise NotHere from None
