"""The addresses of this module, by door; those without a language are for other sites."""

from django.urls import path

from balise.steering.published.web import cards, public as door, reading

app_name = "published"
public = [
    path("figures/", door.figures, name="figures"),
    path("figures/<str:mark>/", door.edition, name="edition"),
    path("figures/<str:mark>/edition.<slug:form>", door.file, name="file"),
    path("figures/<str:mark>/changes.csv", door.changes, name="changes"),
    path("figures/<str:mark>/<slug:number>.csv", door.csv, name="csv"),
    path("figures/<str:mark>/<slug:number>/", door.figure, name="figure"),
]
plain = [
    path("card/latest/<slug:code>/", cards.latest, name="card-latest"),
    path("card/<str:mark>/<slug:number>/", cards.card, name="card"),
    path("figures/api/latest.json", reading.latest, name="figures-api-latest"),
    path("figures/api/<str:mark>.json", reading.edition, name="figures-api"),
    path("figures/<str:mark>/data.zip", reading.package, name="data-package"),
]
