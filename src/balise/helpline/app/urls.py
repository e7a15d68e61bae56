"""The app behind the public door."""

from django.urls import path

from balise.helpline.app.web import counting, home

app_name = "app"
public = [
    path("app/", home.home, name="home"),
]
plain = [
    path("app/count/", counting.count, name="app-count"),
]
