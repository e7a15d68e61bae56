"""Staffing behind the staff door."""

from django.urls import path

from balise.helpline.staffing.web import people, planning, rota

app_name = "staffing"
staff = [
    path("", planning.forecast, name="forecast"),
    path("what-if/", planning.what_if, name="what-if"),
    path("rota/", rota.rota, name="rota"),
    path("rota/ask/", rota.ask, name="ask"),
    path("rota/<uuid:rota_id>/publish/", rota.publish, name="publish"),
    path("rota/<uuid:rota_id>/<uuid:account_id>/<str:day>/", rota.shift, name="shift"),
    path("adherence/", rota.beside, name="adherence"),
    path("team/", people.team, name="team"),
    path("team/<uuid:account_id>/", people.member, name="member"),
    path("my-week/", people.my_week, name="my-week"),
    path("absences/<uuid:absence_id>/withdraw/", people.withdraw_absence, name="withdraw-absence"),
    path("shifts/<uuid:shift_id>/swap/", people.swap, name="swap"),
]
