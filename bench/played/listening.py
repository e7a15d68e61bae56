"""How a listener works here. When the screens change, this is what changes of the day.

A person who knows the place: each step by the shortest way that the screens have. A field that
says the right thing already is left alone.
"""

import re
import unicodedata

from bench.played.contacts import Contact, Record
from bench.played.hands import Hands
from playwright.sync_api import Locator, expect

PERSON = re.compile(r"/staff/helpline/[0-9a-f-]{36}/$")
PROPOSED_AFTER = 4_000  # milliseconds after the last words, and the answer of a busy machine
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
        """Correct and confirm what is proposed, write the summary, say the rest in codes."""
        self._corrects(record)
        self._confirms(record)
        if record.summary:
            self.hands.reach(self._field("summary"))
            self.hands.write(record.summary)
        self._chooses({"caller_relation": record.caller})
        if KINDS.get(record.caller) != record.contact_type:
            self._chooses({"contact_type": record.contact_type})
        self._presses("place", record.place)
        self._presses("risk", record.risk)
        if record.age is not None:
            self.hands.number(self._field("child_age"), record.age)
        for topic in record.topics:
            self._finds(topic)
        for done in record.actions:
            self._presses("actions_taken", done)
        self._presses("outcome", record.outcome)
        self._presses("child_gender", record.gender)
        if record.attempt:
            self.hands.choose(self.page.locator("[name=wrap-attempt]"), record.attempt)

    def _right(self, record: Record) -> set[str]:
        return {
            f"caller_relation:{record.caller}",
            f"child_age:{record.age}",
            f"place:{record.place}",
            f"risk:{record.risk}",
            *(f"topics:{topic}" for topic in record.topics),
        }

    def _said(self) -> list[str]:
        """Return what is proposed now, as `field:value`."""
        lines = self.page.locator("#proposals [data-proposal]")
        said: list[str] = lines.evaluate_all("lines => lines.map(line => line.dataset.proposal)")
        return said

    def _corrects(self, record: Record) -> None:
        """Choose what is right where something else is proposed: that takes the proposal away."""
        self.page.wait_for_timeout(PROPOSED_AFTER)
        wrong = {each.partition(":")[0] for each in set(self._said()) - self._right(record)}
        if "place" in wrong:
            self._presses("place", record.place)
        if "risk" in wrong:
            self._presses("risk", record.risk)
        if "child_age" in wrong and record.age is not None:
            self.hands.number(self._field("child_age"), record.age)

    def _confirms(self, record: Record) -> None:
        """Confirm what is proposed and right, by the shorter way.

        That is all in one go once what is wrong is refused, or each by itself.
        """
        lines = self.page.locator("#proposals [data-proposal]")
        said = self._said()
        found = self._right(record) & set(said)
        wrong = set(said) - found
        if found and len(wrong) < len(found):
            for each in wrong:
                self.hands.click(self.page.locator(f"#proposals [name=no][value='{each}']"))
                expect(self.page.locator(f"[data-proposal='{each}']")).to_have_count(0)
            self.hands.press("F4")
            expect(lines).to_have_count(0)
        else:
            for each in found:
                self.hands.click(self.page.locator(f"#proposals [name=yes][value='{each}']"))

    def _chooses(self, said: dict[str, str]) -> None:
        for name, value in said.items():
            if value:
                self.hands.choose(self._unfolded(self._field(name)), value)

    def _presses(self, name: str, value: str) -> None:
        """Press a choice that stands in view, unless it is chosen."""
        if value:
            self.hands.tick(self._field(name, value))

    def closes(self) -> None:
        """End what still goes on, close the record, and take the next if anybody waits."""
        before = self.page.url
        self.hands.press("Control+Shift+Enter")
        self.page.wait_for_url(lambda url: url != before)

    def _field(self, name: str, value: str = "") -> Locator:
        of = f"[value={value}]" if value else ""
        return self.page.locator(f"[data-side] [name=record-{name}]{of}")

    def _unfolded(self, field: Locator) -> Locator:
        """Return a field, after a click on what it is folded into."""
        if not field.is_visible():
            self.hands.click(field.locator("xpath=ancestor::details[1]/summary"))
        return field

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
