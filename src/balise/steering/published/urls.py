"""The addresses of this module, by door; those without a language are for other sites."""

from django.urls import path

from balise.steering.published.web import cards, public as door, reading

app_name = "published"
public = [
    path("figures/", door.figures, name="figures"),
    path("figures/<str:day>/", door.edition, name="edition"),
    path("figures/<str:day>/edition.<slug:form>", door.file, name="file"),
    path("figures/<str:day>/<slug:number>.csv", door.csv, name="csv"),
    path("figures/<str:day>/<slug:number>/", door.figure, name="figure"),
]
plain = [
    path("card/latest/<slug:code>/", cards.latest, name="card-latest"),
    path("card/<str:day>/<slug:number>/", cards.card, name="card"),
    path("figures/api/latest.json", reading.latest, name="figures-api-latest"),
    path("figures/api/<str:day>.json", reading.edition, name="figures-api"),
    path("figures/<str:day>/data.zip", reading.package, name="data-package"),
]
