"""Read a notice that came as a letter: in it four things are looked for, by rules that one can say.

(b) is an address with its scheme, or a domain name with a path. (d) is a sentence that states good
faith. (c) is a name and an e-mail address after a label, a signature or “I, …”. (a) is what is left
once those, greetings, headings and bare requests are gone.
"""

import re
from collections.abc import Iterator

from balise.takedown.notices.rules.completeness import Stated, is_email
from balise.takedown.notices.rules.reading.lexicon import (
    folded,
    is_accuracy,
    is_against_children,
    is_good_faith,
    one_of,
    statement_in,
)
from balise.takedown.notices.rules.reading.structured import is_name
from balise.takedown.tracing.rules.addresses import AddressRefused, read_address
from balise.takedown.tracing.rules.pages import is_known_suffix

# Find who notifies in a letter: after a label, in “I, …”, beside an address, in a signature.


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


_URL = re.compile(
    r"(?:h(?:tt|xx)ps?(?::|\[:\])//|www\.)[^\s<>\"«»]+"
    r"|(?<![@\w./-])(?:[a-z0-9-]+(?:\.|\[\.\]))+[a-z]{2,}/[^\s<>\"«»]+",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Where the law can be read is not where the content is.
_LIBRARIES = re.compile(
    r"(?:^|\.)(?:legifrance\.gouv\.fr|europa\.eu|service-public\.fr|eur-lex\.europa\.eu|doctrine\.fr"
    r"|legislation\.gov\.uk|conseil-constitutionnel\.fr)$"
)
_TO = re.compile(
    r"^\s*"
    + one_of(r"""to  cc  bcc  à  destinataire  dest  attn  attention  for the attention of
    [aà] l['’]attention de  sent to  envoy[ée]e? [àa]  adress[ée]e? [àa]""")
    + r"\s*:?\s",
    re.IGNORECASE,
)
_TO_BEFORE = re.compile(
    r"(?:\bto|\bà|\ba|\bde|\bfrom|\bat|contact|\bvia|account|compte|user)\s*:?\s*[<(\"'«]?\s*$",
    re.IGNORECASE,
)
_DESK = re.compile(
    r"(?:abuse|dsa|legal|noc|postmaster|hostmaster|no-?reply|support)@", re.IGNORECASE
)
_OWN_EMAIL = re.compile(
    r"\b"
    + one_of(r"""e-?mail  courriel  m[ée]l  mail  contact  reply to  r[ée]pondre [àa]
    adresse (?:e-?mail|mail|électronique)""")
    + r"\b[^:\n@]{0,25}[:=–-]?\s*<?$",
    re.IGNORECASE,
)
# How far before an address its label may stand.
_BEFORE = 60
_BULLET = r"^\s*(?:[-*•\d.)]*\s*)"
# A line that is only a label's business, never part of a reason.
_LABELLED = re.compile(
    _BULLET
    + one_of(r"""to  cc  from  date  subject  objet  de  à  re  ref(?:erence)?  r[ée]f[ée]rence  n°
    number  num[ée]ro  name  nom  pr[ée]nom  full name  e-?mail  courriel  mail
    t[ée]l(?:[ée]phone)?  phone  address  adresse  urls?  links?  liens?  location  localisation
    emplacement  notifier  notifiant  reporter  d[ée]clarant  signataire  organi[sz]ation
    association  category  cat[ée]gorie  signed  sign[ée]  good faith  bonne foi  d[ée]claration
    statement""")
    + r"\b[^:\n]{0,30}:",
    re.IGNORECASE,
)
_REASON_LABEL = re.compile(
    _BULLET
    + one_of(r"""explanations?  reasons?  why[^:\n]{0,30}  justification  description  motifs?
    raisons?  explications?  pourquoi[^:\n]{0,30}  faits?  facts?  infraction  offen[cs]e""")
    + r"\s*[:=–-]\s*",
    re.IGNORECASE,
)
_GREETING = re.compile(
    one_of(r"""hello  hi  dear  good (?:morning|afternoon|evening)  bonjour  bonsoir  madame
    monsieur  mesdames  messieurs  chere?s?  to whom it may concern  a qui de droit
    (?:bien )?cordialement  salutations  sincerely  (?:(?:best|kind|warm) )?regards  merci
    thanks?(?: you)?""")
    + r"\b[^.!?]{0,60}$"
)
_HELLO = re.compile(
    r"^\s*(?:hello|hi|dear \w+|bonjour|bonsoir|madame|monsieur)\b[ ,]*", re.IGNORECASE
)
# Asking is not explaining, unless the sentence goes on to say why.
_REQUEST = re.compile(
    r"\b"
    + one_of(r"""please  kindly  thank you for  we ask  i ask  i request  we request  remove
    take (?:it |this )?down  delete  merci de  veuillez
    je vous (?:prie|demande|remercie|signale|ecris)
    nous vous (?:prions|demandons|remercions|signalons|ecrivons)  retirer  supprimer  retrait
    suppression  i am writing  we are writing  i (?:want|wish|would like) to report
    i(?: hereby)? report  je souhaite signaler  je signale  looking forward  dans l'attente
    disposition  you can (?:find|see)  located at  is at  se trouve  a l'adresse
    adresse suivante  following (?:url|address|link|page)  ci-dessous  below""")
    + r"\b|:$"
)
_WHY = re.compile(
    r"\b"
    + one_of(r"""because  since  illegal\w*  unlawful\w*  illicit\w*  against the law  violat\w*
    breach\w*  infring\w*  article  laws?\b  offen[cs]e  crime  criminal  car\b  parce qu\w*
    puisqu\w*  en raison  au motif  interdit\w*  loi\b  delit\b  infraction  code penal  contrair\w*
    incit\w*  hate\b  hatred  haine  haineu\w*  harcel\w*  harass\w*  menac\w*  threat\w*  diffus\w*
    contient  contains?  shows?\b  montre\w*  presente\b  publi\w*  insult\w*  injur\w*
    sans (?:mon|son|leur|le) (?:accord|consentement)
    without (?:my|her|his|their) (?:consent|agreement)  diffam\w*  defam\w*  racis\w*  antisemit\w*
    homophob\w*  terroris\w*  usurp\w*  imperson\w*  escroq\w*  scam\w*  fraud\w*  intim\w*
    mineure?s?\b  minors?\b  child\w*  enfant\w*  suicid\w*  violen\w*  discrimin\w*""")
)
_CLOSING = re.compile(
    one_of(r"""(?:bien |tres )?(?:cordialement|respectueusement|sincerement)
    (?:mes |nos |sinceres |meilleures |distinguees )*salutations(?: distinguees)?  bien a vous
    (?:yours )?(?:sincerely|faithfully|truly)  yours  respectfully  --  best
    (?:(?:with )?(?:best|kind|warm|kindest) )?regards  (?:many )?thanks(?: you)?
    thank you(?: in advance)?  merci(?: d'avance| par avance)?
    (?:veuillez|je vous prie d'|nous vous prions d')[^.]*(?:salutations|consideration)[^.]*
    (?:veuillez|je vous prie d'|nous vous prions d')[^.]*sentiments[^.]*""")
)
_HEADING = re.compile(r"^[^a-zà-ÿ]*[A-ZÀ-Ý][^a-zà-ÿ]*$")


def read_text(text: str, *, subject: str = "") -> Stated:
    """Return what a letter states; `subject` is a mail's, read for the kind of offence alone."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").split("\n")
    lines = [line.lstrip("> ") if line.startswith(">") else line for line in lines]
    body, signature = _parted(lines)
    email = _email(body, signature)
    return Stated(
        explanation=_explanation(body),
        locations=tuple(dict.fromkeys(_locations(body, signature, email))),
        name=name_in(body, signature, email=email),
        email=email,
        statement=statement_in("\n".join(body + signature)),
        may_omit_notifier=is_against_children("\n".join([subject, *body])),
    )


def _parted(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return a letter's lines before its closing words, and those from there on."""
    for number, line in enumerate(lines):
        if _CLOSING.fullmatch(
            folded(line).strip(" ,.!-") or ("--" if line.strip() == "--" else "")
        ):
            return lines[:number], lines[number:]
    return lines, []


def _locations(body: list[str], signature: list[str], email: str) -> Iterator[str]:
    """Yield where the content is: the addresses of the letter, without the notifier's own site."""
    own = email.partition("@")[2].lower()
    found = list(_addresses(body))
    if not found:
        found = [each for each in _addresses(signature) if not _is_front_page(each)]
    for address in found:
        host = _host(address)
        is_own = bool(own) and (host == own or host.endswith(f".{own}")) and _is_front_page(address)
        if not is_own and not _LIBRARIES.search(host):
            yield address


def _addresses(lines: list[str]) -> Iterator[str]:
    for line in lines:
        for match in _URL.finditer(line):
            written = match[0].rstrip(".,;:!?)]}'’\"»")
            try:
                address = read_address(written)
            except AddressRefused:
                continue
            if "://" in written or is_known_suffix(address.host):
                yield written


def _host(written: str) -> str:
    return read_address(written).host.removeprefix("www.")


def _is_front_page(written: str) -> bool:
    canonical = read_address(written).canonical
    return not canonical.partition("://")[2].partition("/")[2]


def _email(body: list[str], signature: list[str]) -> str:
    """Return the notifier's e-mail address, never the one that the letter is sent to."""
    labelled, signed, others = [], [], []
    for lines, is_signature in ((body, False), (signature, True)):
        for line in lines:
            if _TO.match(line) and not re.match(r"\s*a\b", line):
                continue
            for match in _EMAIL.finditer(line):
                written = match[0].rstrip(".")
                before = line[max(0, match.start() - _BEFORE) : match.start()]
                if not is_email(written):
                    continue
                if _OWN_EMAIL.search(before):
                    labelled.append(written)
                elif is_signature:
                    signed.append(written)
                elif not _DESK.match(written) and not _TO_BEFORE.search(before):
                    others.append(written)
    return next(iter([*labelled, *signed, *others]), "")


def _explanation(body: list[str]) -> str:
    """Return what is left of a letter once all that explains nothing is gone."""
    kept = []
    for paragraph in _paragraphs(body):
        for sentence in re.split(r"(?<=[.!?;])\s+", paragraph):
            plain = folded(sentence).strip()
            if is_good_faith(plain) or is_accuracy(plain) or _GREETING.match(plain):
                continue
            bare = _EMAIL.sub(" ", _URL.sub(" ", sentence))
            bare = without_introduction(_HELLO.sub("", bare)).strip(" -–;,.•*()")
            said = folded(bare).strip()
            if _REQUEST.search(said) and not _WHY.search(said):
                continue
            kept.append(bare)
    return " ".join(" ".join(kept).split())


def _paragraphs(body: list[str]) -> Iterator[str]:
    """Yield the letter's paragraphs, each on one line, without its labelled lines and headings."""
    paragraph: list[str] = []
    for line in [*body, ""]:
        if _REASON_LABEL.match(line):
            if paragraph:
                yield " ".join(paragraph)
            paragraph = [_REASON_LABEL.sub("", line)]
            continue
        is_apart = not line.strip() or _LABELLED.match(line) or _HEADING.match(line)
        if is_apart or re.match(r"\s*(?:[-*•]|\d+[.)])\s", line):
            if paragraph:
                yield " ".join(paragraph)
            paragraph = [] if is_apart else [line.strip()]
        else:
            paragraph.append(line.strip())
