"""Find who notifies in a letter: after a label, in “I, …”, beside an address, in a signature."""

import re

from balise.takedown.notices.rules.reading.lexicon import folded, one_of
from balise.takedown.notices.rules.reading.structured import is_name

# A name stands near the beginning of a line, and who writes says so on the first pages.
_LINE, _LETTER = 400, 12_000

_WORD = r"[A-ZÀ-ÖØ-Ý][\w’'.-]*"
_LINK = (
    one_of(r"""de  du  des  la  le  les  of  the  and  et  pour  contre  for  von  van  der  el  al
    d['’]  l['’]  &""")
    + r"\s*"
)
_NAME = rf"{_WORD}(?:\s+(?:{_LINK})*{_WORD}){{1,6}}"

_LABEL = re.compile(
    r"^\s*(?:[-*•\d.)]*\s*)(?:my |your |mon |votre |full |complete )*"
    + one_of(r"""name  nom(?: complet)?  nom et pr[ée]nom  pr[ée]nom et nom  pr[ée]noms? ?/ ?nom
    nom, pr[ée]nom  notifier  notifying party  notifiant  reporter  reported by  notified by
    submitted by  sent by  signal[ée]e? par  notifi[ée]e? par  d[ée]clarant  signataire  signatory
    signed(?: by)?  sign[ée]e?(?: par)?  organi[sz]ation  organisme  association  identity
    identit[ée]  complainant  plaignant  sender  exp[ée]diteur  from  de  contact
    nom du (?:notifiant|d[ée]clarant|signalant)  name of (?:the )?(?:notifier|reporter)""")
    + r"(?: ?\([^)\n]*\))?\s*[:=]\s*(?P<name>.+)$",
    re.IGNORECASE,
)
_INTRODUCTION = re.compile(
    one_of(r"""\bI,\s+  \b[Jj]e,?\s+soussign[ée]+e?,?\s+(?:M\.|Mme|Madame|Monsieur)?\s*
    \b[Nn]ous,?\s+soussign\w+,?\s+  \b[Mm]y\s+name\s+is\s+  \b[Jj]e\s+m['’]appelle\s+
    \b[Mm]on\s+nom\s+est\s+  \bI\s+am\s+  \bI['’]m\s+  \b[Jj]e\s+suis\s+
    \b[Oo]n\s+behalf\s+of\s+(?:the\s+)?  \b[Tt]he\s+undersigned,?\s+
    \b[Aa]u\s+nom\s+d(?:e\s+(?:la\s+|l['’])?|u\s+)(?:association\s+)?
    \b[Pp]our\s+(?:l['’]association|la\s+société)\s+""")
    + rf"(?P<name>{_NAME})"
)
_BESIDE = re.compile(rf"(?P<name>{_NAME})\s*[,–:-]?\s*[<(]\s*[\w.+-]+@")
_NO_NAME = re.compile(
    "(?:the |le |la |les |un |une |a )?"
    + one_of(r"""association  organisation  organization  e-?mail  courriel  tel  phone  url  link
    lien  date  sincerely  regards  cordialement  merci  thanks?  signature  contact  address
    adresse  bonne foi  good faith  who gives notice  good day  bonjour  hello  citoyen  citoyenne
    concerned (?:citizen|user|parent)  internaute  parent  mere  sent from my \w+
    envoye de mon \w+""")
)


def name_in(body: list[str], signature: list[str], *, email: str) -> str:
    """Return the name of who notifies, "" where none is found. `email` is the notifier's."""
    for line in [*body, *signature]:
        match = _LABEL.match(line[:_LINE])
        if match:
            written = re.sub(r"[<(]?[\w.+-]+@\S+", "", match["name"]).strip(" ,;-–<>")
            if _could_be(written):
                return written
    whole, end = " ".join(body)[:_LETTER], " ".join(signature)[:_LETTER]
    for pattern in (_INTRODUCTION, _BESIDE):
        match = pattern.search(whole) or pattern.search(end)
        if match and _could_be(match["name"]):
            return match["name"].strip()
    for line in signature[1:]:
        if _could_be(line.strip(" ,.")) and email not in (line.strip(), ""):
            return line.strip(" ,.")
    for line in signature[1:]:
        if _could_be(line.strip(" ,.")):
            return line.strip(" ,.")
    return _near(body, email) or _last(body)


def without_introduction(text: str) -> str:
    """Return a sentence without the words by which its writer says who they are."""
    return _INTRODUCTION.sub("", text[:_LINE]) + text[_LINE:]


def _near(lines: list[str], email: str) -> str:
    """Return the name that stands on the line of an address, or up to three lines above it."""
    if not email:
        return ""
    for number, line in enumerate(lines):
        if email not in line:
            continue
        beside = re.sub(
            r"(?:e-?mail|courriel|mail|contact)\s*:?", "", line.split(email)[0], flags=re.IGNORECASE
        )
        if _could_be(beside.strip(" ,;:-–<(|/")):
            return beside.strip(" ,;:-–<(|/")
        above = lines[max(0, number - 3) : number]
        for candidate in above:
            if _could_be(candidate.strip(" ,.")):
                return candidate.strip(" ,.")
        below = lines[number + 1 : number + 2]
        if below and _could_be(below[0].strip(" ,.")):
            return below[0].strip(" ,.")
    return ""


def _last(lines: list[str]) -> str:
    """Return the name that ends a letter without closing words."""
    written = [line.strip(" ,.") for line in lines if line.strip()]
    for line in written[-2:][::-1]:
        if _could_be(line) and re.fullmatch(_NAME, line):
            return line
    return ""


def _could_be(text: str) -> bool:
    """Return whether a line can be a name: short, with a capital, no sentence and no figure."""
    plain = folded(text).strip()
    if not is_name(text) or len(text) > 80 or len(text.split()) > 9:  # noqa: PLR2004
        return False
    if re.search(r"[\d:!?;@/]", text) or text.endswith(".") or _NO_NAME.fullmatch(plain):
        return False
    return any(each[0].isupper() for each in text.split())
