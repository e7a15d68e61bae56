"""The words, in French and English, by which a notice says good faith, or names an offence."""

import re
import unicodedata

from balise.takedown.notices.rules.completeness import Statement

_SENTENCE_END = re.compile(r"[.!?]\s+|\n\s*\n")


def one_of(alternatives: str) -> str:
    """Return a pattern of alternatives; two spaces or more, or a new line, stand between them."""
    return "(?:" + "|".join(re.split(r"\s{2,}", alternatives.strip())) + ")"


_GOOD_FAITH = re.compile(r"\b(?:bonne[ -]foi|good[ -]faith|bona[ -]?fide)\b")
_DENIED = re.compile(
    one_of(r"""\bmauvaise[ -]foi  \bbad[ -]faith  \bmala[ -]fide
    \bnot (?:\w+ ){0,4}in good[ -]faith
    \bpas (?:\w+ ){0,4}de bonne[ -]foi  \b(?:good[ -]faith|bonne[ -]foi) ?: ?(?:no|non|false)\b""")
)
_UNTICKED = re.compile(r"(?:\[ ?\]|☐|□)")
# It asks good faith of the host, and states none.
_ASKED = re.compile(
    r"\b(?:you|vous|host\w*|platform\w*|provider\w*|hebergeur\w*|plateforme\w*|fournisseur\w*)\b"
    r"[^.]{0,60}\b(?:act|agi|answer|respon|repon|coop|treat|trait|decid|remov|retir)\w*"
    r"[^.]{0,60}\b(?:bonne[ -]foi|good[ -]faith)\b"
)
_SAYS = re.compile(
    r"\b"
    + one_of(r"""i  we  my  our  je  j  nous  notre  nos  ma  mon  on  undersigned  soussign\w*
    notif\w*  notice  signatair\w*  declar\w*  reporter  signal\w*  association  believ\w*  belief
    confirm\w*  certif\w*  attest\w*  affirm\w*  state[sd]?  statement  solemnly  crois?  croit
    croyons  convic\w*  convainc\w*  accurate  correct  true  complete  exact\w*  complet\w*
    veridique\w*  sincer\w*  estim\w*  yes  oui  x""")
    + r"\b|✓|☑|✔"
)
_PROMISES = re.compile(
    r"\b(?:i|we|je|j|nous|soussign\w*|undersigned|notif\w*)\b.{0,300}"
    r"\b(?:confirm|declar|certif|attest|affirm|state|swear|garanti|assur|jur)\w*"
)
_ACCURATE = re.compile(
    one_of(r"""\baccurate\b  \b(?:correct|true|truthful)\b.{0,300}\bcomplete\b
    \bcomplete\b.{0,300}\b(?:correct|true)\b  \bexacte?s?\b  \bexactitude\b  \bsinceres?\b
    \b(?:vraie?s?|veridiques?)\b.{0,300}\bcomplet\w*  \bsur l.honneur\b""")
)

# Offences of Articles 3 to 7 of Directive 2011/93/EU, as notices name them: sexual abuse and
# exploitation of children, images of it, solicitation.
_A_CHILD = (
    r"(?:an? |the |les |des |un |une |de |d')*(?:mineure?s?|enfants?|child(?:ren)?|minors?)\b"
)
_AGAINST_CHILDREN = re.compile(
    one_of(rf"""\bcs[ae]m\b  \bcsae\b  \bcsai\b  \bgrooming\b  \b2011 ?/ ?93\b
    \bchild(?:ren)?(?:'?s)? (?:sexual|sex) (?:abuse|exploitation)  \bchild ?porn\w*
    \babuse children\b  \bchild(?:ren)? (?:abuse|exploitation)\b  \bminors? sexual\w*
    \bsexual (?:abuse|exploitation|solicitation) of {_A_CHILD}
    \bsolicitation of {_A_CHILD}  \bp[ae]*edo ?(?:porno|criminal|phil)\w*
    \bpornographi\w+ (?:infantile|enfantine|juvenile)
    \bpornographiques? (?:d'|de |impliquant |representant |mettant en scene ){_A_CHILD}
    \b(?:abus|exploitation|agression|violence|atteinte)s? sexuel\w* \w+ ?'? ?{_A_CHILD}
    \bsollicitation sexuelle {_A_CHILD}  \bpropositions? sexuelles? (?:faites? )?a {_A_CHILD}
    \b227[ -]2(?:3|2[ -][12])\b""")
)
_NOT = re.compile(
    r"\b(?:no|not|isn't|without|nor|never|pas|aucun\w*|sans|ni|jamais)\b[^.,:]{0,30}$"
)


def folded(text: str) -> str:
    """Return a text in lower case, without accents, with plain apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'").replace("‑", "-"))
    return "".join(each for each in decomposed if not unicodedata.combining(each)).lower()


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, each on one line."""
    return [" ".join(each.split()) for each in _SENTENCE_END.split(text) if each.strip()]


def statement_in(text: str) -> Statement:
    """Return what a text states of good faith, in French or in English.

    It must be the notifier who says so: good faith that is denied, asked of the host, or beside a
    box that nobody ticked does not count.
    """
    found = Statement.NONE
    for sentence in sentences(folded(text)):
        if is_good_faith(sentence):
            return Statement.GOOD_FAITH
        if is_accuracy(sentence):
            found = Statement.ACCURACY
    return found


def is_good_faith(sentence: str) -> bool:
    """Return whether a folded sentence states the notifier's good faith."""
    if not _GOOD_FAITH.search(sentence) or _DENIED.search(sentence):
        return False
    if _ASKED.search(sentence) or _UNTICKED.search(sentence):
        return False
    return bool(_SAYS.search(sentence))


def is_accuracy(sentence: str) -> bool:
    """Return whether a folded sentence promises that what is said is accurate."""
    if _UNTICKED.search(sentence):
        return False
    return bool(_PROMISES.search(sentence) and _ACCURATE.search(sentence))


def is_against_children(text: str) -> bool:
    """Return whether a text or a code names an offence of Articles 3 to 7 of 2011/93/EU."""
    plain = folded(text)
    for candidate in (plain, re.sub(r"[_.:-]+", " ", plain)):
        for match in _AGAINST_CHILDREN.finditer(candidate):
            if not _NOT.search(candidate[: match.start()]):
                return True
    return False
