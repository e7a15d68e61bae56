"""The addresses of this module, by door."""

from django.urls import URLPattern, path

from balise.awareness.activities.stories.web import classes, plans, public as door, shown, written

app_name = "stories"
public = [
    path("stories/", door.stories, name="catalogue"),
    path("stories/resume/", door.resume, name="resume"),
    path("stories/pictures/<slug:name>.svg", door.picture, name="picture"),
    path("stories/<slug:slug>/", door.story, name="story"),
    path("stories/<slug:slug>/begin/", door.begin, name="begin"),
    path("stories/<slug:slug>/play/", door.play, name="play"),
    path("stories/<slug:slug>/notebook/", door.notebook, name="notebook"),
    path("stories/<slug:slug>/pause/", door.pause, name="pause"),
    path("stories/<slug:slug>/help/", door.help_page, name="help"),
    path("stories/<slug:slug>/keep/", door.keep, name="keep"),
    path("stories/<slug:slug>/kept/", door.kept, name="kept"),
    path("stories/<slug:slug>/story.json", door.told, name="told"),
    path("stories/<slug:slug>/sounds/<str:name>", door.sound, name="sound"),
    path("stories/<slug:slug>/sheet/", plans.sheet, name="sheet"),
    path("stories/<slug:slug>/class/", classes.before, name="class"),
    path("stories/<slug:slug>/class/begin/", classes.begin, name="class_begin"),
    path("stories/<slug:slug>/class/play/", classes.play, name="class_play"),
    path("stories/<slug:slug>/class/pause/", classes.pause, name="class_pause"),
    path("stories/<slug:slug>/class/end/", classes.end, name="class_end"),
]
staff: list[URLPattern] = [
    path("", written.stories, name="stories"),
    path("add/", written.add, name="add"),
    path("figures/", shown.board, name="figures"),
    path("<uuid:story>/", written.story, name="story"),
    path("<uuid:story>/withdraw/", written.withdraw, name="withdraw"),
    path("<uuid:story>/<int:number>/", written.version, name="version"),
    path("<uuid:story>/<int:number>/publish/", written.publish, name="publish"),
    path("<uuid:story>/<int:number>/files/<path:name>", written.source, name="source"),
]
