"""A dossier on paper: what the canonical form says, for people to read, as PDF/UA-1."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext, override, pgettext

from balise.foundation.countries import country_name
from balise.takedown.onward.dossiers.documents.printing import Row, Section, printed
from balise.takedown.onward.dossiers.rules.facts import (
    Account,
    Brought,
    DossierFacts,
    Item,
    NoticeSent,
    Place,
)
from balise.takedown.onward.dossiers.rules.stated import Stated


def drawn(stated: Stated, *, language: str) -> bytes:
    """Return the dossier as a PDF in a language (`fr` or `en`)."""
    with override(language):
        paper = {
            "language": language,
            "title": _("Police dossier %(number)s") % {"number": stated.number},
            "organisation": stated.centre.organisation,
            "address": stated.centre.postal_address,
            "confidential": _("Confidential: only for the authority named below."),
            "lead": _lead(stated.facts),
            "footer": f"{stated.centre.organisation} — {stated.number}",
            "page": _("page"),
            "sections": list(_sections(stated, language)),
        }
        return printed(paper)


def _lead(facts: DossierFacts) -> str:
    if facts.brought is not None:
        return _(
            "A young person kept these items on their own device, shared them with the helpline of "
            "the centre, and agreed that they are handed over. The centre decided nothing about "
            "them. evidence.pdf tells them in order; evidence.zip holds the files."
        )
    return _(
        "The centre received the content described here, found it illegal, and reports "
        "it. This dossier contains text, addresses and hashes; it contains no image and "
        "no sound."
    )


def _sections(stated: Stated, language: str) -> Iterator[Section]:
    facts = stated.facts
    yield _section(_("Police dossier"), [_about(stated, language)])
    if facts.brought is not None:
        yield _section(_("Agreement"), [_brought(facts.brought, language)])
    yield _section(_("The offence"), [_offence(stated, language)])
    yield _section(
        _("Location"),
        [_place(place) for place in facts.places],
        says="" if facts.brought else _searched(),
    )
    seen = [_row(_moment(one.at), str(one.by.label)) for one in facts.sightings]
    if seen:
        yield _section(_("When it was reported, and seen there"), [seen])
    if facts.receptions:
        received = [
            _row(_moment(one.at), one.words.get(language, one.channel)) for one in facts.receptions
        ]
        count = len(facts.receptions)
        says = ngettext("%(count)d report.", "%(count)d reports.", count) % {"count": count}
        yield _section(_("Received by"), [received], says="" if facts.brought else says)
    if facts.accounts:
        yield _section(_("Publisher"), [_account(one) for one in facts.accounts])
    if facts.items:
        yield _section(_("Items"), [_item(one) for one in facts.items])
    if facts.notices:
        yield _section(_("Hosts that were told"), [_notice(one) for one in facts.notices])
    yield _section(_("Checking this dossier"), [_proofs(stated)], says=_checking(stated))


def _searched() -> str:
    return _(
        "The country and the network are those where the address was registered at the time "
        "of the search."
    )


def _about(stated: Stated, language: str) -> list[Row]:
    facts = stated.facts
    rows = [
        _row(pgettext("dossier", "Number"), stated.number),
        _row(pgettext("dossier", "Made"), _moment(stated.made_at)),
        _row(pgettext("dossier", "For"), stated.authority.name.in_language(language)),
        _row(
            pgettext("dossier", "From"),
            f"{stated.centre.organisation}\n{stated.centre.notice_email}",
        ),
        _row(_("Category"), facts.category.get(language, "")),
    ]
    if facts.urgent:
        rows.append(_row(_("Urgent"), _("Someone may be in danger now.")))
    return rows


def _offence(stated: Stated, language: str) -> list[Row]:
    offence, facts = stated.offence, stated.facts
    looked = _("two analysts agreed") if facts.decided_twice else _("one analyst decided")
    decided = f"{_moment(facts.decided_at)} ({looked})"
    if facts.before_verdict:
        decided = _(
            "Nothing is decided yet: told before a verdict, because someone may be in danger."
        )
    why = _("Content, and why it is illegal")
    if facts.brought is not None:
        decided = _("Nothing is decided: a listener named the offence that it may be.")
        why = _("Facts, in the words of the centre")
    rows = [
        _row(_("Offence"), offence.words.in_language(language)),
        _row(_("Text of the day of the facts"), offence.article.in_language(language)),
        _row(_("Law of the facts"), "\n".join((*stated.law.lines, *stated.law.milder))),
        _row(pgettext("dossier", "Decided"), decided),
        _row(why, facts.rationale),
    ]
    if offence.penalty is not None:
        rows.insert(2, _row(_("Penalty"), offence.penalty.in_language(language)))
    if offence.to_verify is not None:
        rows.append(_row(_("To be verified"), offence.to_verify.in_language(language)))
    return rows


def _brought(brought: Brought, language: str) -> list[Row]:
    said = brought.agreed.get(language, "")
    rows = [
        _row(pgettext("dossier", "Agreed by"), f"{said}\n{_moment(brought.agreed_at)}"),
        _row(_("Fingerprint of evidence.zip (SHA-256)"), brought.evidence, exact=True),
    ]
    if brought.withheld:
        kept = ngettext(
            "%(count)d original is not in it: its hash is, and its owner has it.",
            "%(count)d originals are not in it: their hashes are, and their owner has them.",
            brought.withheld,
        ) % {"count": brought.withheld}
        rows.append(_row(_("Kept back"), kept))
    return rows


def _place(place: Place) -> list[Row]:
    rows = [_row(_("Address"), place.address, exact=True)]
    rows += _given(
        (_("Host name"), place.host, True),
        (_("IP address"), place.ip, True),
        (_("Country of the host’s network"), country_name(place.country), False),
        (_("Network"), f"AS{place.network}" if place.network else "", False),
        (_("Looked up"), _moment(place.traced_at) if place.traced_at else "", False),
    )
    return rows


def _account(account: Account) -> list[Row]:
    rows = [_row(_("Service"), account.service)]
    rows += _given(
        (_("Account"), account.screen_name, True),
        (_("Names shown"), "\n".join(account.names), False),
        (_("Profiles"), "\n".join(account.profiles), True),
        (_("E-mail"), "\n".join(account.emails), True),
        (_("Telephone"), "\n".join(account.phones), False),
        (_("Text of the account profile"), account.said, False),
    )
    return rows


def _item(item: Item) -> list[Row]:
    hashes = "\n".join(f"{one.digest.upper()} {one.value}" for one in item.fingerprints)
    rows = [_row(label, word) for label, word in item.said]
    rows += _given(
        (_("Description"), item.described, False),
        (_("Address"), item.address, True),
        (_("Name of the file"), item.file_name, True),
        (_("Hashes"), hashes, True),
        (_("Marks"), ", ".join(str(mark.label) for mark in item.marks), False),
    )
    return rows


def _notice(notice: NoticeSent) -> list[Row]:
    rows = [
        _row(_("Host"), notice.host),
        _row(pgettext("dossier", "Told"), f"{_moment(notice.sent_at)} ({notice.number})"),
    ]
    return rows + _given((_("Outcome"), notice.outcome, False))


def _proofs(stated: Stated) -> list[Row]:
    return [
        _row(
            _("Fingerprint of dossier.json (SHA-256)"),
            sha256(stated.canonical()).hexdigest(),
            exact=True,
        )
    ]


def _checking(stated: Stated) -> str:
    says = _(
        "The package that contains this document has the hash of each of its parts in one "
        "manifest, signed by the centre (Ed25519). Its script verify.sh checks them with openssl "
        "and sha256sum only."
    )
    dated = (
        _("A trusted timestamp (RFC 3161) tells when it was signed.")
        if stated.timestamped
        else _("It has no trusted timestamp: the centre has no timestamp authority.")
    )
    return f"{says} {dated}"


def _given(*rows: tuple[str, str, bool]) -> list[Row]:
    return [_row(label, value, exact=exact) for label, value, exact in rows if value]


def _row(label: str, value: str, *, exact: bool = False) -> Row:
    return {"label": label, "value": value, "exact": exact}


def _section(title: str, entries: list[list[Row]], *, says: str = "") -> Section:
    return {"title": title, "says": says, "entries": entries}


def _moment(at: datetime) -> str:
    """Return a moment in words, with its zone and, beside it, in UTC as machines write it."""
    local = localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()}, {settings.TIME_ZONE})"
