"""Cases, for their members; without a word of them for leads who look after membership."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils.translation import gettext as _

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.clock import now, today
from balise.foundation.finding import find
from balise.helpline.cases import access
from balise.helpline.cases.models import Case, CaseContact, Entry, Glass, Member
from balise.helpline.cases.rules.files import CaseOutcome, CaseState, NotOnCase, reference
from balise.helpline.cases.rules.sections import DUE, Section, section_form
from balise.helpline.contacts import queries as contacts
from balise.helpline.contacts.rules.forms import Form

MOST = 200


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One file in a list: codes, days and names of colleagues; no word of anyone."""

    id: UUID
    reference: str
    state: CaseState
    outcome: CaseOutcome | None
    opened_at: datetime
    changed_at: datetime
    due_on: date | None
    members: tuple[str, ...]
    is_mine: bool

    @property
    def is_overdue(self) -> bool:
        return self.due_on is not None and self.due_on < today()


@dataclass(frozen=True, slots=True)
class Broken:
    """The glass was broken: by whom, when, and why (sealed with the file; "" in a list)."""

    id: UUID
    case_id: UUID
    reference: str
    name: str
    at: datetime
    reason: str
    seen_by: str


@dataclass(frozen=True, slots=True)
class DueRow:
    """A follow-up or a task that is to be done: no word of it."""

    id: UUID
    case_id: UUID
    reference: str
    section: Section
    due_on: date

    @property
    def is_overdue(self) -> bool:
        return self.due_on < today()


def own_cases(*, seen_by: Actor, closed: bool = False) -> tuple[CaseRow, ...]:
    """Return the files that one is on, what is due first; or the closed ones, the last first."""
    access.require(seen_by, access.READ)
    found = Case.objects.filter(members__account=seen_by.key)
    if closed:
        return rows_of(found.filter(state=CaseState.CLOSED).order_by("-closed_at")[:MOST], seen_by)
    rows = rows_of(found.exclude(state=CaseState.CLOSED).order_by("-changed_at")[:MOST], seen_by)
    return tuple(sorted(rows, key=lambda row: row.due_on or date.max))


def all_cases(*, seen_by: Actor) -> tuple[CaseRow, ...]:
    """Return all cases that are not closed, for leads; no word of any."""
    access.require(seen_by, access.SUPERVISE)
    return rows_of(
        Case.objects.exclude(state=CaseState.CLOSED).order_by("-changed_at")[:MOST], seen_by
    )


def named(text: str, *, seen_by: Actor) -> tuple[CaseRow, ...]:
    """Return the cases with this reference, for someone who may need emergency access; no word."""
    access.require(seen_by, access.BREAK_GLASS)
    return rows_of(_with_reference(text)[:MOST], seen_by)


def own_named(text: str, *, seen_by: Actor) -> tuple[CaseRow, ...]:
    """Return the cases with this reference that one is on, closed ones too."""
    access.require(seen_by, access.READ)
    return rows_of(_with_reference(text).filter(members__account=seen_by.key)[:MOST], seen_by)


def _with_reference(text: str) -> QuerySet[Case]:
    wanted = text.strip().lower()
    if len(wanted) != len(reference("0" * 32)) or not set(wanted) <= set("0123456789abcdef"):
        return Case.objects.none()
    return Case.objects.filter(
        id__gte=UUID(hex=wanted.ljust(32, "0")), id__lte=UUID(hex=wanted.ljust(32, "f"))
    )


def own_due(*, seen_by: Actor) -> tuple[DueRow, ...]:
    """Return what one has to do, the first due first."""
    access.require(seen_by, access.READ)
    found = Entry.objects.filter(
        who=seen_by.key,
        due_on__isnull=False,
        done_at__isnull=True,
        taken_out_at__isnull=True,
        section__in=sorted(DUE),
        case__members__account=seen_by.key,
    ).exclude(case__state=CaseState.CLOSED)
    return tuple(
        DueRow(one.id, one.case_id, reference(one.case_id.hex), Section(one.section), one.due_on)
        for one in found.order_by("due_on")[:MOST]
        if one.due_on is not None
    )


def accounts_with_due(on: date) -> list[str]:
    """Return the accounts that have something to do by a day, in files that are not closed."""
    found = Entry.objects.filter(
        due_on__lte=on, done_at__isnull=True, taken_out_at__isnull=True, section__in=sorted(DUE)
    ).exclude(who="")
    found = found.exclude(case__state=CaseState.CLOSED)
    return list(found.order_by("who").values_list("who", flat=True).distinct())


def unseen_glasses(*, seen_by: Actor) -> tuple[Broken, ...]:
    """Return who used emergency access and no supervisor has read why yet; without the reason."""
    access.require(seen_by, access.SUPERVISE)
    found = list(Glass.objects.filter(seen_at__isnull=True).order_by("at")[:MOST])
    names = accounts.names_of({one.account for one in found})
    return tuple(broken_of(one, names, "") for one in found)


def row(case_id: UUID, *, seen_by: Actor) -> CaseRow:
    """Return one file as a list shows it. Raises NotHere."""
    access.require(seen_by, access.READ)
    return rows_of([find(Case, id=case_id)], seen_by)[0]


def case_of_contact(contact_id: UUID, *, seen_by: Actor) -> UUID | None:
    """Return the file that a contact belongs to, if one is on it."""
    access.require(seen_by, access.READ)
    found = CaseContact.objects.filter(
        contact=contact_id, case__members__account=seen_by.key
    ).first()
    return found.case_id if found else None


