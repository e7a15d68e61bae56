"""What happened, in order, on paper (PDF/UA-1): what each item is, and three moments of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, override, pgettext

from balise.helpline.vault.rules.items import Item, moment_of
from balise.takedown.onward.dossiers.documents.printing import Row, Section, printed


@dataclass(frozen=True, slots=True)
class Told:
    """An item, its file in the dossier, when it came here, and when its timestamp says."""

    item: Item
    file: str
    received_at: datetime
    stamped_at: datetime | None
    is_withheld: bool


def timeline(told: Sequence[Told], *, reference: str, made_at: datetime, language: str) -> bytes:
    """Return the timeline of a case as a PDF in a language (`fr` or `en`), the oldest first."""
    with override(language):
        paper = {
            "language": language,
            "title": _("Dossier of evidence %(reference)s") % {"reference": reference},
            "organisation": settings.CENTRE.organisation,
            "address": settings.CENTRE.postal_address,
            "confidential": _(
                "Confidential: for the complaint of the person whose evidence it is."
            ),
            "lead": _(
                "A young person kept these items on their own device and shared them. Their words "
                "are theirs. The files with this paper are the originals, octet for octet."
            ),
            "footer": f"{settings.CENTRE.organisation} — {reference}",
            "page": _("page"),
            "sections": list(_sections(told, made_at)),
        }
        return printed(paper)


def _sections(told: Sequence[Told], made_at: datetime) -> Iterator[Section]:
    about = [_row(pgettext("dossier", "Made"), _moment(made_at))]
    says = _(
        "Three moments are given for each item. The device’s time may be wrong. The reception "
        "here and the trusted timestamp (RFC 3161) do not depend on it: they decide."
    )
    yield {"title": _("About this dossier"), "says": says, "entries": [about]}
    for one in sorted(told, key=_begun):
        title = f"{one.item.kind.label} — {one.item.sha256[:12]}"
        yield {"title": title, "says": "", "entries": [list(_rows(one))]}
    yield {
        "title": _("Checking this dossier"),
        "says": _("README.txt says how, with openssl and sha256sum; verify.html checks offline."),
        "entries": [],
    }


def _rows(one: Told) -> Iterator[Row]:
    item, taken_at = one.item, moment_of(one.item.taken_at)
    happened_at = moment_of(item.happened_at)
    stamped = _moment(one.stamped_at) if one.stamped_at else pgettext("vault", "None")
    file = one.file
    if one.is_withheld:
        file = _("%(file)s (not taken out by this centre)") % {"file": file}
    rows = (
        (pgettext("vault", "Happened, as they say"), _moment(happened_at), False),
        (pgettext("vault", "Told"), item.what, False),
        (pgettext("vault", "People"), item.who, False),
        (pgettext("vault", "Place or service"), item.where, False),
        (pgettext("vault", "Text"), item.words, False),
        (pgettext("vault", "Kept, by the telephone’s time"), _moment(taken_at), False),
        (pgettext("vault", "Received here"), _moment(one.received_at), False),
        (pgettext("vault", "Timestamp"), stamped, False),
        (pgettext("vault", "Made from another item"), item.parent, True),
        (pgettext("vault", "File"), file, True),
        ("SHA-256", item.sha256, True),
    )
    return (_row(label, value, exact=exact) for label, value, exact in rows if value)


def _begun(one: Told) -> datetime:
    return moment_of(one.item.happened_at) or one.received_at


def _row(label: str, value: str, *, exact: bool = False) -> Row:
    return {"label": label, "value": value, "exact": exact}


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()}, {settings.TIME_ZONE})"
