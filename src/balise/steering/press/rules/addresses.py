"""The address of an article, as it is compared: without what only follows its reader."""

from typing import Final
from urllib.parse import parse_qsl, unquote, urlencode

from django.utils.translation import gettext as _

from balise.foundation.url import UrlUnreadable, read_url
from balise.steering.press.rules.refusals import AddressFaulty

LONGEST: Final = 1_000
_PORTS: Final = {"http": 80, "https": 443}
_FOLLOWING: Final = frozenset(
    (
        *("fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "xtor"),
        *("at_medium", "at_campaign", "ns_source", "ns_mchannel", "cmp"),
    )
)


def canonical(address: str) -> str:
    """Return an address as it is compared, "" of none. Raises AddressFaulty.

    Scheme, `www.`, port, fragment, a last slash and parameters that follow a reader are left out;
    parameters are in order.
    """
    text = address.strip()
    if not text:
        return ""
    try:
        url = read_url(text)
    except UrlUnreadable:
        raise _faulty() from None
    if url.scheme not in _PORTS or "." not in url.host or url.user or len(text) > LONGEST:
        raise _faulty()
    port = "" if url.port in {None, _PORTS[url.scheme]} else f":{url.port}"
    kept = sorted((name, value) for name, value in _options(text) if not _follows(name))
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{url.named.removeprefix('www.')}{port}{unquote(url.path).rstrip('/')}{query}"


def _options(text: str) -> list[tuple[str, str]]:
    query = text.partition("#")[0].partition("?")[2]
    return parse_qsl(query, keep_blank_values=True)


def _follows(name: str) -> bool:
    return name.lower() in _FOLLOWING or name.lower().startswith("utm_")


def _faulty() -> AddressFaulty:
    return AddressFaulty(_("This is not a web address. Example: https://journal.example/article"))
