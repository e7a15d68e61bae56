"""Read the address of a web page as people write it; return it in canonical form.

The canonical form is the WHATWG URL standard's, without fragment, credentials or the DNS root's
dot: two people who report one page give one address. What begins with an address is one address to
its end: spaces in it are encoded, nothing of it is dropped. `Address.changed` holds the codes of
everything else that was understood; a refusal says what to do instead.
"""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from balise.foundation.refusals import Refused
from balise.foundation.url import parse_web
from balise.takedown.tracing.rules import public
from balise.takedown.tracing.rules.pages import is_known_suffix, registrable_domain
from balise.takedown.tracing.rules.written import (
    AUTHORITY,
    DOTTED,
    OUTSIDE,
    START,
    TAIL,
    after_scheme,
    apart,
    begins_with_address,
    candidates,
    has_space,
    has_tail,
    refanged,
    site_of,
    unwrapped,
    with_spoken_dots,
    without_tail,
)

# Messages about an address that was read, or refused, for the person who wrote it.


# What `Address.changed` may say, in words for the person who wrote the address.
CHANGES: dict[str, Promise] = {
    "text-removed": _("The address was extracted from the text around it."),
    "defanged": _("A disabled address (hxxp, [.]) was restored."),
    "scheme-added": _("“https://” was added in front."),
    "credentials-removed": _("A user name or password in the address was removed."),
    "fragment-removed": _("The part after “#” was removed: it points to a place on the page."),
    "dot-removed": _("The dot after the domain name was removed."),
    "idn": _("The name has letters other than a–z: check that it is the right site."),
    "onion": _("The page is on the Tor network."),
    "spaces-encoded": _("Spaces or tabs in the address were encoded as part of it."),
    "tail-kept": _(
        "The address ends with a punctuation mark, which was kept. If it is not part of the "
        "address, enter the address without it."
    ),
    "split": _("Several addresses on one line were read one by one."),
}

# What the public form asks about: every other door keeps what was written, and says so.
ASKED = frozenset({"spaces-encoded", "tail-kept", "split"})

REFUSALS: dict[str, Promise] = {
    "empty": _("Enter the address of the page."),
    "not-an-address": _(
        "This is not the address of a web page. Open the page, select the address at the top of "
        "the browser, copy it, and paste it here. It looks like https://www.site.example/page."
    ),
    "several": _("Several addresses found. Enter one per line."),
    "words-after": _(
        "There are words after the address, or spaces in it. Enter only the address, from "
        "“https://” to its end."
    ),
    "handle": _("This is the name of an account. Also give the app or site it is on."),
    "phone": _("This is a phone number. Report it as a number, not as an address."),
    "script": _(
        "This is a piece of program, not a page. Open the page that it comes from and copy that "
        "page’s address."
    ),
    "local-file": _(
        "This file is on your own device: nobody else can open it. Give the address of the page "
        "where you found it. Never send us the file itself."
    ),
    "e-mail": _(
        "This is an e-mail address. Give the address of a web page, or describe the message in "
        "your own words."
    ),
    "not-web": _(
        "Only web pages (http or https) can be examined from here. If it is an app, a message or "
        "a download, describe in your own words where it is."
    ),
    "private-host": _(
        "This address only works inside a home or an office: nobody else can open it. Give the "
        "address as the public sees it."
    ),
    "host-too-long": _("The name of the site is too long: copy it again."),
    "too-long": _("This address is too long (64 KB at most): copy it again."),
    "unreadable": _("This text has unreadable characters: copy the address again."),
}


MAX_BYTES = 65_536


