"""The addresses of this module, by door."""

from django.urls import path

from balise.awareness.partnership.partners.web import groups, public as door, register

app_name = "partners"
public = [
    path("partners/", door.partners, name="partners"),
    path("opinions/", door.opinions, name="opinions"),
]
staff = [
    path("", register.register, name="register"),
    path("add/", register.add, name="add"),
    path("mandates/", register.mandates, name="mandates"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<uuid:group_id>/", groups.group, name="group"),
    path("members/<uuid:member_id>/", groups.member, name="member"),
    path("meetings/<uuid:meeting_id>/opinion/", groups.write, name="write"),
    path("opinions/<uuid:opinion_id>/", groups.opinion, name="opinion"),
    path("opinions/<uuid:opinion_id>/change/", groups.rewrite, name="rewrite"),
    path("recommendations/<uuid:recommendation_id>/", groups.recommendation, name="recommendation"),
    path("<uuid:organisation_id>/", register.organisation, name="organisation"),
    path("<uuid:organisation_id>/change/", register.change, name="change"),
]
