from django.apps import AppConfig


class QuizzesConfig(AppConfig):
    name = "balise.awareness.activities.quizzes"
    label = "activities_quizzes"
