"""How a listener works here. When the screens change, this is what changes of the day.

A person who knows the place: each step by the shortest way that the screens have. A field that
says the right thing already is left alone.
"""

import re
import unicodedata
from collections.abc import Collection

from bench.played.contacts import Contact, Record
from bench.played.hands import Hands
from playwright.sync_api import Locator, expect

PERSON = re.compile(r"/staff/helpline/[0-9a-f-]{36}/$")
# Milliseconds after the last words, or a choice, and the answer of a busy machine.
PROPOSED_AFTER, ANSWERED_AFTER = 4_000, 1_500
NAMES = {"child_gender": "gender"}  # of a field, in a record of the day
# What a record takes from its caller where nobody says more.
KINDS = {"child": "child-self", "parent": "about-child", "friend": "about-child"}


def plain(words: str) -> str:
    """Return words without accents, as one types what is only searched."""
    return "".join(one for one in unicodedata.normalize("NFD", words) if one.isascii())


class Listening:
    """A listener on duty, signed in, one contact after the other."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.page = hands.page

    def sits(self, *, chats: int = 1) -> None:
        """Go on duty for so many chats at once: once a day, so it is not counted."""
        self.page.goto("/staff/helpline/")
        self.page.locator("[name=skills][value=psychologist]").check()
        self.page.locator("[name=chat_cap]").select_option(str(chats))
        self.page.locator("form[action$='/console/sit/'] button[type=submit]").click()
        expect(self.page.locator("[data-key=n]")).to_be_visible()

    def takes(self) -> None:
        """Take the first one; each of the others came as the one before was closed."""
        if not PERSON.search(self.page.url):
            self.hands.press("n")
            self.page.wait_for_url(PERSON)

    def takes_one_more(self) -> None:
        """Take another chat beside those that one has, out of the field that one writes in."""
        before = self.page.url
        self.hands.press("Escape", "n")
        self.page.wait_for_url(lambda url: url != before and bool(PERSON.search(url)))

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
        """Show the number to dial, on the same page."""
        self.hands.press("o")
        expect(self.page.locator("#call-back .code")).to_be_visible()

    def records(self, record: Record) -> None:
        """Correct what is proposed, say the rest in codes, confirm, and write the summary.

        What was done is said first of all: an outcome is proposed from it. What is proposed and
        right is left for one key at the end, which leads to the summary.
        """
        self.page.wait_for_timeout(PROPOSED_AFTER)
        for done in record.actions:
            self._presses("actions_taken", done)
        if record.actions:
            self.page.wait_for_timeout(ANSWERED_AFTER)
        proposed = self._said() & self._right(record)
        self._says_else(record, proposed)
        self._confirms(record)
        if record.summary:
            self.hands.reach(self._field("summary"))
            self.hands.write(record.summary)
        if record.attempt:
            self.hands.tick(self.page.locator(f"[name=wrap-attempt][value={record.attempt}]"))

    def _says_else(self, record: Record, proposed: set[str]) -> None:
        """Say by hand what is not proposed, or proposed otherwise: that takes a proposal away."""
        self._presses("caller_relation", record.caller, proposed)
        if KINDS.get(record.caller) != record.contact_type:
            self._presses("contact_type", record.contact_type, proposed)
        for name in ("place", "risk", "outcome", "child_gender"):
            self._presses(name, getattr(record, NAMES.get(name, name)), proposed)
        if record.age is not None and f"child_age:{record.age}" not in proposed:
            self.hands.number(self._field("child_age"), record.age)
        for topic in record.topics:
            if f"topics:{topic}" not in proposed:
                self._finds(topic)

    def _right(self, record: Record) -> set[str]:
        return {
            f"caller_relation:{record.caller}",
            f"child_age:{record.age}",
            f"place:{record.place}",
            f"risk:{record.risk}",
            f"outcome:{record.outcome}",
            *(f"topics:{topic}" for topic in record.topics),
        }

    def _said(self) -> set[str]:
        """Return what is proposed now, as `field:value`."""
        lines = self.page.locator("#proposals [data-proposal]")
        said: list[str] = lines.evaluate_all("lines => lines.map(line => line.dataset.proposal)")
        return set(said)

    def _confirms(self, record: Record) -> None:
        """Refuse what is proposed and wrong, each by itself, then confirm the rest by one key."""
        for each in self._said() - self._right(record):
            self.hands.click(self.page.locator(f"#proposals [name=no][value='{each}']"))
            expect(self.page.locator(f"[data-proposal='{each}']")).to_have_count(0)
        if self._said():
            self.hands.press("F4")
            expect(self.page.locator("#proposals [data-proposal]")).to_have_count(0)

    def _presses(self, name: str, value: str, proposed: Collection[str] = ()) -> None:
        """Press a choice, unless it is chosen or proposed; unfold those that are met seldom."""
        if value and f"{name}:{value}" not in proposed:
            box = self._field(name, value)
            if not box.is_visible():
                self.hands.click(box.locator("xpath=ancestor::details[1]/summary"))
            self.hands.tick(box)

    def closes(self) -> None:
        """End what still goes on, close the record, and take the next if anybody waits."""
        before = self.page.url
        self.hands.press("Control+Shift+Enter")
        self.page.wait_for_url(lambda url: url != before)

    def _field(self, name: str, value: str = "") -> Locator:
        of = f"[value={value}]" if value else ""
        return self.page.locator(f"[data-side] [name=record-{name}]{of}")

    def _finds(self, topic: str) -> None:
        """Type letters of a topic until it comes first or second, and press Enter on it."""
        box = self._field("topics", topic)
        if box.is_checked():
            return
        named = self.page.locator(f"label[for='{box.get_attribute('id')}']")
        label = (named.text_content() or "").strip()
        if offered := self.page.locator(".side-offered", has_text=label).all():
            self.hands.click(next(one for one in offered if one.text_content() == label))
            expect(box).to_be_checked()
            return
        self.hands.reach(self.page.locator("#topic-search"))
        found: list[str] = []
        for letter in plain(label):
            self.hands.press(letter)
            found = self.page.locator("#topics-found li").evaluate_all(
                "lines => lines.map(line => line.firstChild.textContent.trim())"
            )
            if label in found[:2]:
                break
        self.hands.press(*["ArrowDown"] * found.index(label), "Enter")
        expect(box).to_be_checked()
