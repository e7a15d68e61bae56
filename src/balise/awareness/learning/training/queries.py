"""What is asked about training."""

from base64 import b64decode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Final
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Count, Sum
from django.template.loader import render_to_string
from django.utils.translation import get_language, override

from balise.awareness.learning.events.queries import SHORT, EventCard, attended, people
from balise.awareness.learning.events.rules.facts import Audience, EventKind
from balise.awareness.learning.training import access
from balise.awareness.learning.training.access import links
from balise.awareness.learning.training.documents import apart
from balise.awareness.learning.training.models import LINE, Badge, DayTally, KeptPath, Standing
from balise.awareness.learning.training.rules.audiences import audiences
from balise.awareness.learning.training.rules.credentials import (
    Issuer,
    baked,
    keys_document,
    multikey,
)
from balise.awareness.learning.training.rules.paths import Path, course
from balise.awareness.learning.training.rules.verdicts import Reason, Verified
from balise.awareness.learning.training.rules.words import Way, What, Why
from balise.foundation import clock
from balise.foundation.actors import Actor
from balise.foundation.encryption.signatures import published
from balise.foundation.finding import NotHere, find

# Where someone is in the module, by the token of their pages.


@dataclass(frozen=True, slots=True)
class Held:
    """A path, and under which id it is kept; None where only the pages' addresses have it."""

    path: Path
    kept: UUID | None

    @property
    def token(self) -> str:
        """Return what the next page's address needs."""
        return links.carried(self.path) if self.kept is None else links.kept(self.kept)


def held(token: str, *, lock: bool = False) -> Held:
    """Return the path of a token. Raises NotHere."""
    found = links.read(token)
    if isinstance(found, Path):
        return Held(found, None)
    row = KeptPath.locked(found) if lock else find(KeptPath, id=found)
    return Held(Path.read(row.told), row.id)


# Badges: one's own by its id, all of them for staff, and what someone shows.


_MOST: Final = 100  # badges on a page
_KEY_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Shown:
    """A badge as its holder's page and staff see it; nobody is named."""

    id: UUID
    name: str
    what: str
    audience: str
    area: str
    earned: Way
    asked_at: datetime
    given_at: datetime | None
    until: datetime | None
    revoked_at: datetime | None
    revoked_why: Why | None

    @property
    def is_past(self) -> bool:
        """Whether its last day is over."""
        return self.until is not None and self.until < clock.now()


def issuer() -> Issuer:
    """Return who signs here: the organisation that runs the centre."""
    return Issuer(settings.CENTRE.organisation, settings.PUBLIC_ADDRESS)


def id_of(path: Path) -> UUID:
    """Return the id of the badge that a path earns, the same each time."""
    return uuid5(path.id, "badge")


def of_session(registration_id: UUID) -> UUID | None:
    """Return the id of the badge that someone earned by coming to a training session.

    None where they did not come, or it was no session for adults. Raises NotHere once it is erased.
    """
    found = people.held(registration_id)
    is_ours = found.card.kind is EventKind.TRAINING and found.card.audience is Audience.ADULTS
    is_earned = bool(found.came) and is_ours
    return uuid5(registration_id, "badge") if is_earned else None


def of_path(path: Path) -> UUID | None:
    """Return the badge that was asked for with a path."""
    return asked(id_of(path))


def asked(badge_id: UUID) -> UUID | None:
    """Return the id of a badge if it was asked for."""
    return badge_id if Badge.objects.filter(id=badge_id).exists() else None


def badge(badge_id: UUID) -> Shown:
    """Return a badge, for whoever has its address. Raises NotHere."""
    return _shown(find(Badge, id=badge_id))


def one(badge_id: UUID, *, by: Actor) -> Shown:
    """Return a badge to staff. Raises NotHere."""
    access.require(by, access.READ)
    return badge(badge_id)


def every(*, by: Actor) -> Iterator[Shown]:
    """Return the last badges, newest first."""
    access.require(by, access.READ)
    return (_shown(row) for row in Badge.objects.order_by("-asked_at")[:_MOST])


