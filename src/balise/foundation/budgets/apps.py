from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "balise.foundation.budgets"
    label = "budgets"

    def ready(self) -> None:
        from balise.foundation.budgets import checks  # noqa: F401 - registers itself
