"""The centre's own pages while a day is played: what they show is as late as the day is."""

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.conf import settings

from balise.foundation import clock

type Application = Callable[[dict[str, Any], Any], Iterable[bytes]]

_WEEK = 7 * 24 * 3600  # seconds


def as_late_as(now: Callable[[], datetime], application: Application) -> Application:
    """Return the application with each request at another moment."""

    def played(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        with clock.at(now()):
            return application(environ, start)

    return played


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's name
        """Write no access log."""


class Window:
    """Serves the pages at one address of this machine, from a thread, until it is closed."""

    def __init__(self, host: str, port: int, *, now: Callable[[], datetime]) -> None:
        from balise.config.wsgi import application  # noqa: PLC0415 - once the settings are right

        # A day takes minutes: it does not ask for a confirmed identity again.
        settings.SESSION_IDLE_SECONDS = settings.SESSION_ABSOLUTE_SECONDS = _WEEK
        self._server = make_server(
            host,
            port,
            as_late_as(now, application),
            server_class=_Server,
            handler_class=_Quiet,
        )
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()

    def close(self) -> None:
        """Stop answering."""
        self._server.shutdown()
        self._server.server_close()
