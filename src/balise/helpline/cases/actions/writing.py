"""Write in a case: each edit names the version it saw; a conflicting text is kept too."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import day_of, now
from balise.foundation.encryption.sealing import RecordKey, key_of_line
from balise.foundation.files import keeping
from balise.foundation.files.uploads import SealedUpload
from balise.foundation.finding import NotYours, find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.cases import access
from balise.helpline.cases.events import (
    DutyDecided,
    DutyRead,
    DutySigned,
    EntryConflicted,
    EntryDone,
    EntrySaved,
    EntryTakenOut,
)
from balise.helpline.cases.models import DECIDED, LINE, REVISED, SIGNED, Case, Duty, Entry, Revision
from balise.helpline.cases.queries import duties, files, files as queries
from balise.helpline.cases.queries.duties import OpenedDuty
from balise.helpline.cases.queries.opened import open_revision
from balise.helpline.cases.rules.duties import (
    LONGEST_RATIONALE,
    AnswerUnknown,
    Decision,
    End,
    NotForYou,
    Signature,
    read_rationale,
)
from balise.helpline.cases.rules.files import (
    EntryConflict,
    NothingWritten,
    check_is_there,
    check_may_write,
)
from balise.helpline.cases.rules.sections import DUE, SINGLE, Section
from balise.helpline.contacts.rules import differing
from balise.helpline.contacts.rules.forms import JSON, FieldWrong


@dataclass(frozen=True, slots=True)
class Saved:
    """The entry that was written, and the version that it has now."""

    entry: UUID
    version: int


def write(*, case_id: UUID, section: Section, given: Mapping[str, Any], by: Actor) -> Saved:
    """Add an entry to a file. Of what a file has once, the one that is there is changed.

    Where a colleague wrote that one meanwhile: EntryConflict, as in `change`.
    """
    access.require(by, access.WORK)
    _check_not_empty(given)
    with transaction.atomic():
        case = _open_case(case_id, by)
        there = case.entries.filter(section=section).first() if section in SINGLE else None
        if there is None:
            entry = _add(case, section, given, file={}, upload=None, by=by)
            return Saved(entry.id, entry.version)
    return change(entry_id=there.id, version=0, given=given, by=by)


def change(*, entry_id: UUID, version: int, given: Mapping[str, Any], by: Actor) -> Saved:
    """Change an entry that one saw in this version; the same words again change nothing.

    Where a colleague wrote meanwhile: EntryConflict with both texts. The one that came second is
    kept in the history, set aside, so that it is there even if this page is lost. Refuses an entry
    of a closed case (CaseClosed), or one that was taken out (EntryGone).
    """
    access.require(by, access.WORK)
    conflict = None
    with transaction.atomic():
        entry = Entry.locked(entry_id)
        queries.require_on(entry.case_id, who=by)
        check_may_write(entry.case.state)
        check_is_there(entry.taken_out_at)
        key = key_of_line(LINE, entry.case_id)
        last = Revision.objects.get(entry=entry, version=entry.version, is_aside=False)
        payload = open_revision(last, key)
        values = _values(Section(entry.section), given, made_on=day_of(entry.made_at))
        yours, theirs = differing(values, payload["values"])
        if not yours:
            return Saved(entry.id, entry.version)
        merged = {**payload["values"], **values}
        if version != entry.version:
            _revise(entry, key, merged, payload.get("file") or {}, is_aside=True, by=by)
            event = EntryConflicted(
                subject=entry.case_id, entry=entry.id, section=Section(entry.section)
            )
            record(event, by=by)
            conflict = EntryConflict(version=entry.version, yours=yours, theirs=theirs)
        else:
            entry.version += 1
            _mirror(entry, merged)
            entry.save(update_fields=("version", "due_on", "who"))
            _revise(entry, key, merged, payload.get("file") or {}, by=by)
            _note_saved(entry, by=by)
    if conflict is not None:
        raise conflict
    return Saved(entry.id, entry.version)


def copy(*, entry_id: UUID, role: str, by: Actor) -> Saved:
    """Add someone a second time in another role: an author who is family too, for one."""
    access.require(by, access.WORK)
    with transaction.atomic():
        entry = find(
            Entry.objects.select_related("case"),
            id=entry_id,
            section=Section.PEOPLE,
            taken_out_at__isnull=True,
        )
        case = _open_case(entry.case_id, by)
        last = Revision.objects.get(entry=entry, version=entry.version, is_aside=False)
        values = open_revision(last, key_of_line(LINE, case.id))["values"]
        added = _add(case, Section.PEOPLE, {**values, "role": role}, file={}, upload=None, by=by)
    return Saved(added.id, added.version)


def keep_document(
    *, case_id: UUID, upload: SealedUpload, given: Mapping[str, Any], by: Actor
) -> Saved:
    """Add a document that was just sent: sealed already, its SHA-256 and name sealed with it."""
    access.require(by, access.WORK)
    digest = sha256()
    for piece in keeping.read_upload(upload, line=LINE):
        digest.update(piece)
    told: dict[str, JSON] = {
        "name": (upload.name or "")[:200],
        "kind": upload.kind.value if upload.kind else "",
        "size": upload.size or 0,
        "sha256": digest.hexdigest(),
    }
    with transaction.atomic():
        case = _open_case(case_id, by)
        entry = _add(case, Section.DOCUMENTS, given, file=told, upload=upload, by=by)
    return Saved(entry.id, entry.version)


def settle(*, entry_id: UUID, done: bool, by: Actor) -> None:
    """Mark a follow-up or a task as done, or as not done."""
    access.require(by, access.WORK)
    with transaction.atomic():
        entry = Entry.locked(entry_id)
        queries.require_on(entry.case_id, who=by)
        check_may_write(entry.case.state)
        check_is_there(entry.taken_out_at)
        if entry.section not in DUE or (entry.done_at is not None) == done:
            return
        entry.done_at, entry.done_by = (now(), by.key) if done else (None, "")
        entry.save(update_fields=("done_at", "done_by"))
        _touch(entry.case)
        event = EntryDone(
            subject=entry.case_id, entry=entry.id, section=Section(entry.section), done=done
        )
        record(event, by=by)


def take_out(*, entry_id: UUID, by: Actor) -> None:
    """Hide an entry, as a mistake; its texts stay in the case until that is erased."""
    access.require(by, access.WORK)
    with transaction.atomic():
        entry = Entry.locked(entry_id)
        queries.require_on(entry.case_id, who=by)
        check_may_write(entry.case.state)
        if entry.taken_out_at is not None or entry.section in SINGLE:
            return
        entry.taken_out_at = now()
        entry.save(update_fields=("taken_out_at",))
        _touch(entry.case)
        event = EntryTakenOut(subject=entry.case_id, entry=entry.id, section=Section(entry.section))
        record(event, by=by)


def _open_case(case_id: UUID, by: Actor) -> Case:
    case = Case.locked(case_id)
    queries.require_on(case.id, who=by)
    check_may_write(case.state)
    return case


def _add(
    case: Case,
    section: Section,
    given: Mapping[str, Any],
    *,
    file: dict[str, JSON],
    upload: SealedUpload | None,
    by: Actor,
) -> Entry:
    moment = now()
    values = _values(section, given, made_on=day_of(moment))
    entry = Entry(id=uuid4(), case=case, section=section, made_at=moment)
    _mirror(entry, values)
    if upload is not None:
        entry.file = keeping.keep(upload, line=LINE)
    entry.save(force_insert=True)
    _revise(entry, key_of_line(LINE, case.id), values, file, by=by)
    _note_saved(entry, by=by)
    return entry


def _values(section: Section, given: Mapping[str, Any], *, made_on: date) -> dict[str, JSON]:
    return queries.form_of(section, made_on).read(given)


def _mirror(entry: Entry, values: Mapping[str, JSON]) -> None:
    """Copy the day and the person of what is due into clear columns, which reminders read."""
    if entry.section not in DUE:
        return
    who = str(values.get("who") or "")
    if who and who != entry.who and who not in dict(queries.member_choices(entry.case_id)):
        raise FieldWrong(_("Choose someone who is on the case."), field="who")
    due_on = values.get("due_on")
    entry.due_on = date.fromisoformat(str(due_on)) if due_on else None
    entry.who = who


def _revise(
    entry: Entry,
    key: RecordKey,
    values: Mapping[str, JSON],
    file: Mapping[str, JSON],
    *,
    is_aside: bool = False,
    by: Actor,
) -> None:
    revision_id = uuid4()
    payload: dict[str, Any] = {"values": dict(values), "file": dict(file)}
    Revision.objects.create(
        id=revision_id,
        entry=entry,
        version=entry.version,
        at=now(),
        author=by.key,
        is_aside=is_aside,
        sealed=key.seal(payload, where=REVISED, row=revision_id),
    )


def _note_saved(entry: Entry, *, by: Actor) -> None:
    _touch(entry.case)
    event = EntrySaved(
        subject=entry.case_id,
        entry=entry.id,
        section=Section(entry.section),
        version=entry.version,
    )
    record(event, by=by)


def _touch(case: Case) -> None:
    case.changed_at = now()
    case.save(update_fields=("changed_at",))


def _check_not_empty(given: Mapping[str, Any]) -> None:
    if not any(value not in {None, ""} for value in given.values() if not isinstance(value, list)):
        raise NothingWritten(_("Nothing written yet."))


# Decide whether one must report, write down why, and have it co-signed by a supervisor.


def decide(
    *,
    case_id: UUID,
    answers: Sequence[tuple[str, str]],
    decision: Decision,
    rationale: str,
    follow_up_on: date | None = None,
    by: Actor,
) -> UUID:
    """Write down what was decided at the end of the questions, and why; it waits for a supervisor.

    The questions are kept in the words in which they were asked. A day to look again becomes a
    follow-up of the file. Refuses answers that lead to no end, and a decision without reasons.
    """
    access.require(by, access.WORK)
    found = duties.tree()
    end = found.walk(answers)
    if not isinstance(end, End):
        raise AnswerUnknown(_("Answer all the questions first."))
    reasons = read_rationale(rationale)
    with transaction.atomic():
        case = Case.locked(case_id)
        files.require_on(case.id, who=by)
        check_may_write(case.state)
        duty_id = uuid4()
        payload = {
            "answers": [[code, answer] for code, answer in answers],
            "said": [[asked, answer] for asked, answer in found.said(answers)],
            "rationale": reasons,
        }
        Duty.objects.create(
            id=duty_id,
            case=case,
            end=end.code,
            decision=decision,
            sealed=key_of_line(LINE, case.id).seal(payload, where=DECIDED, row=duty_id),
            decided_by=by.key,
            decided_at=now(),
        )
        event = DutyDecided(subject=duty_id, case=case.id, end=Code(end.code), decision=decision)
        record(event, by=by)
        if follow_up_on is not None:
            write(
                case_id=case.id,
                section=Section.FOLLOW_UPS,
                given={
                    "what": _("Review: %(end)s") % {"end": end.title},
                    "due_on": follow_up_on.isoformat(),
                    "who": by.key if files.is_on(case.id, who=by) else "",
                },
                by=by,
            )
    return duty_id


def read_duty(*, duty_id: UUID, by: Actor) -> OpenedDuty:
    """Return a decision in clear, to who reads the file and who co-signs; written down first."""
    access.require(by, access.READ)
    one = find(Duty, id=duty_id)
    if not duties.may_read(one, who=by):
        raise NotYours(access.SUPERVISE)
    with transaction.atomic():
        record(DutyRead(subject=one.id, case=one.case_id), by=by)
    return duties.opened(one, key_of_line(LINE, one.case_id), seen_by=by)


def sign(*, duty_id: UUID, agrees: bool, words: str, by: Actor) -> None:
    """Co-sign a decision, or disagree and say why; never one's own, and once."""
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        one = Duty.locked(duty_id)
        if one.decided_by == by.key:
            raise NotForYou(_("The person who decided cannot co-sign."))
        if one.signature != Signature.WAITING:
            raise NotForYou(_("A supervisor has already signed."))
        if not agrees:
            words = read_rationale(words)
        one.signature = Signature.AGREED if agrees else Signature.DISAGREED
        one.signed_by, one.signed_at = by.key, now()
        if words.strip():
            key = key_of_line(LINE, one.case_id)
            payload = {"text": words.strip()[:LONGEST_RATIONALE]}
            one.sealed_signature = key.seal(payload, where=SIGNED, row=one.id)
        one.save(update_fields=("signature", "signed_by", "signed_at", "sealed_signature"))
        record(DutySigned(subject=one.id, case=one.case_id, agrees=agrees), by=by)
