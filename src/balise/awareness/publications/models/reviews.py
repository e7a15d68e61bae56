"""A version that its editor asks a head of awareness to publish."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState
from wagtail.permissions import policy_registry


class Approval(Task):
    """The one step of a review: a head approves, which publishes, or asks for changes in a word.

    Nobody is locked out meanwhile: the version that was asked for is the one that is approved.
    """

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:  # noqa: ARG002 - Wagtail's
        """Return what a person may answer: name, label, whether a word goes with it."""
        if not _may_answer(user):
            return []
        return [
            ("reject", _("Ask for changes"), True),
            ("approve", _("Approve and publish"), False),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **_kwargs: Any) -> QuerySet[TaskState]:
        """Return what waits for a person."""
        waiting: QuerySet[TaskState] = TaskState.objects.none()
        if _may_answer(user):
            waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return waiting

    @classmethod
    def get_description(cls) -> Any:
        return _("A head of awareness reads it.")


def _may_answer(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Page).user_has_permission(user, "publish"))
