"""The console behind the staff door."""

from django.urls import path

from balise.helpline.console.web import (
    alarm,
    answering,
    line,
    panel,
    person,
    record,
    seat,
    wallboard,
)

app_name = "console"
staff = [
    path("", seat.console, name="console"),
    path("<uuid:item_id>/", person.person, name="person"),
    path("console/", seat.moved, name="moved"),
    path("console/<uuid:item_id>/", seat.moved, name="person-moved"),
    path("console/sit/", seat.sit, name="sit"),
    path("console/change/", seat.change, name="change"),
    path("console/pulse/", seat.pulse, name="pulse"),
    path("console/beat/", seat.beat, name="beat"),
    path("console/next/", seat.take_next, name="next"),
    path("console/records/", record.records, name="records"),
    path("console/records/<uuid:contact_id>/", record.record, name="record"),
    path("console/records/<uuid:contact_id>/save/", panel.save, name="save"),
    path("console/records/<uuid:contact_id>/wrap-up/", record.finish, name="finish"),
    path("console/records/<uuid:contact_id>/take-over/", record.take_over, name="take-over"),
    path("console/<uuid:item_id>/accept/", person.accept, name="accept"),
    path("console/<uuid:item_id>/put-back/", person.put_back, name="put-back"),
    path("console/<uuid:item_id>/wrap-up/", person.wrap_up, name="wrap-up"),
    path("console/<uuid:item_id>/proposals/", panel.proposals, name="proposals"),
    path("console/<uuid:item_id>/transfer/", person.transfer, name="transfer"),
    path("console/<uuid:item_id>/line/", line.line, name="line"),
    path("console/<uuid:item_id>/line/ask/", line.command, name="line-ask"),
    path("console/<uuid:item_id>/help/", person.call_for_help, name="help"),
    path("console/<uuid:item_id>/aside/", answering.aside, name="aside"),
    path("console/<uuid:item_id>/answer/", answering.answer, name="answer"),
    path("console/<uuid:item_id>/draft/", answering.draft, name="draft"),
    path(
        "console/<uuid:item_id>/answer/<uuid:message_id>/again/",
        answering.again,
        name="answer-again",
    ),
    path("console/<uuid:item_id>/life-danger/", person.declare, name="declare"),
    path("console/<uuid:item_id>/danger/", alarm.in_danger, name="danger"),
    path("console/<uuid:item_id>/band/", alarm.band, name="band"),
    path("console/<uuid:item_id>/checklist/", alarm.checklist, name="checklist"),
    path("console/<uuid:item_id>/number/", alarm.number, name="number"),
    path("console/<uuid:item_id>/number/ask/", alarm.ask_number, name="number-ask"),
    path(
        "console/<uuid:item_id>/number/<uuid:request_id>/agree/", alarm.agree, name="number-agree"
    ),
    path(
        "console/<uuid:item_id>/number/<uuid:request_id>/read/",
        alarm.read_number,
        name="number-read",
    ),
    path("wallboard/", wallboard.wallboard, name="wallboard"),
    path("wallboard/numbers/", wallboard.numbers, name="numbers"),
    path("wallboard/room/", wallboard.room, name="room"),
    path("wallboard/switchboard/", wallboard.switchboard, name="switchboard"),
    path("wallboard/seats/<uuid:account>/", wallboard.written_work, name="written-work"),
    path("wallboard/<uuid:item_id>/act/", wallboard.act, name="act"),
    path("wallboard/<uuid:item_id>/risk/", wallboard.risk, name="risk"),
]
