"""Where an exchange is, and how long to wait before it is called again.

amis://user:secret@pbx.example:5039/?source=pbx            AMI, TLS (port 5039)
ami://user:secret@127.0.0.1:5038/?source=pbx               AMI, on this machine or in its tunnel
https://user:secret@pbx.example:8089/ari?app=balise&context=from-balise&source=pbx
"""

from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qsl, unquote, urlsplit

_PORTS = {"amis": 5039, "ami": 5038, "https": 8089, "http": 8088}
_AMI, _ARI = frozenset({"ami", "amis"}), frozenset({"http", "https"})
_IN_CLEAR = frozenset({"ami", "http"})
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_LONGEST_PAUSE = timedelta(minutes=1)


class ExchangeUrlFaulty(ValueError):
    """An address is no exchange's. The message never repeats it: it holds secrets."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Where an exchange takes calls of ours. `source` is its name here; `path`, `app` and
    `context` (where a call that we begin is dialled) are ARI's.
    """

    host: str
    port: int
    user: str
    secret: str = field(repr=False)
    is_tls: bool
    source: str
    path: str = ""
    app: str = ""
    context: str = ""


def read_ami_url(url: str) -> Exchange:
    """Return the exchange that an AMI address describes, or raise ExchangeUrlFaulty."""
    return _read(url, schemes=_AMI, options={"source": "pbx"})


def read_ari_url(url: str) -> Exchange:
    """Return the exchange that an ARI address describes, or raise ExchangeUrlFaulty."""
    return _read(
        url,
        schemes=_ARI,
        options={"source": "pbx", "app": "balise", "context": "from-balise"},
    )


def _read(url: str, *, schemes: frozenset[str], options: dict[str, str]) -> Exchange:
    try:
        parts = urlsplit(url)
        port = parts.port
        given = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise ExchangeUrlFaulty("it cannot be read as an address") from None
    if parts.scheme not in schemes:
        raise ExchangeUrlFaulty(f"it begins with none of {', '.join(sorted(schemes))}")
    if not parts.hostname or not parts.username or not parts.password:
        raise ExchangeUrlFaulty("it names no host, no user or no secret")
    if parts.scheme in _IN_CLEAR and parts.hostname not in _LOOPBACK:
        raise ExchangeUrlFaulty("its secret and numbers would leave this machine in clear")
    if unknown := set(given) - set(options):
        raise ExchangeUrlFaulty(f"unknown: {', '.join(sorted(unknown))}")
    return Exchange(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username),
        secret=unquote(parts.password),
        is_tls=parts.scheme not in _IN_CLEAR,
        path=parts.path.rstrip("/"),
        **(options | given),
    )


def pause(failures: int, *, chance: float) -> timedelta:
    """Return how long to wait after so many failures in a row: 1 s, 2 s, 4 s … at most a minute.

    `chance`, from 0 to 1, spreads it between half and the whole.
    """
    whole = min(timedelta(seconds=2 ** min(max(failures - 1, 0), 10)), _LONGEST_PAUSE)
    return whole * (0.5 + chance / 2)
