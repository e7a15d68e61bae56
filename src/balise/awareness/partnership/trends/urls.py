"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.partnership.trends.web import briefings, public as door, staff as notebook

app_name = "trends"
public = [
    path("briefings/<str:token>/", door.briefing, name="briefing"),
    path("briefings/<str:token>/briefing.pdf", door.paper, name="paper"),
    path("briefing-news/<str:token>/", door.news, name="news"),
]
staff = [
    path("", notebook.notebook, name="notebook"),
    path("add/", notebook.add, name="add"),
    path("rises/", notebook.rises, name="rises"),
    path("references/", notebook.references, name="references"),
    path("briefings/", briefings.briefings, name="briefings"),
    path("briefings/<uuid:briefing_id>/", briefings.briefing, name="briefing"),
    path("readers/", briefings.readers, name="readers"),
    path("<uuid:use_id>/", notebook.use, name="use"),
    path("<uuid:use_id>/change/", notebook.change, name="change"),
    path("<uuid:use_id>/sheet/", notebook.sheet, name="sheet"),
    path("<uuid:use_id>/sheet.pdf", notebook.sheet_file, {"form": "pdf"}, name="sheet_pdf"),
    path("<uuid:use_id>/sheet.csv", notebook.sheet_file, {"form": "csv"}, name="sheet_csv"),
    path("<uuid:use_id>/sheet.json", notebook.sheet_file, {"form": "json"}, name="sheet_json"),
]
