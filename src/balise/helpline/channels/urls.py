"""Writing behind the public door; what messaging providers bring behind the API's."""

from django.urls import path

from balise.helpline.channels.web import api, public as pages

app_name = "write"
public = [
    path("write/", pages.start, name="start"),
    path("write/adults/", pages.start_as_adult, name="adults"),
    path("write/code/", pages.code, name="code"),
    path("write/read/", pages.thread, name="thread"),
    path("write/more/", pages.more, name="more"),
    path("write/leave/", pages.leave, name="leave"),
    path("write/left/", pages.left, name="left"),
]
machines = [
    (api.gateway_that_signed, path("messaging/messages/", api.messages, name="messaging")),
    (
        api.whatsapp_that_signed,
        path("messaging/whatsapp/", api.whatsapp, name="messaging-whatsapp"),
    ),
    (
        api.messenger_that_signed,
        path("messaging/messenger/", api.messenger, name="messaging-messenger"),
    ),
]
