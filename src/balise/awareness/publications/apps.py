from importlib import import_module

from wagtail.users.apps import WagtailUsersAppConfig


class ProfilesConfig(WagtailUsersAppConfig):
    """Wagtail's profiles without its pages of users and groups: accounts and roles are ours.

    Wagtail looks for hooks beside an app's module, and finds none here. The hooks of
    `wagtail.users` would draw forms of groups, which no account of ours has.
    """

    def ready(self) -> None:
        self.module = import_module("balise.awareness.publications.migrations")