def document(badge_id: UUID) -> str:
    """Return the signed credential of a badge, as JSON. Raises NotHere while it is not signed."""
    row = find(Badge.objects.exclude(document=""), id=badge_id)
    return row.document


def picture(badge_id: UUID) -> bytes:
    """Return the badge as a picture with the credential in it. Raises NotHere as `document`."""
    row = find(Badge.objects.exclude(document=""), id=badge_id)
    with override(row.language):
        return baked(
            render_to_string("training/pictures/medal.svg", {"says": _shown(row).name}),
            row.document,
        )


def standing() -> str:
    """Return the signed list of revoked badges. Raises NotHere before the first badge."""
    row = Standing.objects.first()
    if row is None:
        raise NotHere
    return row.document


def keys() -> dict[str, object]:
    """Return our DID document, with which anyone checks a badge of ours."""
    raw = {
        key_id: multikey(b64decode("".join(pem.decode().splitlines()[1:-1]))[-_KEY_BYTES:])
        for key_id, pem in published(LINE).items()
    }
    return keys_document(issuer(), raw)


def verify(sent: bytes) -> Verified:
    """Return what is said of a badge that someone shows; anyone may ask, nothing is kept."""
    who, now = issuer(), clock.now()
    known = {who.key(key_id): pem.decode() for key_id, pem in published(LINE).items()}
    found = apart.read(sent, issuer=who, keys=known, at=now)
    if found.badge is None:
        return found
    row = Badge.objects.filter(id=found.badge.id).only("id", "revoked_at").first()
    if row is None:
        reason = Reason.NOT_REGISTERED
    elif row.revoked_at is not None:
        reason = Reason.REVOKED
    elif found.badge.until < now:
        reason = Reason.PAST
    elif found.badge.since > now:
        reason = Reason.NOT_YET
    else:
        return found
    return Verified(reason, found.badge)


def _shown(row: Badge) -> Shown:
    whole, known = course(settings.COUNTRY), audiences(settings.COUNTRY)
    of, language = known.of(row.audience), get_language() or row.language
    return Shown(
        row.id,
        whole.badge.in_language(language),
        whole.badge_for.in_language(language),
        str(of.label) if of else row.audience,
        known.areas.get(row.area, row.area),
        row.earned,
        row.asked_at,
        row.given_at,
        row.until,
        row.revoked_at,
        row.revoked_why,
    )


# The figures of training, for staff: what was counted, and what was not.


@dataclass(frozen=True, slots=True)
class Figures:
    """Of all time.

    `gain` is the mean of right answers gained, of `pairs` people who took both tests; None of none.
    """

    module: Mapping[str, int]
    pairs: int
    gain: float | None
    audiences: Mapping[str, int]
    areas: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Session:
    """A training session, and how many people came: None where nobody counted them."""

    card: EventCard
    came: int | None


def sessions(*, by: Actor) -> Sequence[Session]:
    """Return the last training sessions, the latest first; they are events."""
    access.require(by, access.READ)
    found = (each for each in people.every(seen_by=by) if each.kind is EventKind.TRAINING)
    return [Session(each, attended(each.id).heads) for each in islice(found, SHORT)]


def figures(*, by: Actor) -> Figures:
    """Return the figures of the module and of badges."""
    access.require(by, access.READ)
    counted = {
        what: (times, total)
        for what, times, total in DayTally.objects.values_list("what").annotate(
            Sum("times"), Sum("total")
        )
    }
    pairs, total = counted.get(What.GAIN, (0, 0))
    known, given = audiences(settings.COUNTRY), Badge.objects.exclude(given_at=None)
    by_audience = dict(given.values_list("audience").annotate(Count("id")))
    by_area = dict(given.exclude(area="").values_list("area").annotate(Count("id")))
    return Figures(
        {
            str(what.label): counted.get(what, (0, 0))[0]
            for what in (What.STARTED, What.FINISHED, What.PASSED)
        },
        pairs,
        total / pairs if pairs else None,
        {str(each.label): by_audience.get(each.code, 0) for each in known.every},
        {name: by_area[code] for code, name in known.areas.items() if code in by_area},
    )
