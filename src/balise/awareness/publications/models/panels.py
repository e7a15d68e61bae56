"""What an editor sees beside the fields of a page: how its text reads, and its old addresses."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from balise.awareness.publications.models.published import Address
from balise.awareness.readability.rules.measure import goal_of, measured


class ReadingPanel(Panel):
    """How hard the text is to read, as it was last saved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Reading level"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "publications/parts/reading_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.body)

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            page = self.instance
            goal = goal_of(page.audience)
            text = measured(page.body, language=page.locale.language_code, goal=goal)
            return {**super().get_context_data(parent_context), "text": text, "goal": goal}


class AddressesPanel(Panel):
    """The addresses that a page had in public: each leads where it is now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("Earlier addresses"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        template_name = "publications/parts/addresses_panel.html"

        def is_shown(self) -> bool:
            return bool(self.instance.pk) and self._earlier().exists()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "earlier": self._earlier()}

        def _earlier(self) -> Any:
            return Address.objects.filter(page_id=self.instance.pk).exclude(slug=self.instance.slug)
