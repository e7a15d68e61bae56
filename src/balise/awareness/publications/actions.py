"""Writing a resource, publishing it, and keeping what is public the same as what is published.

What people do in Wagtail's pages, Wagtail does; these are for whoever writes without them.
"""

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import transaction

from balise.awareness.publications import access
from balise.awareness.publications.models import Picture, Published, Resource, Shelf
from balise.foundation.accounts.models import Account
from balise.foundation.actors import Actor, ActorKind
from balise.foundation.finding import find


@transaction.atomic
def draft(
    *,
    by: Actor,
    language: str,
    slug: str,
    title: str,
    summary: str,
    body: str,
    picture: Picture | None = None,
) -> int:
    """Write a resource that nobody else reads yet; returns its id. `body` is HTML of `rules.BODY`.

    Raises NotHere for a language without a shelf, ValidationError for an address that is taken.
    """
    access.require(by, access.WRITE)
    shelf = find(Shelf.objects.select_for_update(of=("self",)), locale__language_code=language)
    page = Resource(title=title, slug=slug, summary=summary, body=body, picture=picture, live=False)
    page.owner = _person(by)
    shelf.add_child(instance=page)
    page.save_revision(user=page.owner, log_action=True)
    return int(page.pk)


@transaction.atomic
def publish(*, by: Actor, page: int) -> None:
    """Make the last version of a resource public; its log entry is told to the journal.

    Raises NotHere for a page that there is not.
    """
    access.require(by, access.PUBLISH)
    found = find(Resource.objects.select_for_update(of=("self",)), pk=page)
    found.get_latest_revision().publish(user=_person(by), skip_permission_checks=True)


def publish_due(*, by: Actor) -> None:
    """Publish and unpublish what was set to a moment that has come."""
    access.require(by, access.PUBLISH)
    call_command("publish_scheduled")


def settle(*, by: Actor) -> int:
    """Make the public table say what is live, and returns how many pages changed.

    It may run at any time, twice or after a crash: it compares, and makes a picture's size before
    the row that names it. A page that cannot be drawn keeps no other from being public: it is
    raised at the end (ExceptionGroup), so that the job is seen to fail and is tried again.
    """
    access.require(by, access.PUBLISH)
    live = {page.pk: page for page in Resource.objects.live().select_related("locale")}
    known = {row.page_id: row for row in Published.objects.all()}
    gone = known.keys() - live.keys()
    Published.objects.filter(page_id__in=gone).delete()
    changed = [page for page in live.values() if not _is_settled(page, known.get(page.pk))]
    faults: list[Exception] = []
    for page in changed:
        try:
            page.as_published().save()
        except Exception as fault:  # noqa: BLE001 - a library draws it: whatever it is
            faults.append(fault)
    if faults:
        raise ExceptionGroup("pages that cannot be drawn", faults)
    return len(gone) + len(changed)


def _is_settled(page: Resource, row: Published | None) -> bool:
    return row is not None and (row.of_revision, row.language, row.slug) == (
        page.live_revision_id or 0,
        page.locale.language_code,
        page.slug,
    )


def _person(actor: Actor) -> Account | None:
    if actor.kind is not ActorKind.STAFF:
        return None
    account: Account = get_user_model().objects.get(pk=actor.key)
    return account
