"""Conversations behind the public and the staff door."""

from django.urls import path

from balise.helpline.conversations.web import pane, talk

app_name = "talk"
public = [
    path("talk/", talk.start, name="start"),
    path("talk/room/", talk.room, name="room"),
    path("talk/say/", talk.say, name="say"),
    path("talk/typing/", talk.typing, name="typing"),
    path("talk/seen/", talk.seen, name="seen"),
    path("talk/not-safe/", talk.danger, name="danger"),
    path("talk/another/", talk.another, name="another"),
    path("talk/end/", talk.end, name="end"),
    path("talk/ended/", talk.ended, name="ended"),
    path("talk/code/", talk.code, name="code"),
    path("talk/resume/", talk.resume, name="resume"),
]
staff = [
    path("conversations/", pane.conversations, name="conversations"),
    path("conversation/<uuid:conversation_id>/", pane.conversation, name="conversation"),
    path("conversation/<uuid:conversation_id>/before/", pane.before, name="before"),
    path("conversation/<uuid:conversation_id>/same/", pane.same, name="same"),
    path("conversation/<uuid:conversation_id>/say/", pane.say, name="say"),
    path("conversation/<uuid:conversation_id>/typing/", pane.typing, name="typing"),
    path("conversation/<uuid:conversation_id>/whose/", pane.whose, name="whose"),
    path("conversation/<uuid:conversation_id>/speak/", pane.speak, name="speak"),
    path("conversation/<uuid:conversation_id>/leave/", pane.leave, name="leave"),
    path("conversation/<uuid:conversation_id>/note/", pane.note, name="note"),
    path("conversation/<uuid:conversation_id>/end/", pane.end, name="end"),
    path("conversation/<uuid:conversation_id>/<int:seq>/mark/", pane.mark, name="mark"),
    path("conversation/<uuid:conversation_id>/<int:seq>/redact/", pane.redact, name="redact"),
]
