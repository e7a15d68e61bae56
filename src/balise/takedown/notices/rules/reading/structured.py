"""Read a notice that came as JSON: ours, XARF v4, Cloudflare's, or anyone's with usual names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from balise.takedown.notices.rules.completeness import Stated, Statement, is_email
from balise.takedown.notices.rules.reading.lexicon import folded, is_against_children, statement_in

MAX_DEPTH = 6

_EXPLANATIONS = frozenset(
    """explanation explanations reason reasons justification description why why_illegal
    illegality explanation_of_illegality illegality_explanation illegal_content_explanation
    reason_for_illegality substantiated_explanation legal_explanation message text body comment
    comments statement_of_facts facts summary argument arguments grounds notice_text what content
    explication explications motif motifs raison raisons motivation expose texte corps
    commentaire commentaires faits resume pourquoi contenu""".split()  # noqa: SIM905 - read more easily
)
_LOCATIONS = frozenset(
    """url urls uri uris link links location locations address addresses href permalink permalinks
    page pages content_url content_urls reported_url reported_urls infringing_url infringing_urls
    exact_location exact_locations electronic_location electronic_locations target targets where
    source_url item_url post_url adresse adresses adresse_url adresses_url lien liens emplacement
    emplacements localisation localisations ou web_address web_addresses""".split()  # noqa: SIM905 - as above
)
_NAMES = frozenset(
    """name full_name fullname notifier_name reporter_name submitter_name contact_name your_name
    sender_name complainant_name organisation organization org organisation_name
    organization_name company entity association nom nom_complet nom_prenom prenom_nom
    nom_et_prenom nom_du_notifiant nom_notifiant nom_du_signalant raison_sociale
    denomination""".split()  # noqa: SIM905 - as above
)
_FIRST_NAMES = frozenset({"first_name", "firstname", "given_name", "prenom"})
_LAST_NAMES = frozenset({"last_name", "lastname", "family_name", "surname", "nom_de_famille"})
_EMAILS = frozenset(
    """email emails e_mail mail email_address e_mail_address notifier_email reporter_email
    contact_email submitter_email your_email sender_email courriel adresse_mail adresse_email
    adresse_e_mail adresse_electronique adresse_courriel email_du_notifiant email_notifiant
    contact""".split()  # noqa: SIM905 - as above
)
_NOTIFIERS = frozenset(
    """notifier reporter submitter sender complainant contact author_of_notice notifying_party
    from filer flagger trusted_flagger user_info notifiant signalant declarant expediteur plaignant
    auteur_du_signalement emetteur identity identite""".split()  # noqa: SIM905 - as above
)
# What only wraps a notice.
_WRAPPERS = frozenset(
    """notice report data payload notification signalement form fields submission complaint
    request""".split()  # noqa: SIM905 - as above
)
# What is said of others is nobody's name and nobody's place.
_OTHERS = frozenset(
    """host recipient provider platform to addressee uploader author account user victim suspect
    hebergeur destinataire fournisseur plateforme auteur compte victime hosting
    _internal""".split()  # noqa: SIM905 - as above
)
_CATEGORIES = frozenset(
    """category categories keyword keywords offence offences offense offenses type
    abuse_type content_type illegal_content_type dsa_category dsa_keyword category_specification
    violation classification qualification infraction infractions categorie categories_dsa
    mot_cle mots_cles act exploitation_type""".split()  # noqa: SIM905 - as above
)
_ARTICLES = frozenset(
    """article articles law laws legal_basis legal_ground illegal_content_legal_ground statute loi
    base_legale fondement fondement_juridique texte_de_loi""".split()  # noqa: SIM905 - as above
)
# A category that says nothing of the kind of offence leaves that to the words.
_VAGUE = re.compile(
    r"|illegal( content)?|(il)?licit\w*|contenu (illicite|illegal)|other|autre|content|contenu"
    r"|abuse"
    r"|abuse general|notice|notification|image|images|video|text|texte|post|comment|url"
    r"|(statement category )?protection of minors|application json"
)
_STATEMENTS = frozenset(
    """statement statements declaration declarations attestation confirmed confirmation confirm
    certified certification accuracy_statement accurate_and_complete is_accurate sworn_statement
    agree i_confirm confirme je_confirme certifie""".split()  # noqa: SIM905 - as above
)
_YES = frozenset({"true", "yes", "y", "oui", "o", "1", "on", "x", "ok", "vrai", "confirmed"})
_NO = frozenset({"", "false", "no", "n", "non", "0", "off", "none", "null", "faux"})
_ANONYMOUS = re.compile(
    r"(?:an )?anonym\w*|n/?a|none|null|unknown|inconnue?s?|undisclosed|-+|\?+|x+|test|name|nom"
    r"|your name|votre nom|(?:no|sans) (?:name|nom)|user|reporter|notifier|notifiant"
)
_NAME_AND_EMAIL = re.compile(r"\s*(?P<name>[^<>]*?)\s*[<(](?P<email>[^<>()\s]+@[^<>()\s]+)[>)]\s*")
_SAYS_GOOD_FAITH = re.compile(r"good_?faith|bona_?fide|bonne_foi")
_SHORTEST_STATEMENT = 15


@dataclass(slots=True)
class _Found:
    """What was met on the way through an object."""

    explanations: list[str] = field(default_factory=list)
    locations: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    first_names: list[str] = field(default_factory=list)
    last_names: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    categories: list[str] = field(default_factory=list)
    articles: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    denied: bool = False
    anonymous: bool = False


def read_object(notice: Mapping[str, Any], *, omittable: frozenset[str]) -> Stated:
    """Return what a notice in JSON states.

    `omittable` are the centre's own codes of offences that may leave out who notifies.
    """
    found = _Found()
    _walk(notice, found, depth=0)
    explanation = max(found.explanations, key=lambda each: len(" ".join(each.split())), default="")
    statement = Statement.NONE
    if not found.denied:
        said = [*found.statements, *(statement_in(each) for each in found.explanations)]
        if Statement.GOOD_FAITH in said:
            statement = Statement.GOOD_FAITH
        elif Statement.ACCURACY in said:
            statement = Statement.ACCURACY
    named = [] if found.anonymous else found.names
    return Stated(
        explanation=explanation,
        article=next(iter(found.articles), ""),
        locations=tuple(dict.fromkeys(found.locations)),
        name=next((each for each in (*_whole(found), *named) if is_name(each)), ""),
        email="" if found.anonymous else next(filter(is_email, found.emails), ""),
        statement=statement,
        may_omit_notifier=_may_omit(found, omittable),
    )


def is_name(text: str) -> bool:
    """Return whether a text can be somebody's name: not empty, no address, nobody hidden."""
    plain = " ".join(folded(text).split())
    if len(plain) < 2 or "@" in plain or "://" in plain:  # noqa: PLR2004
        return False
    return any(each.isalpha() for each in plain) and not _ANONYMOUS.fullmatch(plain)


