from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "balise.helpline.cases"
    label = "helpline_cases"

    def ready(self) -> None:
        from balise.helpline.cases import checks  # noqa: F401 - registers itself
