from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "balise.awareness.activities.stories"
    label = "activities_stories"
