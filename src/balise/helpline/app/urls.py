"""The app behind the public door, on an origin of its own, and for staff."""

from django.urls import path, re_path

from balise.helpline.app.web import (
    buttons,
    counting,
    own as origin,
    pages,
    quiz,
    release,
    staff as helpline,
)

app_name = "app"
public = [
    path("app/", pages.home, name="home"),
    path("app/danger/", pages.danger, name="danger"),
    path("app/help/", pages.help_page, name="help"),
    path("app/removing/", pages.removing, name="removing"),
    path("app/offline/", pages.offline, name="offline"),
    path("app/lost/", pages.lost, name="lost"),
    path("app/settings/", pages.own, name="settings"),
    path("app/looks/", pages.looks, name="looks"),
    path("app/looks/<slug:code>/", pages.look, name="look"),
    path("app/looks/<slug:code>/screen/", pages.screen, name="screen"),
    path("app/quiz/", quiz.choose, name="quiz"),
    path("app/quiz/<slug:code>/", quiz.play, name="play"),
    path("app/leaflets/", buttons.every, name="leaflets"),
    path("app/leaflets/<slug:code>/", buttons.one, name="leaflet"),
    path("app/what-happens/", buttons.happens, name="happens"),
    path("app/<slug:code>.webmanifest", pages.manifest, name="manifest"),
    path("app/button/", buttons.owners, name="button"),
    path("app/from/", buttons.arrived, name="from"),
    path("app/state.json", pages.state, name="state"),
]
plain = [
    path("button/<slug:platform>/", buttons.framed, name="app-button"),
    path("app/button/sites.json", buttons.listed, name="app-sites"),
    path("app/button/sites.sig", buttons.signature, name="app-sites-signature"),
    path("app/count/", counting.count, name="app-count"),
    path("worker.js", release.worker, name="app-worker"),
    path("app/release.json", release.manifest, name="app-release"),
    path("app/release.sig", release.signature, name="app-signature"),
    path("app/release.key", release.key, name="app-key"),
    path("app/shared/", release.shared, name="app-shared"),
]
own = [  # on the app's own origin
    path("<str:language>/app/state.json", origin.state, name="app-own-state"),
    path("app/count/", counting.count, name="app-count"),
    path("app/release.json", release.manifest, name="app-release"),
    path("app/release.sig", release.signature, name="app-signature"),
    path("app/release.key", release.key, name="app-key"),
]
last = [  # there too, behind what all modules have
    path("", origin.threshold, name="threshold"),
    re_path(r"^(?P<path>.+)$", origin.listed, name="listed"),
]
staff = [
    path("words/", helpline.words, name="words"),
    path("sites/", helpline.sites, name="sites"),
    path("sites/<uuid:site_id>/end/", helpline.end, name="end-site"),
]