def _whole(found: _Found) -> Iterator[str]:
    """Yield a name that was given in two parts."""
    if found.first_names and (found.last_names or found.names) and not found.anonymous:
        yield f"{found.first_names[0]} {(found.last_names or found.names)[0]}"


def _may_omit(found: _Found, omittable: frozenset[str]) -> bool:
    if any(each in omittable or is_against_children(each) for each in found.categories):
        return True
    if any(is_against_children(each) for each in found.articles):
        return True
    speaking = [each for each in found.categories if not _is_vague(each)]
    return not speaking and any(is_against_children(each) for each in found.explanations)


def _is_vague(category: str) -> bool:
    return _VAGUE.fullmatch(re.sub(r"[\s_/.:-]+", " ", folded(category)).strip()) is not None


def _walk(
    value: Any, found: _Found, *, depth: int, of_notifier: bool = False, is_notice: bool = True
) -> None:
    """Note what an object and those inside it hold.

    `is_notice`: it is the notice itself, whose name and address are the notifier's; those of a
    content inside it are not.
    """
    if isinstance(value, list):
        for each in value:
            _walk(each, found, depth=depth + 1, of_notifier=of_notifier, is_notice=False)
    fields = value if isinstance(value, Mapping) and depth <= MAX_DEPTH else {}
    for key, inside in fields.items():
        name = _key(str(key))
        if name in _NOTIFIERS:
            _notifier(inside, found, depth)
        elif name in {"anonymous", "names_notifier"}:
            found.anonymous = found.anonymous or inside is (name == "anonymous")
        elif name not in _OTHERS or isinstance(inside, str):
            if of_notifier or is_notice:
                _note_who(name, inside, found)
            if not of_notifier:
                _note_what(name, inside, found)
            within = is_notice and name in _WRAPPERS
            _walk(inside, found, depth=depth + 1, of_notifier=of_notifier, is_notice=within)


