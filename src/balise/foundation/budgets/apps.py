from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    name = "balise.foundation.budgets"
    label = "budgets"
