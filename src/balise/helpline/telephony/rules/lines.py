"""Where an exchange is, and how long to wait before it is called again.

amis://user:secret@pbx.example:5039/?source=pbx            AMI, TLS (port 5039)
ami://user:secret@127.0.0.1:5038/?source=pbx               AMI, on this machine or in its tunnel
https://user:secret@pbx.example:8089/ari?app=balise&context=from-balise&transfers=balise-transfer&source=pbx
"""

from dataclasses import dataclass, field
from datetime import timedelta

from balise.foundation.url import UrlUnreadable, is_this_machine, read_url

_PORTS = {"amis": 5039, "ami": 5038, "https": 8089, "http": 8088}
_AMI, _ARI = frozenset({"ami", "amis"}), frozenset({"http", "https"})
_IN_CLEAR = frozenset({"ami", "http"})
_LONGEST_PAUSE = timedelta(minutes=1)


class ExchangeUrlFaulty(ValueError):
    """An address is no exchange's. The message never repeats it: it holds secrets."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Where an exchange takes calls of ours. `source` is its name here; `path`, `app`,
    `context` (where a call that we begin is dialled) and `transfers` (where one goes on that is
    transferred) are ARI's.
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
    transfers: str = ""


def read_ami_url(url: str) -> Exchange:
    """Return the exchange that an AMI address describes, or raise ExchangeUrlFaulty."""
    return _read(url, schemes=_AMI, options={"source": "pbx"})


def read_ari_url(url: str) -> Exchange:
    """Return the exchange that an ARI address describes, or raise ExchangeUrlFaulty."""
    return _read(
        url,
        schemes=_ARI,
        options={
            "source": "pbx",
            "app": "balise",
            "context": "from-balise",
            "transfers": "balise-transfer",
        },
    )


def _read(url: str, *, schemes: frozenset[str], options: dict[str, str]) -> Exchange:
    try:
        read = read_url(url)
    except UrlUnreadable as error:
        raise ExchangeUrlFaulty(str(error)) from None
    if read.scheme not in schemes:
        raise ExchangeUrlFaulty(f"it begins with none of {', '.join(sorted(schemes))}")
    if not read.host or not read.user or not read.password:
        raise ExchangeUrlFaulty("it names no host, no user or no secret")
    if read.scheme in _IN_CLEAR and not is_this_machine(read.host):
        raise ExchangeUrlFaulty("its secret and numbers would leave this machine in clear")
    if unknown := set(read.options) - set(options):
        raise ExchangeUrlFaulty(f"unknown: {', '.join(sorted(unknown))}")
    return Exchange(
        host=read.host,
        port=read.port or _PORTS[read.scheme],
        user=read.user,
        secret=read.password,
        is_tls=read.scheme not in _IN_CLEAR,
        path=read.path.rstrip("/"),
        **{**options, **read.options},
    )


def pause(failures: int, *, chance: float) -> timedelta:
    """Return how long to wait after so many failures in a row: 1 s, 2 s, 4 s … at most a minute.

    `chance`, from 0 to 1, spreads it between half and the whole.
    """
    whole = min(timedelta(seconds=2 ** min(max(failures - 1, 0), 10)), _LONGEST_PAUSE)
    return whole * (0.5 + chance / 2)
