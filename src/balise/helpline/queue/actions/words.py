"""Edits of the words of danger: one person proposes, a second one approves, all see the trial."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.foundation.finding import find
from balise.foundation.journal.book import record
from balise.foundation.journal.events import Code
from balise.helpline.queue import access
from balise.helpline.queue.events import WordsEditApproved, WordsEditProposed, WordsEditRefused
from balise.helpline.queue.models import WordsEdit
from balise.helpline.queue.queries import words
from balise.helpline.queue.rules.danger_words import pack_of, words_with
from balise.helpline.queue.rules.danger_words.editing import (
    LONGEST_WHY,
    Edit,
    WordsRefused,
    apply,
    check,
)
from balise.helpline.queue.rules.danger_words.trying import Trial, check_lost, lists, try_out
from balise.helpline.queue.rules.dangers import SecondNeeded


class EditDecided(WordsRefused, code="words-edit-decided"):
    """An edit is decided once."""


def propose(
    *,
    language: str,
    concept: str,
    added: Sequence[str],
    removed: Sequence[str],
    why: str,
    by: Actor,
) -> UUID:
    """Propose an edit, tried on the country's lists, and return its id.

    Refuses (WordsRefused) one that cannot be read or changes nothing. It is in force for nobody
    until a second person approves it.
    """
    access.require(by, access.SUPERVISE)
    if not 0 < len(why) <= LONGEST_WHY:
        raise WordsRefused(_("Say why, in a sentence or two."))
    edit = Edit(language, concept, _each_once(added), _each_once(removed))
    trial = _try(edit)
    with transaction.atomic():
        one = WordsEdit.objects.create(
            language=language,
            concept=concept,
            added=list(edit.added),
            removed=list(edit.removed),
            why=why,
            trial=asdict(trial),
            proposed_by=by.key,
            proposed_at=now(),
        )
        fact = WordsEditProposed(
            subject=one.id,
            language=Code(language),
            concept=Code(concept),
            added=len(edit.added),
            removed=len(edit.removed),
        )
        record(fact, by=by)
    return one.id


def approve(*, edit_id: UUID, by: Actor) -> None:
    """Put an edit in force, as a second person, tried anew on what is in force now.

    Refuses (SecondNeeded) who proposed it, (GraveLost) one that loses a message of level A of the
    country's own list, and one that no longer fits.
    """
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        one = _to_decide(edit_id, by)
        trial = _try(Edit(one.language, one.concept, tuple(one.added), tuple(one.removed)))
        check_lost(trial)
        one.trial = asdict(trial)
        _decide(one, is_approved=True, by=by)
        fact = WordsEditApproved(
            subject=one.id,
            language=Code(one.language),
            concept=Code(one.concept),
            changed=trial.changed,
        )
        record(fact, by=by)
        transaction.on_commit(words.forget)


def refuse(*, edit_id: UUID, by: Actor) -> None:
    """Refuse an edit, as a second person (SecondNeeded): it is never in force."""
    access.require(by, access.SUPERVISE)
    with transaction.atomic():
        one = _to_decide(edit_id, by)
        _decide(one, is_approved=False, by=by)
        record(WordsEditRefused(subject=one.id), by=by)


def _try(edit: Edit) -> Trial:
    """Return what an edit does to the words that are in force; refuse what cannot be one."""
    country, before = settings.COUNTRY, words.approved()
    check(apply(pack_of(country), before), edit)
    after = words_with(country, (*before, edit))
    return try_out(words_with(country, before), after, lists(country))


def _to_decide(edit_id: UUID, by: Actor) -> WordsEdit:
    """Return an edit that is not decided; all such are locked, so that one at a time is tried."""
    find(WordsEdit, id=edit_id)
    waiting = WordsEdit.objects.select_for_update().filter(decided_at=None).order_by("id")
    found = next((one for one in waiting if one.id == edit_id), None)
    if found is None:
        raise EditDecided(_("This edit has been decided already."))
    if found.proposed_by == by.key:
        raise SecondNeeded(_("Somebody else than the one who proposed it must decide."))
    return found


def _decide(one: WordsEdit, *, is_approved: bool, by: Actor) -> None:
    one.decided_by, one.decided_at, one.is_approved = by.key, now(), is_approved
    one.save(update_fields=("trial", "decided_by", "decided_at", "is_approved"))


def _each_once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spaced for each in words if (spaced := " ".join(each.split()))))
