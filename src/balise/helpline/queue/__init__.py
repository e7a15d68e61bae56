"""One queue for calls, chats, call-backs, messages and removals; seats of the listeners."""

from django.apps import AppConfig


class App(AppConfig):
    name = "balise.helpline.queue"
    label = "helpline_queue"

    def ready(self) -> None:
        from balise.helpline.queue.queries.words import in_force
        from balise.helpline.queue.rules.danger_words.editing import SOURCE

        SOURCE.ask = in_force
