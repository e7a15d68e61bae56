"""The app behind the public door."""

from django.urls import path

from balise.helpline.app.web import home, quiz, reading

app_name = "app"
public = [
    path("app/", home.home, name="home"),
    path("app/quiz/", quiz.choose, name="quiz"),
    path("app/quiz/<slug:code>/", quiz.play, name="play"),
    path("app/leaflets/", reading.every, name="leaflets"),
    path("app/leaflets/<slug:code>/", reading.one, name="leaflet"),
    path("app/what-happens/", reading.happens, name="happens"),
]
