from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "balise.helpline.cases"
    label = "helpline_cases"
