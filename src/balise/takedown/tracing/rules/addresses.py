"""Read the address of a web page as people write it; give it back as every browser would.

The canonical form is the WHATWG URL standard's, without fragment, credentials or the DNS root's
dot: two people who report one page give one address. Whatever was understood beyond that is said
in `Address.changed`; whatever is refused is refused with what to do instead.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import can_ada
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.takedown.tracing.rules import public
from balise.takedown.tracing.rules.domains import is_known_suffix, registrable_domain

MAX_BYTES = 65_536

# What `Address.changed` may say, in words for the person who wrote the address.
CHANGES: dict[str, Promise] = {
    "text-removed": _("The address was taken out of the text around it."),
    "defanged": _("A disarmed address (hxxp, [.]) was put back in order."),
    "scheme-added": _("“https://” was added in front."),
    "credentials-removed": _("A user name or password in the address was removed."),
    "fragment-removed": _("The part after “#” was removed: it names a place within the page."),
    "dot-removed": _("The dot after the domain name was removed."),
    "idn": _("The name has letters beyond a–z: check that it is the site you mean."),
    "onion": _("The page is on the Tor network."),
}

REFUSALS: dict[str, Promise] = {
    "empty": _("Write the address of the page."),
    "not-an-address": _(
        "This is not the address of a web page. Open the page, touch the address bar at the top "
        "of the browser, copy, and paste here. It looks like https://www.site.example/page."
    ),
    "several": _("There are several addresses here. Write one on each line."),
    "script": _(
        "This is a piece of program, not a page. Open the page that it comes from and copy that "
        "page's address."
    ),
    "local-file": _(
        "This is a file on your own device: nobody else can open it. Give the address of the page "
        "where you found it. Never send us the file itself."
    ),
    "e-mail": _(
        "This is an e-mail address. Give the address of a web page, or describe the message in "
        "your own words."
    ),
    "not-web": _(
        "Only web pages (http or https) can be looked into from here. If it is an application, a "
        "message or a download, describe in your own words where it is."
    ),
    "private-host": _(
        "This address only works inside a home or an office: nobody else can open it. Give the "
        "address as the public sees it."
    ),
    "host-too-long": _("The name of the site is longer than the internet allows: copy it again."),
    "too-long": _("This address is too long (64 KB at most): copy it again."),
    "unreadable": _("This text has characters that cannot be read: copy the address again."),
}


class AddressRefused(Refused):
    """No address that can be looked into; `code` says why, the message what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REFUSALS[code]))
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in canonical form; `changed` holds codes of `CHANGES`, in a fixed order.

    `registrable_domain` is "" for an IP address. `host` is as in the canonical form: lower case,
    ASCII, an IPv6 address in brackets.
    """

    canonical: str
    scheme: str
    host: str
    registrable_domain: str
    is_ip: bool
    changed: tuple[str, ...] = ()

    @property
    def shown_host(self) -> str:
        """The host as its readers see it: `xn--…` decoded; show it beside `host`, never instead."""
        if "xn--" not in self.host:
            return self.host
        # its stub says str, but bytes are what it takes
        return can_ada.idna_decode(self.host.encode())  # type: ignore[arg-type]

    def explain(self) -> list[str]:
        """Return what was understood or removed, in the active language."""
        return [str(CHANGES[code]) for code in self.changed]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that is no address: its number (from 1), the line as it was written, and why."""

    number: int
    line: str
    code: str
    message: str


_UNUSUAL = public.SPECIAL_SUFFIXES | {"onion"}

# Most addresses: lower-case, ASCII, no port, no credentials, nothing to understand.
_ORDINARY = re.compile(r"(https?)://((?:[a-z0-9_-]+\.)+([a-z][a-z0-9-]*))(?:/[!-~]*)?")

_SEPARATOR = r"\[://\]|\(://\)|(?:\[:\]|\(:\)|:)(?:\[//\]|%s)"
_START = re.compile(rf"h(tt|xx|\*\*)p(s?)({_SEPARATOR % r'[/\\]*'})", re.IGNORECASE)
_WEB = re.compile(rf"h(?:tt|xx|\*\*)ps?(?:{_SEPARATOR % r'//|\\\\'})\S*", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d{1,5}(?:[/?#]|$))", re.IGNORECASE)
_DOTTED = re.compile(r"\[\.\]|\(\.\)|\{\.\}|[\[({](?:dot|point)[\])}]|\[\.|\.\]", re.IGNORECASE)
_SPOKEN_DOT = re.compile(r"(?<=\w)\s+(?:dot|point)\s+(?=\w)", re.IGNORECASE)
_AUTHORITY = re.compile(r"[^/\\?#]*")
_BARE = re.compile(r"[^\s/\\?#@:\[]+(?::\d{1,5})?(?=[/?#]|$)")
_BARE_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:.]+\]")

# Around an address: spaces, marks of writing direction and of byte order, quotes and brackets.
_INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2066\u2067\u2068\u2069\ufeff\u00ad"
)
_OUTSIDE = " \t\r\n\v\f\u00a0\u202f\u2007\u3000" + _INVISIBLE
_PAIRS = dict(zip("<\"'«“‘(`„‹", ">\"'»”’)`“›", strict=True))
_BRACKETS = (("(", ")"), ("[", "]"), ("{", "}"))
_TRAILING = ".,;:!?…\"'»”’>*" + _OUTSIDE