def earlier_contacts(
    case_id: UUID, *, seen_by: Actor, before: UUID | None = None
) -> tuple[contacts.Listed, ...]:
    """Return the kept contacts of a case, the latest first: codes, no word of them.

    `before`: those alone that began before this contact. Refuses (NotOnCase) who is not on it.
    """
    access.require(seen_by, access.READ)
    require_on(case_id, who=seen_by)
    found = CaseContact.objects.filter(case=case_id).values_list("contact", flat=True)
    return contacts.listed(list(found), seen_by=seen_by, before=before)


def cases_of(contact_ids: Collection[UUID]) -> Collection[UUID]:
    """Return the cases that contacts belong to, each once; for what is counted of them."""
    found = CaseContact.objects.filter(contact__in=contact_ids).order_by("case_id")
    return list(found.values_list("case_id", flat=True).distinct())


def of_the_same_case(contact_id: UUID) -> Collection[UUID]:
    """Return the other contacts of the case that a contact belongs to; for what is counted."""
    case = CaseContact.objects.filter(contact=contact_id).values("case_id")
    found = CaseContact.objects.filter(case__in=case).exclude(contact=contact_id)
    return list(found.values_list("contact", flat=True))


def cases_of_contacts(contact_ids: Collection[UUID], *, seen_by: Actor) -> dict[UUID, UUID]:
    """Return by contact the file that it belongs to; those without one that one is on are out."""
    access.require(seen_by, access.READ)
    found = CaseContact.objects.filter(contact__in=contact_ids, case__members__account=seen_by.key)
    return dict(found.values_list("contact", "case_id"))


def case_of_entry(entry_id: UUID, *, seen_by: Actor) -> UUID:
    """Return the case of an entry. Raises NotHere."""
    access.require(seen_by, access.READ)
    return find(Entry.objects.only("case_id"), id=entry_id).case_id


def taken_out(entry_id: UUID, *, seen_by: Actor) -> tuple[UUID, Section] | None:
    """Return (case, section) of an entry that was taken out, to a member of the case; None else."""
    access.require(seen_by, access.READ)
    found = Entry.objects.filter(id=entry_id, taken_out_at__isnull=False).first()
    if found is None:
        return None
    require_on(found.case_id, who=seen_by)
    return found.case_id, Section(found.section)


def is_on(case_id: UUID, *, who: Actor) -> bool:
    """Return whether someone is on a file."""
    return Member.objects.filter(case_id=case_id, account=who.key).exists()


def glass_until(case_id: UUID, *, who: Actor) -> datetime | None:
    """Return until when someone reads a file through broken glass; None if they do not."""
    found = Glass.objects.filter(case_id=case_id, account=who.key, ends_at__gt=now())
    return found.order_by("-ends_at").values_list("ends_at", flat=True).first()


def require_on(case_id: UUID, *, who: Actor) -> None:
    """Refuse (NotOnCase) someone who is not a member and has not used emergency access."""
    if who.kind is ActorKind.SYSTEM or is_on(case_id, who=who):
        return
    if glass_until(case_id, who=who) is None:
        raise NotOnCase(_("Only the people on this case can read it."))


def colleagues(case_id: UUID, *, seen_by: Actor) -> list[tuple[str, str]]:
    """Return (account, name) of those who could be added to a file."""
    access.require(seen_by, access.WORK)
    there = set(Member.objects.filter(case_id=case_id).values_list("account", flat=True))
    keys = {str(each) for each in accounts.holders_of(access.WORK)} - there
    return sorted(accounts.names_of(keys).items(), key=lambda each: each[1])


def member_choices(case_id: UUID) -> list[tuple[str, str]]:
    """Return (account, name) of the members, to choose who does something."""
    keys = set(Member.objects.filter(case_id=case_id).values_list("account", flat=True))
    return sorted(accounts.names_of(keys).items(), key=lambda each: each[1])


def form_of(section: Section, on: date | None = None) -> Form:
    """Return the fields of a section, in the form of today or of another day."""
    return section_form(section, country=settings.COUNTRY, on=on or today())


def rows_of(cases: QuerySet[Case] | Iterable[Case], seen_by: Actor) -> tuple[CaseRow, ...]:
    """Return files as a list shows them, in the given order."""
    found = list(cases)
    ids = [one.id for one in found]
    on: dict[UUID, list[str]] = defaultdict(list)
    for case_id, account in Member.objects.filter(case__in=ids).values_list("case_id", "account"):
        on[case_id].append(account)
    waiting = Entry.objects.filter(
        case__in=ids, due_on__isnull=False, done_at__isnull=True, taken_out_at__isnull=True
    )
    first = waiting.values("case_id").annotate(day=Min("due_on"))
    due: dict[UUID, date] = dict(first.values_list("case_id", "day"))
    names = accounts.names_of({account for accounts_on in on.values() for account in accounts_on})
    return tuple(
        CaseRow(
            id=one.id,
            reference=reference(one.id.hex),
            state=CaseState(one.state),
            outcome=CaseOutcome(one.outcome) if one.outcome else None,
            opened_at=one.opened_at,
            changed_at=one.changed_at,
            due_on=due.get(one.id),
            members=tuple(sorted(names.get(account, "") for account in on[one.id])),
            is_mine=seen_by.key in on[one.id],
        )
        for one in found
    )


def broken_of(one: Glass, names: Mapping[str, str], reason: str) -> Broken:
    """Return how the glass was broken, as a page shows it."""
    return Broken(
        id=one.id,
        case_id=one.case_id,
        reference=reference(one.case_id.hex),
        name=names.get(one.account, ""),
        at=one.at,
        reason=reason,
        seen_by=names.get(one.seen_by, ""),
    )
