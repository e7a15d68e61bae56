"""Who may do what here; `policies` says it to Wagtail."""

from balise.awareness.publications.rules import verbs
from balise.foundation.access import require as require
from balise.foundation.accounts.roles import abilities_of

WRITE = "awareness.publications.write"
PUBLISH = "awareness.publications.publish"


def may_enter(*, role: str, permission: str) -> bool:
    """Return whether Wagtail lets a role in, which is all that it asks of an account itself."""
    return permission == "wagtailadmin.access_admin" and bool(verbs_of(role))


def verbs_of(role: str) -> frozenset[str]:
    """Return what a role may do with pages and files, in Wagtail's words."""
    abilities = abilities_of(role)
    return verbs(writes=WRITE in abilities, publishes=PUBLISH in abilities)