_SCRIPTS = frozenset(
    ["javascript", "vbscript", "data", "blob", "about", "filesystem", "view-source", "jar"]
)
_LOCAL_FILES = frozenset(["file", "content", "cid", "mid", "resource", "c", "d", "e"])
_OTHER = frozenset(
    """brave chrome discord ed2k edge ftp ftps geo gopher intent ipfs ipns irc ircs magnet market
    opera sftp skype sms snapchat ssh steam tel tg urn viber whatsapp ws wss""".split()  # noqa: SIM905 - read more easily
)


def read_address(text: str) -> Address:
    """Return the one web address that a text means, canonical.

    The text may be an address, one without its scheme, one disarmed by a colleague (`hxxp://`,
    `[.]`, ` dot `), or what a phone's share button sends around one. Refuse (AddressRefused) what
    is not a page of the public web: no other error leaves here, whatever the text.
    """
    match = _ORDINARY.fullmatch(text)
    if match is None or len(text) > MAX_BYTES:
        return _understood(text)
    scheme, host, last = match.groups()
    if last in _UNUSUAL or "xn--" in host or len(host) > public.MAX_LABEL:
        return _canonical(text, [])
    canonical = can_ada.parse(text).href
    if "#" in canonical:
        canonical = canonical.partition("#")[0]
        return Address(
            canonical, scheme, host, registrable_domain(host), False, ("fragment-removed",)
        )
    return Address(canonical, scheme, host, registrable_domain(host), False)


def find_addresses(text: str) -> list[Address | Unreadable]:
    """Return what each line of a text means, one address a line; blank lines are skipped."""
    found: list[Address | Unreadable] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip(_OUTSIDE):
            continue
        try:
            found.append(read_address(line))
        except AddressRefused as refusal:
            found.append(Unreadable(number, line, refusal.code, refusal.message))
    return found


def _canonical(url: str, changed: list[str]) -> Address:
    """Return the address of a text that names its scheme and starts with it."""
    try:
        read = can_ada.parse(url)
    except ValueError:
        raise AddressRefused("not-an-address") from None
    if read.username or read.password:
        read.username = read.password = ""
        changed.append("credentials-removed")
    host = read.hostname
    if host.endswith("."):
        read.hostname = host = host.rstrip(".")
        changed.append("dot-removed")
    canonical = read.href
    if "#" in canonical:
        canonical = canonical.partition("#")[0]
        changed.append("fragment-removed")
    if len(canonical) > MAX_BYTES:
        raise AddressRefused("too-long")
    is_ip = _vetted(host)
    if "xn--" in host:
        changed.append("idn")
    if host.endswith(".onion"):
        changed.append("onion")
    domain = "" if is_ip else registrable_domain(host)
    return Address(canonical, read.protocol[:-1], host, domain, is_ip, tuple(changed))


def _vetted(host: str) -> bool:
    """Return whether a host is an IP address; refuse one that the public internet cannot reach."""
    ip = public.ip_of(host)
    if ip is not None:
        if not public.is_public(ip):
            raise AddressRefused("private-host")
        return True
    if public.is_special_name(host):
        raise AddressRefused("private-host")
    if len(host) > public.MAX_LABEL and not public.fits_the_dns(host):
        raise AddressRefused("host-too-long")
    # A disarmed host that only shows once decoded (`%28.%29`) would change at a second reading.
    if ".." in host or host[0] == "." or _DOTTED.search(host):
        raise AddressRefused("not-an-address")
    return False


def _understood(text: str) -> Address:
    """Return the address of a text that needs understanding; each thing understood is noted."""
    bare = _checked(text)
    unwrapped = _unwrapped(bare)
    _refuse_other_schemes(unwrapped)
    changed = [] if unwrapped == bare else ["text-removed"]
    # Whole, a scheme and no space: nothing to look for, so nothing may be cut off.
    if _START.match(unwrapped) and not _has_space(unwrapped):
        return _rearmed(unwrapped, changed)
    spoken = _SPOKEN_DOT.sub(".", unwrapped)
    if spoken != unwrapped:
        candidates = list(_candidates(spoken))
        if len(candidates) == 1 and is_known_suffix(_authority(candidates[0])):
            noted = ["defanged"] if candidates[0] == spoken else ["text-removed", "defanged"]
            return _rearmed(candidates[0], noted)
    candidates = list(_candidates(unwrapped))
    if not candidates:
        raise AddressRefused(_nothing_found(unwrapped))
    if candidates[0] != unwrapped:
        changed = ["text-removed"]
    addresses = [_rearmed(candidate, list(changed)) for candidate in candidates]
    if len({address.canonical for address in addresses}) > 1:
        raise AddressRefused("several")
    return addresses[0]


