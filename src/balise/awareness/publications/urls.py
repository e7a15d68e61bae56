"""The addresses of this module, by door; those of Wagtail's pages are in `web/cms.py`."""

from django.urls import path

from balise.awareness.publications.web import (
    bik,
    kits,
    media,
    public as door,
    staff as desk,
    videos,
)
from balise.awareness.publications.web.catalogue import catalogue
from balise.awareness.publications.web.oai import oai

app_name = "publications"
public = [
    path("resources/", catalogue, name="catalogue"),
    path("resources/feed.xml", door.feed, name="feed"),
    path("resources/<slug:slug>/", door.page, name="page"),
    path("resources/<slug:slug>/print/", door.on_paper, name="on_paper"),
    path("resources/<slug:slug>/video/", videos.elsewhere, name="elsewhere"),
    path("resources/<slug:slug>/captions-<slug:code>.vtt", videos.captions, name="captions"),
    path("resources/<slug:slug>/next-version/", kits.follow, name="follow"),
    path("resources/<slug:slug>/with-a-name/", kits.brand, name="brand"),
    path("resources/<slug:slug>/with-a-name/<str:token>/", kits.branded, name="branded"),
    path("kit-news/<str:token>/", kits.news, name="news"),
]
plain = [
    path("media/<path:name>", media.media, name="media"),
    path("sitemap.xml", door.sitemap, name="sitemap"),
    path("oai", oai, name="oai"),
]
staff = [
    path("bik.csv", bik.export, {"form": "csv"}, name="bik-csv"),
    path("bik.json", bik.export, {"form": "json"}, name="bik-json"),
    path("due/", desk.due, name="due"),
    path("languages/", desk.languages, name="languages"),
    path("<int:page>/translate/<slug:language>/", desk.translate, name="translate"),
    path("<int:page>/link/", desk.link, name="link"),
    path("<int:page>/up-to-date/", desk.confirm, name="confirm"),
]
