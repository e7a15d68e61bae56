"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.surveys.web import public as door, results, staff as desk

app_name = "surveys"
public = [
    path("surveys/", door.listed, name="list"),
    path("surveys/resume/", door.resume, name="resume"),
    path("surveys/link/<str:token>/", door.link, name="link"),
    path("surveys/parents/<str:token>/", door.parents, name="parents"),
    path("surveys/<slug:slug>/", door.survey, name="survey"),
    path("surveys/<slug:slug>/wording/<int:number>/", door.wording, name="wording"),
    path("surveys/<slug:slug>/wording/<int:number>.json", door.source, name="source"),
    path("surveys/<slug:slug>/answer/<str:words>/", door.answer, name="answer"),
    path("surveys/<slug:slug>/answer/<str:words>/<slug:code>/", door.question, name="question"),
    path("surveys/<slug:slug>/review/<str:words>/", door.review, name="review"),
    path("surveys/<slug:slug>/give-up/<str:words>/", door.give_up, name="give_up"),
    path("surveys/<slug:slug>/sent/", door.sent, name="sent"),
    path("surveys/<slug:slug>/full/", door.full, name="full"),
    path("surveys/<slug:slug>/results/", results.results_page, name="results"),
    path("surveys/<slug:slug>/results/<int:number>/", results.results_page, name="results"),
    path(
        "surveys/<slug:slug>/results/<int:number>/figures.csv",
        results.results_file,
        name="results_file",
    ),
    path(
        "surveys/<slug:slug>/results/<int:number>/codebook.csv", results.codebook, name="codebook"
    ),
]
staff = [
    path("", desk.surveys, name="surveys"),
    path("<uuid:survey_id>/", desk.survey, name="survey"),
    path("<uuid:survey_id>/questionnaire/", desk.wording, name="wording"),
    path("<uuid:survey_id>/preview/", desk.preview, name="preview"),
    path("<uuid:survey_id>/publish/", desk.publish, name="publish"),
    path("<uuid:survey_id>/open/", desk.open_survey, name="open"),
    path("<uuid:survey_id>/close/", desk.close, name="close"),
    path("<uuid:survey_id>/links/", desk.invite, name="invite"),
    path("links/<uuid:invitation_id>/end/", desk.end_link, name="end_link"),
    path("<uuid:survey_id>/texts/", desk.texts, name="texts"),
    path("texts/<uuid:text_id>/show/", desk.show_text, name="show_text"),
    path("texts/<uuid:text_id>/withhold/", desk.withhold_text, name="withhold_text"),
    path("results/", results.board, name="results_board"),
    path("results/<slug:slug>/", results.staff_results, name="results"),
    path("results/<slug:slug>/<int:number>/", results.staff_results, name="results"),
]
