"""A case in clear; the action that calls these has checked who may, and logged it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from balise.foundation.accounts import queries as accounts
from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, today
from balise.foundation.encryption.sealing import RecordKey
from balise.helpline.cases.models import (
    REASONED,
    REVISED,
    TITLED,
    Case,
    CaseContact,
    Entry,
    Glass,
    Member,
    Revision,
)
from balise.helpline.cases.queries import files
from balise.helpline.cases.queries.files import Broken, CaseRow
from balise.helpline.cases.rules.files import Via
from balise.helpline.cases.rules.sections import Section, in_words
from balise.helpline.contacts.rules.forms import JSON
from balise.takedown.law.rules import all_offences


@dataclass(frozen=True, slots=True)
class Written:
    """An entry in clear. `said` are its (label, words); `file` describes a document."""

    id: UUID
    section: Section
    version: int
    made_at: datetime
    changed_at: datetime
    author: str
    values: Mapping[str, JSON]
    said: tuple[tuple[str, str], ...]
    file: Mapping[str, JSON]
    has_file: bool
    due_on: date | None
    who: str
    done_at: datetime | None

    @property
    def is_overdue(self) -> bool:
        return self.done_at is None and self.due_on is not None and self.due_on < today()


@dataclass(frozen=True, slots=True)
class Version:
    """One text of an entry's history, in clear."""

    version: int
    at: datetime
    author: str
    is_aside: bool
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A member of a case, and how they became one."""

    account: str
    name: str
    via: Via
    since: datetime


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case in clear, for a member or for emergency access."""

    row: CaseRow
    title: str
    members: tuple[Person, ...]
    sections: Mapping[Section, tuple[Written, ...]]
    glasses: tuple[Broken, ...]
    contacts: tuple[tuple[UUID, datetime], ...]
    through_glass_until: datetime | None

    def of(self, section: Section) -> tuple[Written, ...]:
        """Return the entries of a section, the first made first."""
        return self.sections.get(section, ())


def titles(keys: Mapping[UUID, RecordKey]) -> dict[UUID, str]:
    """Return what cases are called, in clear; the caller records that they were read."""
    return {one.id: title_of(one, keys[one.id]) for one in Case.objects.filter(id__in=list(keys))}


def title_of(case: Case, key: RecordKey) -> str:
    """Return what a file is called, in clear."""
    return str(key.open(bytes(case.sealed_title), where=TITLED, row=case.id)["text"])


def opened(case: Case, key: RecordKey, *, seen_by: Actor) -> OpenedCase:
    """Return a file in clear; the action that calls this has written the reading down."""
    entries = list(
        Entry.objects.filter(case=case, taken_out_at__isnull=True).order_by("made_at", "id")
    )
    last = {
        one.entry_id: one
        for one in Revision.objects.filter(entry__in=entries, is_aside=False).order_by("version")
    }
    members = list(Member.objects.filter(case=case).order_by("since"))
    glasses = list(Glass.objects.filter(case=case).order_by("-at"))
    keys = {one.account for one in members} | {one.author for one in last.values()}
    keys |= {one.who for one in entries} | {one.account for one in glasses}
    keys |= {one.seen_by for one in glasses}
    names = accounts.names_of(keys)
    sections: dict[Section, list[Written]] = defaultdict(list)
    for one in entries:
        sections[Section(one.section)].append(written(one, last[one.id], key, names))
    return OpenedCase(
        row=files.rows_of([case], seen_by)[0],
        title=title_of(case, key),
        members=tuple(
            Person(one.account, names.get(one.account, ""), Via(one.via), one.since)
            for one in members
        ),
        sections={section: tuple(found) for section, found in sections.items()},
        glasses=tuple(
            files.broken_of(
                one, names, str(key.open(bytes(one.sealed), where=REASONED, row=one.id)["text"])
            )
            for one in glasses
        ),
        contacts=tuple(
            CaseContact.objects.filter(case=case).order_by("at").values_list("contact", "at")
        ),
        through_glass_until=None
        if files.is_on(case.id, who=seen_by)
        else files.glass_until(case.id, who=seen_by),
    )


def written_of(entries: Sequence[Entry], key: RecordKey) -> tuple[Written, ...]:
    """Return entries of one file in clear, each with its last text, the first made first."""
    found = Revision.objects.filter(entry__in=entries, is_aside=False).order_by("version")
    last = {one.entry_id: one for one in found}
    names = accounts.names_of({one.author for one in last.values()} | {one.who for one in entries})
    ordered = sorted(entries, key=lambda one: one.made_at)
    return tuple(written(one, last[one.id], key, names) for one in ordered)


def written(entry: Entry, revision: Revision, key: RecordKey, names: Mapping[str, str]) -> Written:
    """Return an entry in clear, with the text of a revision."""
    payload = open_revision(revision, key)
    values = payload["values"]
    return Written(
        id=entry.id,
        section=Section(entry.section),
        version=entry.version,
        made_at=entry.made_at,
        changed_at=revision.at,
        author=names.get(revision.author, ""),
        values=values,
        said=said(Section(entry.section), values, made_at=entry.made_at, names=names),
        file=payload.get("file") or {},
        has_file=entry.file is not None,
        due_on=entry.due_on,
        who=names.get(entry.who, ""),
        done_at=entry.done_at,
    )


def said(
    section: Section,
    values: Mapping[str, JSON],
    *,
    made_at: datetime,
    names: Mapping[str, str],
) -> tuple[tuple[str, str], ...]:
    """Return what an entry says as (label, words): days and colleagues as people write them."""
    shown = {code: _shown(code, value, names) for code, value in values.items()}
    return tuple(in_words(files.form_of(section, day_of(made_at)), shown))


def _shown(code: str, value: JSON, names: Mapping[str, str]) -> JSON:
    """Return a value with colleagues and offences named."""
    if code == "who":
        return names.get(str(value), "")
    if code == "offence" and value:
        named = {one.code: str(one.words) for one in all_offences(settings.COUNTRY)}
        return named.get(str(value), str(value))
    return value


def open_revision(revision: Revision, key: RecordKey) -> dict[str, dict[str, JSON]]:
    """Return the values, and what describes the file, of one revision."""
    payload: dict[str, dict[str, JSON]] = key.open(
        bytes(revision.sealed), where=REVISED, row=revision.id
    )
    return payload


def history(entry: Entry, key: RecordKey) -> tuple[Version, ...]:
    """Return every text of an entry, the last first; the caller has written the reading down."""
    revisions = list(Revision.objects.filter(entry=entry).order_by("-at"))
    names = accounts.names_of({one.author for one in revisions} | _whos(revisions, key))
    return tuple(
        Version(
            version=one.version,
            at=one.at,
            author=names.get(one.author, ""),
            is_aside=one.is_aside,
            said=said(
                Section(entry.section),
                open_revision(one, key)["values"],
                made_at=entry.made_at,
                names=names,
            ),
        )
        for one in revisions
    )


def _whos(revisions: Iterable[Revision], key: RecordKey) -> set[str]:
    found = {str(open_revision(one, key)["values"].get("who") or "") for one in revisions}
    return found - {""}
