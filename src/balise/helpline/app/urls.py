"""The app behind the public door."""

from django.urls import path

from balise.helpline.app.web import home

app_name = "app"
public = [
    path("app/", home.home, name="home"),
]
