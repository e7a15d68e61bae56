"""How a listener works here. When the screens change, this is what changes of the day.

A person who knows the place: each step by the shortest way that the screens have. A field that
says the right thing already is left alone.
"""

import re

from bench.played.contacts import Contact, Record
from bench.played.hands import Hands
from playwright.sync_api import Locator, expect


class Listening:
    """A listener on duty, signed in, one contact after the other."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.page = hands.page

    def sits(self, *, chats: int = 1) -> None:
        """Go on duty for so many chats at once: once a day, so it is not counted."""
        self.page.goto("/staff/helpline/console/")
        self.page.locator("[name=skills][value=psychologist]").check()
        self.page.locator("[name=chat_cap]").select_option(str(chats))
        self.page.locator("form[action$='/console/sit/'] button[type=submit]").click()
        expect(self.page.locator("[data-key=n]")).to_be_visible()

    def takes(self) -> None:
        """Take the next one."""
        if not self.page.url.endswith("/console/"):
            self.page.goto("/staff/helpline/console/")
        self.hands.press("n")
        expect(self.page).to_have_url(re.compile(r"/console/[0-9a-f-]{36}/$"))

    def answers(self, contact: Contact, text: str) -> None:
        """Write to the person and send it; to one who is called back, speak."""
        if contact.kind == "chat":
            self.hands.reach(self.page.locator("[data-talk] textarea"))
            self.hands.write(text)
            self.hands.press("Enter")
            expect(self.page.locator("[data-log] .message", has_text=text)).to_be_visible()
        elif contact.kind == "message":
            self.hands.reach(self.page.locator("[data-answer] textarea"))
            self.hands.write(text)
            self.hands.click(self.page.locator("[data-answer] button[type=submit]"))
            expect(self.page.locator(".dialogue .message", has_text=text)).to_be_visible()

    def calls(self) -> None:
        """Read the number to dial, which is on a page of its own, and come back."""
        self.hands.click(self.page.locator("main a[href$='/call-backs/']"))
        self.hands.click(self.page.locator("form[action$='/open/'] button[type=submit]").first)
        expect(self.page.locator("main .code")).to_be_visible()
        self.hands.back()
        self.hands.back()  # past the list

    def records(self, record: Record) -> None:
        """Write the summary, and say in codes what it was."""
        if record.summary:
            self.hands.reach(self.page.locator("[name=record-summary]"))
            self.hands.write(record.summary)
            expect(self.page.locator("#saved")).to_contain_text("Enregistré")
        self._opens_wrap_up()
        self.hands.choose(self._coded("contact_type"), record.contact_type)
        if record.attempt:
            self.hands.choose(self._coded("attempt"), record.attempt)
        if record.risk:
            self.hands.choose(self._coded("risk"), record.risk)
        if record.age is not None:
            self.hands.number(self._coded("age"), record.age)
        for name in ("gender", "caller", "place", "outcome"):
            if value := getattr(record, name):
                self.hands.choose(self._coded(name), value)
        for topic in record.topics:
            box = self.page.locator(f"[name^=wrap-topics_][value={topic}]")
            if not box.is_visible():
                self.hands.click(self.page.locator("details", has=box).last.locator("> summary"))
            self.hands.tick(box)
        for done in record.actions:
            self.hands.tick(self.page.locator(f"[name=wrap-actions_taken][value={done}]"))

    def closes(self) -> None:
        """End what still goes on, close the record, and be ready for the next."""
        self.hands.click(self.page.locator("form.wrap-up button[type=submit]"))
        expect(self.page).to_have_url(re.compile(r"/console/$"))

    def _opens_wrap_up(self) -> None:
        summary = self.page.locator("details:has(form.wrap-up) > summary")
        where = self.page.evaluate("document.activeElement.tagName")
        if where in {"TEXTAREA", "INPUT", "SELECT"}:  # letters are words there
            self.hands.click(summary)
        else:
            self.hands.press("u")
        expect(self.page.locator("form.wrap-up")).to_be_visible()

    def _coded(self, name: str) -> Locator:
        return self.page.locator(f"[name=wrap-{name}]")
