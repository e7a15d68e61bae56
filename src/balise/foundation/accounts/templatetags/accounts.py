"""Who is signed in, what their role is called, who asked for something."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest

from balise.foundation.accounts import queries, visits
from balise.foundation.accounts.roles import every_scope
from balise.foundation.accounts.rules import ProposalKind

register = template.Library()


@register.filter
def role_name(code: str) -> str:
    """Return a role's name for people."""
    return queries.role_name(code)


@register.filter
def scope_name(code: str) -> str:
    """Return a scope's name for people; its code when the centre no longer has it."""
    return next((str(scope.label) for scope in every_scope() if scope.code == code), code)


@register.filter
def proposal_name(kind: str) -> str:
    """Return what is asked for, in words."""
    return str(ProposalKind(kind).label)


@register.filter
def person_name(key: str) -> str:
    """Return the name behind an actor's key; the server itself has none."""
    return queries.names_of({key}).get(key, "—")


@register.filter
def in_fours(code: str) -> str:
    """Return a long code in groups of four; it may be typed with the spaces."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


@register.inclusion_tag("accounts/parts/bar.html", takes_context=True)
def person_bar(context: template.Context) -> dict[str, Any]:
    """Show who is signed in, the way to their own pages, lock and sign out."""
    request: HttpRequest = context["request"]
    is_open = getattr(request, "held_at", "…") == ""
    return {
        "account": request.user if is_open else None,
        "csrf_token": context.get("csrf_token"),
        "idle_seconds": settings.SESSION_IDLE_SECONDS,
        "here": request.get_full_path(),
        "mark": visits.mark_of(request.session) if is_open else "",
    }
