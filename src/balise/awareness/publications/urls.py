"""The addresses of this module, by door; those of Wagtail's pages are in `web/cms.py`."""

from django.urls import path

from balise.awareness.publications.web import public as door

app_name = "publications"
public = [path("resources/<slug:slug>/", door.resource, name="resource")]
media = [path("media/<path:name>", door.media, name="media")]
