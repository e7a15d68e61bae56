"""The telephone exchange of a played day: it tells of its calls as a real one does, signed."""

import io
import secrets
from http import HTTPStatus
from typing import Any, cast
from uuid import UUID
from wsgiref.util import setup_testing_defaults

import orjson
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.http import HttpResponse
from django.urls import reverse

from balise.foundation import clock
from balise.helpline.telephony.rules.calls import EndedBy, Happening
from balise.helpline.telephony.rules.signing import SIGNATURE, signature

_SOURCE = "played"


class NotTaken(RuntimeError):
    """The centre did not take what the exchange told."""


class Exchange:
    """One exchange with a secret of its own that only this process knows, at the centre's API."""

    def __init__(self, day: str) -> None:
        self.source = f"{_SOURCE}-{day}-{secrets.token_hex(3)}"
        self._secret = secrets.token_urlsafe(32)
        settings.TELEPHONY_SECRETS[self.source] = self._secret
        self._centre = WSGIHandler()
        self._address = reverse("api:telephony-events")

    def tell(
        self,
        ref: str,
        happening: Happening,
        *,
        ended_by: EndedBy = EndedBy.UNKNOWN,
        number: str = "",
        is_life_danger: bool = False,
    ) -> UUID:
        """Send the event of a call, now, and return the call.

        Raises NotTaken for any answer but “taken”.
        """
        moment = clock.now()
        body = orjson.dumps(
            {
                "id": f"{ref}/{happening}",
                "call": ref,
                "event": happening,
                "at": moment.isoformat(),
                "ended_by": ended_by,
                "number": number,
                "life_danger": is_life_danger,
            }
        )
        status, answer = self._post(body, signature(self._secret, body=body, at=moment))
        if status != HTTPStatus.CREATED:
            raise NotTaken(f"{status}: {answer.decode(errors='replace')[:200]}")
        return UUID(orjson.loads(answer)["call"])

    def _post(self, body: bytes, signed: str) -> tuple[int, bytes]:
        environ: dict[str, Any] = {
            "REQUEST_METHOD": "POST",
            "PATH_INFO": self._address,
            "CONTENT_TYPE": "application/json",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_HOST": "127.0.0.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_BALISE_SOURCE": self.source,
            f"HTTP_{SIGNATURE.upper().replace('-', '_')}": signed,
            "wsgi.input": io.BytesIO(body),
        }
        setup_testing_defaults(environ)
        answer = self._centre.get_response(WSGIRequest(environ))
        return answer.status_code, cast("HttpResponse", answer).content
