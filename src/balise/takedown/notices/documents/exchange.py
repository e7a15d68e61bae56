"""The notice as JSON that programs read: XARF v4, Cloudflare's abuse report, and our own form."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _, override

from balise.foundation.clock import day_of
from balise.takedown.notices.queries.standing import OpenedNotice
from balise.takedown.notices.queries.wording import faith_words
from balise.takedown.notices.rules import completeness, xarf as xarf_rules
from balise.takedown.notices.rules.documents import (
    DocumentKind,
    NoSuchDocument,
    names_whoever_reports,
    no_word_for_it,
)
from balise.takedown.notices.rules.reading.forms import OUR_FORMAT


def as_json(opened: OpenedNotice) -> dict[str, Any]:
    """Return a notice in our own form (docs/notices.md), which `balise notice check` reads."""
    letter, centre = opened.letter, settings.CENTRE
    with override(opened.notice.contact.organisation.language):
        article = str(opened.offence.article)
    return {
        "format": OUR_FORMAT,
        "number": opened.number,
        "locations": list(letter.locations),
        "explanation": letter.explanation,
        "details": letter.details,
        "seen_at": letter.sighting.at.isoformat() if letter.sighting.is_ours else None,
        "seen_by": letter.sighting.by.value if letter.sighting.is_ours else None,
        "reported_on": None if letter.sighting.is_ours else day_of(letter.sighting.at).isoformat(),
        "offence": opened.offence.code,
        "article": article,
        "facts_on": opened.notice.facts_on.isoformat(),
        "facts": opened.notice.facts_certainty,
        "law_text": opened.offence.version,
        "dsa_category": opened.offence.dsa_category,
        "dsa_keyword": opened.offence.dsa_keyword,
        "country": opened.notice.country,
        "in_good_faith": letter.in_good_faith,
        "names_notifier": letter.names_notifier,
        "notifier": {"name": centre.organisation, "email": centre.notice_email}
        if letter.names_notifier
        else None,
    }


def xarf_kinds(opened: OpenedNotice) -> tuple[str, ...]:
    """Return what an analyst chooses from for XARF: a classification, or a form of exploitation."""
    match xarf_rules.TYPES.get(opened.offence.dsa_keyword):
        case xarf_rules.CSAM:
            return xarf_rules.CLASSIFICATIONS
        case xarf_rules.CSEM:
            return xarf_rules.EXPLOITATIONS
    return ()


def xarf(opened: OpenedNotice, *, kind: str) -> list[dict[str, Any]]:
    """Return a notice as XARF reports, one for each address; `kind` is one of `xarf_kinds`.

    Refuses an offence that XARF has no type for, a notice that leaves out who notifies (XARF always
    names who reports), and a kind that is not of the type.
    """
    kinds = xarf_kinds(opened)
    if not kinds:
        raise no_word_for_it(DocumentKind.XARF)
    if not opened.letter.names_notifier:
        raise names_whoever_reports(DocumentKind.XARF)
    if kind not in kinds:
        raise NoSuchDocument(_("Choose the category of the report."))
    centre, organisation = settings.CENTRE, opened.notice.contact.organisation
    reports = [
        xarf_rules.report(
            xarf_rules.Reported(
                notice=opened.notice.id,
                number=opened.number,
                type=xarf_rules.TYPES[opened.offence.dsa_keyword],
                kind=kind,
                url=location,
                sighting=opened.letter.sighting,
                description=_described(opened, organisation.language),
                organisation=centre.organisation,
                email=centre.notice_email,
                domain=centre.notice_email.partition("@")[2],
                country=opened.notice.country,
            )
        )
        for location in opened.letter.locations
    ]
    _refuse_faults([fault for made in reports for fault in xarf_rules.faults(made)])
    return reports


def cloudflare_report(opened: OpenedNotice) -> dict[str, Any]:
    """Return the body of a request to Cloudflare's abuse API; its `act` says which form it is."""
    centre, organisation = settings.CENTRE, opened.notice.contact.organisation
    made = completeness.report(
        completeness.Reported(
            keyword=opened.offence.dsa_keyword,
            urls=opened.letter.locations,
            justification=_described(opened, organisation.language),
            comments=" ".join(filter(None, (opened.letter.details, opened.number))),
            organisation=centre.organisation,
            email=centre.notice_email,
            country=centre.country.upper(),
            reported_country=opened.notice.country,
            is_named=opened.letter.names_notifier,
        )
    )
    _refuse_faults(list(completeness.faults(made)))
    return made


def _described(opened: OpenedNotice, language: str) -> str:
    """Return explanation, law and good faith in at most 1000 characters."""
    with override(language):
        law = _("Legal basis: %(article)s.") % {"article": opened.offence.article}
        faith = faith_words(opened.letter.sighting)
        return xarf_rules.described(opened.letter.explanation, law, faith)


def _refuse_faults(found: list[str]) -> None:
    if found:
        raise NoSuchDocument("; ".join(dict.fromkeys(found)))
