"""The addresses of oversight, behind the staff door."""

from django.urls import URLPattern, URLResolver, path

from balise.foundation.oversight.web import staff as pages

staff: list[URLPattern | URLResolver] = [
    path("journal/", pages.journal, name="journal"),
    path("retention/", pages.retention, name="retention"),
    path("tasks/", pages.tasks, name="tasks"),
    path("tasks/retry/", pages.retry, name="retry"),
]
