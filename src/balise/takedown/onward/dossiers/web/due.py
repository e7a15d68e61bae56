"""Dossiers that wait, for the home of the hotline."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from balise.foundation.actors import Actor
from balise.foundation.web.desk import Found, Search
from balise.foundation.web.navigation import Due
from balise.takedown.onward.dossiers import access, queries
from balise.takedown.onward.dossiers.rules.states import DossierState


def of_dossiers(actor: Actor) -> Iterable[Due]:
    """Return the dossiers to approve or hand over, and those that nobody acknowledged.

    A draft waits for anyone but the person whose words it holds.
    """
    rows = queries.listed(seen_by=actor)
    wanted = (
        (access.APPROVE, DossierState.DRAFT, _("Police dossiers to approve")),
        (access.HAND_OVER, DossierState.APPROVED, _("Police dossiers to send")),
        (access.READ, DossierState.HANDED_OVER, _("Police dossiers not acknowledged")),
    )
    for ability, state, says in wanted:
        if actor.may(ability):
            found = [
                one.handed_over_at or one.drafted_at
                for one in rows
                if one.state == state
                and (state != DossierState.DRAFT or one.drafted_by != actor.key)
            ]
            yield Due(says=says, count=len(found), since=min(found, default=None))
    if actor.may(access.APPROVE):
        unread = [
            one.approved_at
            for one in rows
            if one.waits_for_reader and one.approved_at and one.approved_by != actor.key
        ]
        says = _("Police dossiers sent by one person alone, to read within the hour")
        yield Due(says=says, count=len(unread), since=min(unread, default=None))


# What staff find from any page: a dossier by its number.


def dossiers(words: str, actor: Actor) -> Iterator[Found]:
    """Yield the dossiers of someone's lines with a number, and their state."""
    for one in queries.numbered(words, seen_by=actor):
        yield Found(
            one.number,
            reverse("staff:dossiers:dossier", args=[one.id]),
            DossierState(one.state).label,
        )


SEARCHES = (Search(_("Police"), access.READ, dossiers),)
