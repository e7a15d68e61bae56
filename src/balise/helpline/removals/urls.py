"""The removal desk behind the staff door; how far it is, for the young person."""

from django.urls import path

from balise.helpline.removals.web import forms, items, public as pages, requests

app_name = "removals"
public = [
    path("removal/", pages.follow, name="follow"),
    path("removal/leave/", pages.leave, name="leave"),
]
staff = [
    path("", forms.desk, name="desk"),
    path("figures/", forms.figures, name="figures"),
    path("new/", requests.new, name="new"),
    path("completeness/", requests.completeness, name="completeness"),
    path("<uuid:request_id>/", requests.request_page, name="request"),
    path("<uuid:request_id>/add/", requests.add, name="add"),
    path("<uuid:request_id>/code/", requests.code, name="code"),
    path("item/<uuid:item_id>/", items.item, name="item"),
    path("item/<uuid:item_id>/act/", items.act, name="act"),
    path("item/<uuid:item_id>/revise/", items.revise, name="revise"),
    path("item/<uuid:item_id>/send/", items.send, name="send"),
    path("item/<uuid:item_id>/heard/", items.heard, name="heard"),
    path("item/<uuid:item_id>/answer/", items.answer, name="answer"),
    path("item/<uuid:item_id>/climb/", items.climb, name="climb"),
    path("item/<uuid:item_id>/letter/<str:rung>/", items.letter, name="letter"),
]
