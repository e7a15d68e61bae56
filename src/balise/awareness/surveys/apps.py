from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "balise.awareness.surveys"
    label = "surveys"