class AddressRefused(Refused):
    """No address that can be looked into; `code` says why, the message what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(str(REFUSALS[code]))
        self.code = code


@dataclass(frozen=True, slots=True)
class Address:
    """A web address in canonical form.

    `changed` holds codes of `address_words.CHANGES`, in a fixed order.
    `registrable_domain` is "" for an IP address. `host` is as in the canonical form: lower case,
    ASCII, an IPv6 address in brackets.
    """

    canonical: str
    scheme: str
    host: str
    registrable_domain: str
    is_ip: bool
    changed: tuple[str, ...] = ()


_HANDLE = re.compile(r"@[\w.-]{2,60}(?:@[\w.-]+)?")
_PHONE = re.compile(r"\+?[\d(][\d\s().-]+\d")
_LINE_END = re.compile(r"[\r\n]")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d{1,5}(?:[/?#]|$))", re.IGNORECASE)
# ẞ is read as ß (UTS 46 since Unicode 15.1); the parser's older table reads it as ss.
_CAPITAL_SHARP_S = re.compile("ẞ|%e1%ba%9e", re.IGNORECASE)

_UNUSUAL = public.SPECIAL_SUFFIXES | {"onion"}

# Most addresses: lower-case, ASCII, no port, no credentials, nothing to understand.
_ORDINARY = re.compile(r"(https?)://((?:[a-z0-9_-]+\.)+([a-z][a-z0-9-]*))(?:/[!-~]*)?")

_SCRIPTS = frozenset(
    ["javascript", "vbscript", "data", "blob", "about", "filesystem", "view-source", "jar"]
)
_TELEPHONES = frozenset(["callto", "sms", "tel"])
_LOCAL_FILES = frozenset(["file", "content", "cid", "mid", "resource", "c", "d", "e"])
_OTHER = frozenset(
    """brave chrome discord ed2k edge ftp ftps geo gopher intent ipfs ipns irc ircs magnet market
    opera sftp skype snapchat ssh steam tg urn viber whatsapp ws wss""".split()  # noqa: SIM905 - read more easily
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
    noted = ["tail-kept"] if text[-1] in TAIL and has_tail(text) else []
    if last in _UNUSUAL or "xn--" in host or len(host) > public.MAX_LABEL:
        return _canonical(text, noted)
    canonical = parse_web(text).href
    if "#" in canonical:
        canonical = canonical.partition("#")[0]
        noted.append("fragment-removed")
    return Address(canonical, scheme, host, registrable_domain(host), False, tuple(noted))


def _canonical(url: str, changed: list[str]) -> Address:
    """Return the address of a text that names its scheme and starts with it."""
    try:
        read = parse_web(url)
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
    if ".." in host or host[0] == "." or DOTTED.search(host):
        raise AddressRefused("not-an-address")
    return False


def _understood(text: str) -> Address:
    """Return the address of a text that needs understanding; each thing understood is noted."""
    bare = _checked(text)
    inner = unwrapped(bare)
    _refuse_other_schemes(inner)
    changed = [] if inner == bare else ["text-removed"]
    said = with_spoken_dots(inner)
    if said != inner:
        changed.append("defanged")
    if not begins_with_address(said):
        return _in_a_sentence(said, changed)
    if has_space(said):
        return _with_spaces(said, changed)
    return _whole(said, changed)


def _whole(text: str, changed: list[str]) -> Address:
    """Return the address of a text that is one: nothing of it may be cut off.

    A mark after the name of a site is dropped, as no name ends so; any other is kept and noted.
    """
    if has_tail(text):
        if AUTHORITY.fullmatch(text, after_scheme(text)):
            return _rearmed(without_tail(text), _text_removed(changed))
        changed = [*changed, "tail-kept"]
    return _rearmed(text, changed)


def _with_spaces(text: str, changed: list[str]) -> Address:
    """Return the address that a text with spaces is, these encoded.

    Refuse several addresses, and words after the name of a site: no such name has spaces.
    """
    pieces = apart(text)
    if len(pieces) > 1:
        return _the_same([read_address(piece) for piece in pieces])
    authority = AUTHORITY.match(text, after_scheme(text))
    if _LINE_END.search(text) or (authority and has_space(f".{authority[0]}.")):
        raise AddressRefused("words-after")
    return _whole(text.replace("\t", "%09"), [*changed, "spaces-encoded"])


def _in_a_sentence(text: str, changed: list[str]) -> Address:
    """Return the one address in a sentence; refuse one that words follow: where does it end?"""
    found = list(candidates(text))
    if not found:
        raise AddressRefused(_nothing_found(text))
    noted = _text_removed(changed)
    address = _the_same([_rearmed(word, noted) for word in found])
    after = text.rpartition(found[-1])[2]
    if any(symbol.isalnum() for symbol in after):
        raise AddressRefused("words-after")
    return address


def _the_same(addresses: list[Address]) -> Address:
    if len({address.canonical for address in addresses}) > 1:
        raise AddressRefused("several")
    return addresses[0]


def _text_removed(changed: list[str]) -> list[str]:
    return changed if "text-removed" in changed else ["text-removed", *changed]


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
    bare = text.strip(OUTSIDE)
    if not bare:
        raise AddressRefused("empty")
    return bare


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
    if scheme in _TELEPHONES:
        raise AddressRefused("phone")
    names_another = text.startswith("://", match.end(1)) and "." not in scheme
    if scheme in _OTHER or (names_another and not START.match(text)):
        raise AddressRefused("not-web")


def _nothing_found(text: str) -> str:
    """Return the code of why a text holds no address."""
    if text.lower().startswith("localhost"):
        return "private-host"
    words = text.split()
    if any(map(_is_e_mail, words)):
        return "e-mail"
    if any(map(_HANDLE.fullmatch, words)):
        return "handle"
    return "phone" if _PHONE.fullmatch(text) else "not-an-address"


def _is_e_mail(word: str) -> bool:
    name, _at, host = word.partition("@")
    return bool(name) and is_known_suffix(site_of(host))


def _rearmed(word: str, changed: list[str]) -> Address:
    """Return the address of one word: its scheme put back or added, its dots put back."""
    start = START.match(word)
    changed = list(changed)
    if start is None:
        scheme, rest = "https", word
    else:
        scheme, rest = f"http{start[2].lower()}", word[start.end() :]
        if start[1].lower() != "tt" or not start[3].startswith(":") or "[" in start[3]:
            changed.append("defanged")
    dotted = refanged(rest)
    if dotted != rest and "defanged" not in changed:
        changed.append("defanged")
    if start is None:
        changed.append("scheme-added")
    return _canonical(f"{scheme}://{_with_small_sharp_s(dotted)}", changed)


def _with_small_sharp_s(rest: str) -> str:
    """Return what follows a scheme with the name of its site as browsers read it."""
    site = AUTHORITY.match(rest)
    end = site.end() if site else 0
    return _CAPITAL_SHARP_S.sub("ß", rest[:end]) + rest[end:]