def _notifier(value: Any, found: _Found, depth: int) -> None:
    """Note who notifies: an object, a name, an address, or “Name <address>”."""
    for text in _texts(value):
        match = _NAME_AND_EMAIL.fullmatch(text)
        if match:
            found.names.append(match["name"])
            found.emails.append(match["email"])
        elif is_email(text.strip()):
            found.emails.append(text.strip())
        else:
            found.names.append(text.strip())
    _walk(value, found, depth=depth + 1, of_notifier=True)


def _note_who(name: str, value: Any, found: _Found) -> None:
    """Note what a field says of who notifies, by its name."""
    if name in _FIRST_NAMES:
        found.first_names += _texts(value)
    elif name in _LAST_NAMES:
        found.last_names += _texts(value)
    elif name in _NAMES:
        found.names += _texts(value)
    elif name in _EMAILS:
        found.emails += [each.strip() for each in _texts(value)]


def _note_what(name: str, value: Any, found: _Found) -> None:
    """Note what a field says of the content, or states, by its name."""
    if _SAYS_GOOD_FAITH.search(name) or name in _STATEMENTS:
        _state(value, found, is_named=bool(_SAYS_GOOD_FAITH.search(name)))
        return
    if name in _LOCATIONS:
        found.locations += _lines(value)
    if name in _EXPLANATIONS:
        found.explanations += _texts(value)
    if name in _ARTICLES:
        found.articles += _texts(value)
    if name in _CATEGORIES:
        found.categories += _texts(value)


def _state(value: Any, found: _Found, *, is_named: bool) -> None:
    """Note what a field about good faith, or about a statement, says."""
    if isinstance(value, Mapping | list):
        for inside in value.values() if isinstance(value, Mapping) else value:
            _state(inside, found, is_named=is_named)
    elif isinstance(value, str):
        _state_in_words(value, found, is_named=is_named)
    elif isinstance(value, bool | int | float):
        found.denied = found.denied or not value
        if value:
            found.statements.append(Statement.GOOD_FAITH)


def _state_in_words(text: str, found: _Found, *, is_named: bool) -> None:
    plain = folded(text).strip(" .!")
    if plain in _YES or plain.startswith(("yes", "oui")):
        found.statements.append(Statement.GOOD_FAITH)
        return
    if plain in _NO or re.match(r"(?:no|non)\b", plain):
        found.denied = found.denied or (is_named and plain != "")
        return
    said = statement_in(text)
    speaks_of_it = "foi" in plain or "faith" in plain
    if said is Statement.NONE and is_named and not speaks_of_it:
        said = Statement.ACCURACY if len(plain) >= _SHORTEST_STATEMENT else said
    found.statements.append(said)


