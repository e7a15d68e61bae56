"""The addresses of this module, by door; those of Wagtail's pages are in `web/cms.py`."""

from django.urls import path

from balise.awareness.publications.web import public as door, videos
from balise.awareness.publications.web.catalogue import catalogue

app_name = "publications"
public = [
    path("resources/", catalogue, name="catalogue"),
    path("resources/feed.xml", door.feed, name="feed"),
    path("resources/<slug:slug>/", door.page, name="page"),
    path("resources/<slug:slug>/video/", videos.elsewhere, name="elsewhere"),
    path("resources/<slug:slug>/captions-<slug:code>.vtt", videos.captions, name="captions"),
]
plain = [
    path("media/<path:name>", door.media, name="media"),
    path("sitemap.xml", door.sitemap, name="sitemap"),
]
