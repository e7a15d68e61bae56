"""What Wagtail is told of who may: our roles, in the place of its groups.

Each policy is registered for its exact class: Wagtail's own apps register theirs after ours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename, get_user_model
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from wagtail.models import AbstractPage, Collection, Locale, Page, Site, Task, Workflow
from wagtail.permission_policies.base import BasePermissionPolicy
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import register_permission_policy

from balise.awareness.publications.access import verbs_of
from balise.awareness.publications.models import TYPES, Paper, Picture, Shelf
from balise.foundation.accounts.models import Account

_FILES = (Picture, Paper)


@dataclass(frozen=True, slots=True)
class Verb:
    """A permission, as Wagtail reads one."""

    codename: str


@dataclass(frozen=True, slots=True)
class Given:
    """A permission on all that is below a page or a collection; Wagtail wants it hashable."""

    permission: Verb
    page: Page | None = None
    collection: Collection | None = None

    @property
    def page_id(self) -> int | None:
        return self.page.pk if self.page else None

    @property
    def collection_id(self) -> int | None:
        return self.collection.pk if self.collection else None


class _NobodyToMail:
    """Wagtail asks who else may, to write to them or to list them: mails and lists are ours."""

    def users_with_any_permission(self, *_args: Any, **_kwargs: Any) -> QuerySet[Account]:
        return Account.objects.none()

    users_with_permission = users_with_any_permission
    users_with_any_permission_for_instance = users_with_any_permission
    users_with_permission_for_instance = users_with_any_permission


class Pages(_NobodyToMail, PagePermissionPolicy):
    """Who writes pages, and who publishes them."""

    def get_all_permissions_for_user(self, user: Any) -> set[Given]:
        given = verbs_of(getattr(user, "role", ""))
        root = Page.get_first_root_node() if given else None
        return {Given(Verb(self._get_permission_codename(each)), page=root) for each in given}


class Files(_NobodyToMail, CollectionOwnershipPermissionPolicy):
    """Who brings pictures and documents, and who removes them."""

    def get_all_permissions_for_user(self, user: Any) -> set[Given]:
        given = verbs_of(getattr(user, "role", ""))
        root = Collection.get_first_root_node() if given else None
        # Wagtail keeps one answer for all kinds of files.
        verbs = {get_permission_codename(each, file._meta) for each in given for file in _FILES}
        return {Given(Verb(each), collection=root) for each in verbs}


class Closed(_NobodyToMail, BasePermissionPolicy):
    """What Wagtail has and nobody may change by it."""

    def user_has_permission(self, user: Any, action: str) -> bool:  # noqa: ARG002 - Wagtail's signature
        return False

    def user_has_any_permission(self, user: Any, actions: Iterable[str]) -> bool:  # noqa: ARG002
        return False


def register() -> None:
    """Register the policies; called once, when Balise starts."""
    for page in (AbstractPage, Page, Shelf, *TYPES):
        register_permission_policy(page, Pages(Page), exact_class=True)
    for file in _FILES:
        policy = Files(file, owner_field_name="uploaded_by_user")
        register_permission_policy(file, policy, exact_class=True)
    for closed in (Site, Collection, Locale, Task, Workflow, get_user_model(), Group):
        register_permission_policy(closed, Closed(closed), exact_class=True)
