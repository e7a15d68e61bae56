from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    name = "balise.awareness.activities.feedback"
    label = "activities_feedback"
