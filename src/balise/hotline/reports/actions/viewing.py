"""One's own views of the queue. Nothing is journalled: how someone sorts their list is no fact."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from balise.foundation.actors import Actor
from balise.foundation.clock import now
from balise.hotline.reports import access
from balise.hotline.reports.models import SavedView
from balise.hotline.reports.rules.views import check_room, read_filters, read_name


def save_view(*, name: str, filters: Mapping[str, str], by: Actor) -> UUID:
    """Save filters of the queue under a name, for oneself; return the view's id.

    `filters` are parameters of the queue's address, a host by its code. Refuses ViewNameWrong,
    NoFilters and TooManyViews.
    """
    access.require(by, access.READ)
    kept = read_filters(filters)
    with transaction.atomic():
        names = _names(_own(by))
        check_room(len(names))
        one = SavedView(
            account=by.key,
            name=read_name(name, taken=names),
            state=kept.get("state", ""),
            category=kept.get("category", ""),
            age=kept.get("age", ""),
            of_host=kept.get("of", ""),
            mine="mine" in kept,
            known=kept.get("known", ""),
        )
        one.save()
    return one.id


def rename_view(*, view_id: UUID, name: str, by: Actor) -> SavedView:
    """Give one of one's own views another name. Raises NotHere, ViewNameWrong."""
    access.require(by, access.READ)
    with transaction.atomic():
        one = SavedView.locked(view_id, account=by.key, deleted_at=None)
        one.name = read_name(name, taken=_names(_own(by).exclude(id=view_id)))
        one.save(update_fields=("name",))
    return one


def delete_view(*, view_id: UUID, by: Actor) -> SavedView:
    """Delete one of one's own views; that can be undone for a day. Raises NotHere."""
    access.require(by, access.READ)
    with transaction.atomic():
        one = SavedView.locked(view_id, account=by.key, deleted_at=None)
        one.deleted_at = now()
        one.save(update_fields=("deleted_at",))
    return one


def restore_view(*, view_id: UUID, by: Actor) -> SavedView:
    """Undo that one's own view was deleted. Raises NotHere, ViewNameWrong, TooManyViews."""
    access.require(by, access.READ)
    with transaction.atomic():
        one = SavedView.locked(view_id, account=by.key)
        if one.deleted_at:
            names = _names(_own(by))
            check_room(len(names))
            read_name(one.name, taken=names)
            one.deleted_at = None
            one.save(update_fields=("deleted_at",))
    return one


def _own(by: Actor) -> QuerySet[SavedView]:
    return SavedView.objects.filter(account=by.key, deleted_at=None)


def _names(views: QuerySet[SavedView]) -> list[str]:
    """Return the names of views, locked: their owner's other window waits for this one."""
    return list(views.select_for_update().values_list("name", flat=True))
