from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "balise.awareness.questions"
    label = "questions"
