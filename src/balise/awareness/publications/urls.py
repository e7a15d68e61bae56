"""The addresses of this module, by door; those of Wagtail's pages are in `web/cms.py`."""

from django.urls import path

from balise.awareness.publications.web import kits, public as door
from balise.awareness.publications.web.catalogue import catalogue

app_name = "publications"
public = [
    path("resources/", catalogue, name="catalogue"),
    path("resources/feed.xml", door.feed, name="feed"),
    path("resources/<slug:slug>/", door.page, name="page"),
    path("resources/<slug:slug>/next-version/", kits.follow, name="follow"),
    path("resources/<slug:slug>/with-a-name/", kits.brand, name="brand"),
    path("resources/<slug:slug>/with-a-name/<str:token>/", kits.branded, name="branded"),
    path("kit-news/<str:token>/", kits.news, name="news"),
]
plain = [
    path("media/kits/<path:name>", kits.file, name="kit-file"),
    path("media/<path:name>", door.media, name="media"),
    path("sitemap.xml", door.sitemap, name="sitemap"),
]
