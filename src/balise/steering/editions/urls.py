"""The addresses of this module, by door."""

from django.urls import path

from balise.steering.editions.web import comparing, life, public as open_door, staff as door

app_name = "editions"
public = [path("committee/<str:token>/", open_door.draft, name="draft")]
staff = [
    path("", door.editions, name="editions"),
    path("questions/<uuid:comment_id>/", door.answer, name="answer"),
    path("<uuid:edition_id>/", door.edition, name="edition"),
    path("<uuid:edition_id>/again/", door.make_again, name="again"),
    path("<uuid:edition_id>/freeze/", door.freeze, name="freeze"),
    path("<uuid:edition_id>/publish/", door.publish, name="publish"),
    path("<uuid:edition_id>/draw/", door.draw, name="draw"),
    path("<uuid:edition_id>/life/", life.life, name="life"),
    path("<uuid:edition_id>/early/", life.early, name="early"),
    path("<uuid:edition_id>/compared/<uuid:other_id>/", comparing.compared, name="compared"),
    path(
        "<uuid:edition_id>/compared/<uuid:other_id>.csv",
        comparing.compared_csv,
        name="compared-csv",
    ),
    path("<uuid:edition_id>/link/", door.link, name="link"),
    path("<uuid:edition_id>/preview/", door.preview, name="preview"),
    path("<uuid:edition_id>/files/<slug:form>/<slug:language>/", door.file, name="file"),
    path(
        "<uuid:edition_id>/public-files/<slug:form>/<slug:language>/",
        door.file,
        {"is_public": True},
        name="public-file",
    ),
    path("<uuid:edition_id>/pages/<slug:code>/", door.page, name="page"),
    path("<uuid:edition_id>/pages/<slug:code>/place/", door.place, name="place"),
]