def _key(name: str) -> str:
    """Return a field's name in one form: `goodFaith`, `Good faith` and `good-faith` are one."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name)
    return re.sub(r"[^a-z0-9]+", "_", folded(spaced)).strip("_")


def _texts(value: Any) -> list[str]:
    """Return the texts that a field holds: itself, or those of a list."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, list):
        return [each for each in value if isinstance(each, str) and each.strip()]
    return []


def _lines(value: Any) -> Iterator[str]:
    """Yield the places that a field holds, where several may stand in one text."""
    for text in _texts(value):
        for line in text.splitlines():
            several = re.findall(r"https?://[^\s,;]+", line)
            if len(several) > 1:
                yield from several
            elif line.strip(" ,;"):
                yield line.strip(" ,;")


# Read a notice in a format that machines exchange: XARF v4, Cloudflare's abuse reports.


_CLOUDFLARE = frozenset(
    {
        "host_notification",
        "owner_notification",
        "ncmec_notification",
        "ncsei_subject_representation",
        "email2",
    }
)
_XARF_OFFENCES = frozenset({"csam", "csem"})
_FAITH_TAGS = ("good-faith", "good_faith", "bona-fide", "bona_fide")


def is_xarf(notice: Mapping[str, Any]) -> bool:
    """Return whether an object says that it is XARF."""
    return "xarf_version" in notice


def is_cloudflare(notice: Mapping[str, Any]) -> bool:
    """Return whether an object is a report to Cloudflare."""
    act = notice.get("act")
    return bool(_CLOUDFLARE & notice.keys()) or (isinstance(act, str) and act.startswith("abuse_"))


def read_xarf(report: Mapping[str, Any]) -> Stated:
    """Return what an XARF report states. It has no field of its own for good faith: words do."""
    evidence = [each for each in _list(report.get("evidence")) if isinstance(each, Mapping)]
    texts = [_text(report.get("description"))]
    texts += [_text(each.get("description")) for each in evidence]
    people = [each for each in (report.get("reporter"), report.get("sender")) if each]
    said = [statement_in(text) for text in texts]
    tags = [_text(tag).lower() for tag in _list(report.get("tags"))]
    if any(word in tag for tag in tags for word in _FAITH_TAGS):
        said.append(Statement.GOOD_FAITH)
    said.append(read_object({**report, "evidence": []}, omittable=frozenset()).statement)
    url = _text(report.get("url"))
    return Stated(
        explanation=max(texts, key=len),
        locations=tuple(filter(None, [url or _address(report.get("source_identifier"))])),
        name=next((each for each in _each(people, "org", "name") if is_name(each)), ""),
        email=next((each for each in _each(people, "contact", "email") if is_email(each)), ""),
        statement=_best(said),
        may_omit_notifier=_text(report.get("type")) in _XARF_OFFENCES,
    )


def read_cloudflare(report: Mapping[str, Any]) -> Stated:
    """Return what a report to Cloudflare states; its `urls` are lines of one text."""
    stated = read_object(report, omittable=frozenset())
    urls = report.get("urls")
    lines = _text(urls).split() if isinstance(urls, str) else [_text(each) for each in _list(urls)]
    act = _text(report.get("act"))
    texts = [_text(report.get("justification")), _text(report.get("comments"))]
    return replace(
        stated,
        explanation=max(texts, key=len),
        locations=tuple(filter(None, (line.strip(",;") for line in lines))),
        name=stated.name or _text(report.get("company")),
        may_omit_notifier=act == "abuse_children"
        or (act in {"", "abuse_general"} and any(map(is_against_children, texts))),
    )


def _best(said: list[Statement]) -> Statement:
    for each in (Statement.GOOD_FAITH, Statement.ACCURACY):
        if each in said:
            return each
    return Statement.NONE


def _each(people: list[Any], *names: str) -> list[str]:
    return [
        _text(one.get(name)).strip()
        for one in people
        if isinstance(one, Mapping)
        for name in names
        if name in one
    ]


def _address(value: Any) -> str:
    text = _text(value)
    return text if "://" in text else ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
