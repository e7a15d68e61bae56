"""What happened, in order, on paper (PDF/UA-1): what each item is, three moments, how to check it.

One paper for a complaint and for the police: who reads it was not there, and believes nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _, ngettext, override, pgettext

from balise.helpline.vault.rules import verdicts
from balise.helpline.vault.rules.items import Item, clock_is_ahead, moment_of
from balise.takedown.onward.dossiers.documents.printing import Row, Section, printed


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """An item, its file in the dossier, when it came here, and when its timestamp says."""

    item: Item
    file: str
    received_at: datetime
    stamped_at: datetime | None
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Agreed:
    """For whom, and the yes in words of the paper's language: who said it and how, when."""

    receiver: str
    said: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Heading:
    """Of what a dossier is, when it was made, in which language (`fr` or `en`), for whom if any."""

    reference: str
    made_at: datetime
    language: str
    agreed: Agreed | None = None


def timeline(told: Sequence[TimelineItem], heading: Heading) -> bytes:
    """Return the timeline of items as a PDF, the oldest first. Raises LaneFull."""
    return printed(paper_of(told, heading))


def paper_of(told: Sequence[TimelineItem], heading: Heading) -> dict[str, Any]:
    """Return what the paper says, as it is printed."""
    with override(heading.language):
        title = _("Dossier of evidence %(reference)s") % {"reference": heading.reference}
        return {
            "language": heading.language,
            "title": title,
            "organisation": settings.CENTRE.organisation,
            "address": settings.CENTRE.postal_address,
            "confidential": _confidential(heading),
            "lead": _(
                "A young person kept these items on their own device and shared them. Their words "
                "are theirs. Pictures are not printed here: they are in the files that come with "
                "this paper, octet for octet."
            ),
            "footer": f"{settings.CENTRE.organisation} — {heading.reference}",
            "page": _("page"),
            "sections": list(_sections(sorted(told, key=_begun), heading)),
        }


def _confidential(heading: Heading) -> str:
    if heading.agreed is None:
        return _("Confidential: for the complaint of the person whose evidence it is.")
    return _("Confidential: only for %(receiver)s.") % {"receiver": heading.agreed.receiver}


def _sections(told: Sequence[TimelineItem], heading: Heading) -> Iterator[Section]:
    count = len(told)
    about = [
        _row(pgettext("dossier", "Made"), _moment(heading.made_at)),
        _row(_("Content"), ngettext("%(count)d item", "%(count)d items", count) % {"count": count}),
    ]
    if heading.agreed is not None:
        about += [
            _row(pgettext("dossier", "For"), heading.agreed.receiver),
            _row(
                pgettext("dossier", "Agreed by"),
                f"{heading.agreed.said}\n{_moment(heading.agreed.at)}",
            ),
        ]
    yield _section(_("About this dossier"), [about])
    yield _section(
        _("In order"),
        [[_row(_moment(_begun(one)), _in_short(one))] for one in told],
        says=_(
            "By when it happened, as they say; where they did not say, by when it was received "
            "here. The name of the file ends each entry."
        ),
    )
    yield _section(
        _("The items"),
        [],
        says=_(
            "Three moments are given for each item. The device’s time may be wrong. The reception "
            "here and the trusted timestamp (RFC 3161) do not depend on it: they decide."
        ),
    )
    for nth, one in enumerate(told, 1):
        title = f"{nth}. {one.item.kind.label} — {one.item.sha256[:12]}"
        yield _section(title, [list(_rows(one))])
    yield _section(_("Not checked by the centre"), [list(_unchecked(told))])
    yield _section(_("Checking this dossier"), list(_commands(told)), says=_how())


def _in_short(one: TimelineItem) -> str:
    item = one.item
    said = (
        (str(item.kind.label), item.what or item.words[:_SHORT]),
        (pgettext("vault", "People"), item.who),
        (pgettext("vault", "Place or service"), item.where),
    )
    lines = [_("%(name)s: %(words)s") % {"name": name, "words": it} for name, it in said if it]
    return "\n".join((*(lines or [str(item.kind.label)]), one.file))


_SHORT = 200


def _rows(one: TimelineItem) -> Iterator[Row]:
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


def _unchecked(told: Sequence[TimelineItem]) -> Iterator[Row]:
    """Say what is only told, so that nobody takes it for a finding."""
    yield _row(
        _("Authors"),
        _(
            "People, places and accounts are as the young person wrote them. Nobody asked who is "
            "behind an account."
        ),
    )
    yield _row(
        _("State before it was kept"),
        _(
            "A hash and a timestamp show that a file did not change since. They do not show that a "
            "screen was real."
        ),
    )
    yield _row(_("Addresses"), _("The centre opened no address. What is there now may differ."))
    if any(clock_is_ahead(moment_of(one.item.taken_at), known_at=one.received_at) for one in told):
        yield _row(
            _("The telephone’s time"),
            _("It is wrong for at least one item: it says a moment after the item was here."),
        )


def _how() -> str:
    return _(
        "In a terminal, in the folder of the unpacked files, with sha256sum and openssl. "
        "verify.html does the same in a browser, and sends nothing; README.txt says more."
    )


def _commands(told: Sequence[TimelineItem]) -> Iterator[list[Row]]:
    yield [_row(_("Nothing was changed"), f"sha256sum --check {verdicts.HASHES}", exact=True)]
    dated = next((one for one in told if one.stamped_at), None)
    if dated is not None:
        answer, message = verdicts.stamp_of(dated.item.id)
        command = f"openssl ts -verify -data {message} -in {answer} -CAfile {verdicts.ROOTS}"
        yield [_row(_("When an item was there: for example"), command, exact=True)]
    kept = next((one for one in told if not one.is_withheld), None)
    if kept is not None:
        command = f"(printf {kept.item.salt} | xxd -r -p; cat {kept.file}) | sha256sum"
        yield [
            _row(_("The timestamp is of this file: for example"), command, exact=True),
            _row(_("This gives"), kept.item.commitment, exact=True),
        ]


def _begun(one: TimelineItem) -> datetime:
    return moment_of(one.item.happened_at) or one.received_at


def _row(label: str, value: str, *, exact: bool = False) -> Row:
    return {"label": label, "value": value, "exact": exact}


def _section(title: str, entries: list[list[Row]], *, says: str = "") -> Section:
    return {"title": title, "says": says, "entries": entries}


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    local = localtime(at)
    return f"{date_format(local, 'DATETIME_FORMAT')} ({local.tzname()}, {settings.TIME_ZONE})"
