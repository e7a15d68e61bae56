"""How an analyst works here. When the screens change, this is what changes of the day.

A person who knows the place: each step by the shortest way that the screens have.
"""

import re

from bench.played.contents import Content
from bench.played.hands import Hands
from playwright.sync_api import Locator, expect

CONTENT = re.compile(r"/staff/hotline/contents/[0-9a-f-]{36}/")
SURE = "6"
CERTAIN = "ertdf"  # a verdict, and sure
QUESTIONS = "#verdict-form button[name=answer]"


class Judging:
    """An analyst, signed in, one content after the other."""

    def __init__(self, hands: Hands) -> None:
        self.hands = hands
        self.page = hands.page

    def begins(self) -> None:
        """Open the queue: once a day, so it is not counted."""
        self.page.goto("/staff/hotline/queue/")

    def takes(self) -> None:
        """Take the first one; each of the others came when the one before was saved."""
        if not CONTENT.search(self.page.url):
            self.hands.press("n")
            self.page.wait_for_url(CONTENT)

    def opens(self) -> str:
        """Open what is encrypted, read what the report says; return the address that it names."""
        self.hands.press("o")
        expect(self.page.locator("[data-hold]").first).to_be_focused()
        self.hands.press("Space")  # held while one reads
        return self.page.locator("#opened .address").inner_text()

    def goes_there(self) -> None:
        """Copy the address, to open it where that is safe."""
        self.hands.click(self.page.locator("#opened [data-copy]").last)

    def decides(self, content: Content) -> None:
        """Say what it is, and what that asks for."""
        form = self.page.locator("#verdict-form")
        if content.path:
            self._asks(content.path)
        else:
            self.hands.press(CERTAIN[content.key - 1])
        expect(self._field("verdict", content.verdict)).to_be_checked()
        if not self._field("confidence", "sure").is_checked():
            self.hands.press(SURE)
        self._names(content.category)
        if content.why:
            self.hands.reach(form.locator("[name=rationale]"))
            self.hands.write(content.why)

    def saves(self) -> None:
        """Save the verdict and take the next one."""
        before = self.page.url
        self.hands.press("Control+Shift+Enter")
        self.page.wait_for_url(lambda url: url != before)
        expect(self.page.locator(".toast-success").first).to_be_visible()

    def _field(self, name: str, value: str) -> Locator:
        return self.page.locator(f"[name={name}][value={value}]")

    def _names(self, category: str) -> None:
        """Name the category, where it is not the one that was reported."""
        field = self.page.locator("#verdict-form [name=category]")
        if field.input_value() != category:
            self.hands.click(self.page.locator("#verdict-facts > summary"))
            self.hands.choose(field, category)

    def _asks(self, path: dict[str, str]) -> None:
        """Answer question after question; an element of the law that is not named is there."""
        self.hands.press("q")
        asked = ""
        while True:
            self.page.wait_for_function(
                "asked => { const first = document.querySelector("
                "'#verdict-form button[name=answer]'); const end = document.querySelector("
                "'#verdict-form h3[autofocus]'); return first ? first.value !== asked : end; }",
                arg=asked,
            )
            buttons = self.page.locator(QUESTIONS)
            if not buttons.count():
                return
            asked = str(buttons.first.get_attribute("value"))
            question = asked.partition("=")[0]
            answer = f"{question}={path.get(question, 'yes')}"
            key = self.page.locator(f"{QUESTIONS}[value='{answer}']").get_attribute("data-key")
            self.hands.press(str(key))