def _checked(text: str) -> str:
    """Return a text without what is invisible around it; refuse what no address can be."""
    if len(text) > MAX_BYTES:
        raise AddressRefused("too-long")
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise AddressRefused("unreadable") from None
    if size > MAX_BYTES:
        raise AddressRefused("too-long")
    if "\0" in text:
        raise AddressRefused("unreadable")
    bare = text.strip(_OUTSIDE)
    if not bare:
        raise AddressRefused("empty")
    return bare


def _unwrapped(text: str) -> str:
    """Return a text without the quotes and brackets that stand around all of it."""
    for _layer in range(3):
        if len(text) > 1 and _PAIRS.get(text[0]) == text[-1]:
            text = text[1:-1].strip(_OUTSIDE)
    return text


def _refuse_other_schemes(text: str) -> None:
    match = _SCHEME.match(text)
    if match is None:
        return
    scheme = match[1].lower()
    if scheme in _SCRIPTS:
        raise AddressRefused("script")
    if scheme in _LOCAL_FILES:
        raise AddressRefused("local-file")
    if scheme == "mailto":
        raise AddressRefused("e-mail")
    if scheme in _OTHER or (
        text.startswith("://", match.end(1)) and not _WEB.search(text) and "." not in scheme
    ):
        raise AddressRefused("not-web")


def _nothing_found(text: str) -> str:
    """Return the code of why a text holds no address."""
    if text.lower().startswith("localhost"):
        return "private-host"
    return "e-mail" if any(map(_is_e_mail, text.split())) else "not-an-address"


def _candidates(text: str) -> Iterator[str]:
    """Yield the pieces of a text that look like addresses: with a scheme, else without."""
    whole = not _has_space(text)
    found = False
    for match in _WEB.finditer(text):
        found = True
        yield match[0] if whole else _without_tail(match[0])
    if found:
        return
    for piece in text.split():
        word = piece if whole else _without_tail(_unwrapped(piece))
        if _stands_alone(word):
            yield word


def _stands_alone(word: str) -> bool:
    """Return whether a word without a scheme can be meant as an address: `exemple.fr/page`."""
    host = _authority(word)
    if not host or not _BARE.match(_refanged(word)):
        return _BARE_IP.match(word) is not None
    return (
        _BARE_IP.match(word) is not None
        or is_known_suffix(host)
        or (host.startswith("www.") and host.count(".") > 1)
    )


def _is_e_mail(word: str) -> bool:
    name, _at, host = word.partition("@")
    return bool(name) and is_known_suffix(_authority(host))


def _authority(word: str) -> str:
    """Return the host that a word without a scheme would have, canonical; "" if it has none."""
    start = _START.match(word)
    match = _AUTHORITY.match(_refanged(word[start.end() :] if start else word))
    try:
        return str(can_ada.parse(f"https://{match[0] if match else ''}").hostname)
    except ValueError:
        return ""


def _rearmed(word: str, changed: list[str]) -> Address:
    """Return the address of one word: its scheme put back or added, its dots put back."""
    start = _START.match(word)
    if start is None:
        scheme, rest = "https", word
    else:
        scheme, rest = f"http{start[2].lower()}", word[start.end() :]
        if start[1].lower() != "tt" or not start[3].startswith(":") or "[" in start[3]:
            changed.append("defanged")
    refanged = _refanged(rest)
    if refanged != rest and "defanged" not in changed:
        changed.append("defanged")
    if start is None:
        changed.append("scheme-added")
    return _canonical(f"{scheme}://{refanged}", changed)


def _refanged(rest: str) -> str:
    """Return what follows a scheme with its dots put back.

    Brackets in a path may be meant: they are touched only where the host's dots were disarmed too.
    """
    match = _AUTHORITY.match(rest)
    authority = match[0] if match else ""
    if authority.startswith("[") and ":" in authority:  # an IPv6 address keeps its brackets
        return rest
    return _DOTTED.sub(".", rest) if _DOTTED.search(authority) else rest


def _without_tail(word: str) -> str:
    """Return a word without the punctuation of the sentence it stands in."""
    end = len(word)
    surplus = {close: word.count(close) - word.count(opened) for opened, close in _BRACKETS}
    while end:
        last = word[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return word[:end]


def _has_space(text: str) -> bool:
    return len(text.split(maxsplit=1)) > 1
