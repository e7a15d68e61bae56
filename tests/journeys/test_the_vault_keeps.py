"""The library of the vault in a real browser: PIN, words, decoy, two tabs, a full disk, a loss.

Adversaries are named as in the list of threats: A1 holds the telephone, T080 is a server that lies.
No centre is started: the modules are served alone, under the policy of our pages.
"""

import base64
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from pyrage.x25519 import Identity

from balise.foundation.encryption import age
from balise.foundation.encryption.envelope import SealBroken
from tests.bare_page import bare_page
from tests.browser import IN_TIME

pytestmark = [pytest.mark.journey, pytest.mark.safety]

PIN: Final = "274951"
_SCENES: Final = 'await import("/static/tests/scenes.js")'


def play(page: Page, scene: str, given: object = None) -> Any:
    """Play a scene of `scenes.js` and return its answer."""
    return page.evaluate(f"async (given) => ({_SCENES}).{scene}(given)", given)


def run(page: Page, script: str) -> Any:
    """Run a few words in the page, with the modules, and return their answer."""
    names = "{ keys, vault, made, png, refusal, store }"
    return page.evaluate(f"async () => {{ const {names} = {_SCENES}; {script} }}")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with bare_page() as found:
        yield found


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 780}, locale="fr-FR")
    context.set_default_timeout(IN_TIME)
    yield context
    context.close()


@pytest.fixture
def tab(phone: BrowserContext, address: str) -> Iterator[Callable[[], Page]]:
    complaints: list[str] = []

    def opened() -> Page:
        page = phone.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text) if "Content Security Policy" in said.text else None
            ),
        )
        page.goto(address)
        return page

    yield opened
    assert not complaints


@pytest.fixture
def page(tab: Callable[[], Page]) -> Page:
    return tab()


def test_a_vault_is_made_locked_and_opened_and_an_item_comes_back_bit_for_bit(page: Page) -> None:
    said = play(page, "keepsAndOpens")
    assert said["twice"] == "vault-exists"
    assert said["locked"] == [None, False, None, "stopped"]
    assert said["same"]
    assert said["head"]["kind"] == "screenshot"
    assert said["head"]["type"] == "image/png"
    assert said["left"] == ["link"]
    assert said["log"] == ["added", "redacted", "added", "stamped", "deleted", "deleted"]
    assert said["files"] == 1
    assert said["broken"] == "unknown-item"


def test_a_file_that_is_not_its_rows_own_does_not_leave_the_vault(page: Page) -> None:
    said = play(page, "swapped")
    assert said["heard"] == ["broken true"] * 9
    assert said["now"] == "done"


def test_who_has_no_open_vault_learns_no_code_by_a_second_one(page: Page) -> None:
    said = play(page, "secondAsked")
    assert said["heard"] == ["stopped"] * 18
    assert said["same"]


@pytest.mark.whole
def test_words_that_are_not_typed_back_and_simple_pins_make_no_vault(page: Page) -> None:
    said = play(page, "refusesToBegin")
    assert said == ["pin-short", *["pin-simple"] * 3, "other-words", False]


def test_a1_ten_wrong_pins_then_the_words_alone(page: Page) -> None:
    said = play(page, "tenTries")
    assert said["heard"] == ["pin-wrong"] * 9 + ["words-only"]
    assert said["right"] == "words-only"
    assert said["needs"]
    assert said["strangers"] == "other-words"
    assert said["near"] in ([4, True], [None, False])  # the same word twice in a row is no change
    assert (said["size"], said["old"], said["now"], said["left"]) == (2008, "pin-wrong", "done", 10)


@pytest.mark.whole
def test_a1_a_try_is_counted_before_it_is_made(tab: Callable[[], Page]) -> None:
    page = tab()
    run(page, "await made(); keys.lock();")
    # The tab is closed as soon as the try is counted: its answer never comes.
    run(
        page,
        """
        keys.unlock("830264").catch(() => {});
        while ((await keys.state()).left === 10) await null;
        """,
    )
    page.close()
    assert run(tab(), "return (await keys.state()).left") == 9


def test_a1_a_stolen_database_cannot_be_tried_elsewhere(page: Page) -> None:
    said = play(page, "stolen")
    assert said["out"] == ["InvalidAccessError"] * 2
    assert said["copied"] == "{}"
    assert (said["elsewhere"], said["here"]) == ("pin-wrong", "done")


def test_a1_no_race_of_tabs_makes_an_eleventh_try(tab: Callable[[], Page]) -> None:
    tabs = [tab() for _nth in range(3)]
    run(tabs[0], "await made(); keys.lock();")
    # All begin before any is over, with no lock between them: what counts is the transaction alone.
    for nth, each in enumerate(tabs):
        wrong = [f"83026{nth}{last}" for last in range(5)]
        each.evaluate(f"async (wrong) => {{ globalThis.races = ({_SCENES}).races(wrong); }}", wrong)
    heard = [said for each in tabs for said in each.evaluate("async () => await races")]
    made = sorted(int(said.split()[1]) for said in heard if len(said.split()) == 2)
    assert made == list(range(10))
    assert heard.count("words-only ") == 5
    assert run(tabs[1], f"return await refusal(keys.unlock('{PIN}'))") == "words-only"


@pytest.mark.parametrize("other", ["592837", None])
def test_an_old_vault_is_raised_by_each_code_and_tells_of_no_second(
    page: Page, other: str | None
) -> None:
    said = play(page, "raised", ["123456", other, False])
    assert (said["wrong"], said["untouched"]) == ("pin-wrong", 1)
    assert (said["v"], said["name"], said["kept"]) == (2, "Argon2id", "PBKDF2-SHA-256")
    assert (said["left"], said["found"]) == (10, [True])
    assert said["same"]  # raised by one code or by both, with a second or without: one shape
    assert said["empty"] == (other and [True, 0])
    assert said["moved"] == [False, other is not None]


@pytest.mark.whole
@pytest.mark.whole
def test_the_words_raise_an_old_vault_too_and_leave_its_second_code(page: Page) -> None:
    said = play(page, "raised", ["123456", "806136", True])
    assert (said["v"], said["name"], said["found"]) == (2, "Argon2id", [True])
    assert said["empty"] == [True, 0]
    assert said["gone"] == "pin-wrong"


def test_t080_less_memory_or_another_algorithm_is_refused_whatever_is_stored(page: Page) -> None:
    said = play(page, "weakened")
    assert said["heard"] == ["weakened"] * 27 + ["words-only"]
    assert said["left"] == 10  # no try was made with a weakened record
    assert said["now"] == "done"


@pytest.mark.whole
def test_t080_an_old_vault_with_fewer_rounds_is_refused(page: Page) -> None:
    assert play(page, "weakBefore") == ["weakened", 10]


def test_a_decoy_opens_an_empty_vault_and_looks_the_same_where_it_is_kept(page: Page) -> None:
    said = play(page, "decoy")
    assert said["same"]
    assert said["taken"] == ["pin-taken", "pin-taken"]
    assert said["seen"] == [[], [], 9]  # the decoy gives nothing back but its own try
    assert said["inside"] == 1
    assert said["mine"] == [1, 1, 10]
    assert said["gone"] == "pin-wrong"


def test_nothing_of_a_vault_is_in_the_page_of_another(page: Page) -> None:
    said = play(page, "nothingStays")
    assert {"draft", "asked", "plan", "pasted"} <= {*said["mine"], "draft", "asked"}
    assert {"fresh", "typed", "came", "just"} <= set(said["rest"])
    assert said["locked"] == {"found": [], "place": "", "list": None, "state": None}
    assert said["decoy"] == {"found": [], "place": "", "draft": None}
    # Where the same vault opens, all of it is back.
    assert {"plan", "pasted", "asked", "draft"} <= set(said["back"])
    assert said["place"] == "#item/4f2a"
    assert (said["file"], said["what"]) == ("ce que le vrai coffre garde",) * 2
    assert said["chosen"]
    assert not said["on_the_disk"]


def test_clearing_the_decoy_leaves_the_other_vault_whole(page: Page) -> None:
    said = play(page, "decoyCleared")
    assert said["left"] == [[], [], []]
    assert said["mine"] == [1, 1, 1]
    assert said["rows"] == [1, 1, 1, 1]
    assert said["arrived"] == 1


@pytest.mark.whole
def test_the_decoy_is_no_way_to_try_the_other_pin(page: Page) -> None:
    said = play(page, "decoyTries")
    assert said["heard"] == ["pin-wrong"] * 9
    assert (said["isDecoy"], said["left"]) == (False, 10)


@pytest.mark.whole
def test_two_tabs_count_one_row_of_tries_and_write_one_chain(tab: Callable[[], Page]) -> None:
    one, other = tab(), tab()
    run(one, "globalThis.open = (await made()).open")
    run(other, "globalThis.open = await keys.unlock('274951')")
    # Both begin without waiting for each other.
    adding = (
        "globalThis.adds = Promise.all(Array.from({ length: 5 }, () => vault.add(open, png())));"
    )
    for each in (one, other):
        run(each, adding)
    for each in (one, other):
        run(each, "await adds")
    lines = run(one, "return await vault.log(open)")
    before = sha256(b"").digest()
    for number, line in enumerate(lines, 1):
        told = {name: line["entry"][name] for name in sorted(line["entry"])}
        assert told["n"] == number
        before = sha256(before + _json(told)).digest()
        assert before.hex() == line["hash"]
    assert len(lines) == 10
    run(one, "globalThis.gone = new Promise((heard) => keys.autoLock(heard))")
    run(other, "keys.lock()")
    run(one, "await gone")
    assert run(one, "return keys.session()") is None
    pins = "['111222', '333888', '444999']"
    trying = f"globalThis.tries = Promise.all({pins}.map((pin) => refusal(keys.unlock(pin))));"
    for each in (one, other):
        run(each, trying)
    for each in (one, other):
        assert run(each, "return await tries") == ["pin-wrong"] * 3
    assert run(one, "return (await keys.state()).left") == 4


@pytest.mark.whole
def test_what_is_shared_while_locked_is_filed_after_unlocking(page: Page) -> None:
    said = play(page, "arrives")
    assert said["none"] == "no-vault"
    assert said["bad"] == ["empty", "program"]
    assert said["waiting"] == [1, 0]
    assert (said["name"], said["where"], said["left"], said["size"]) == (
        "partage.png",
        "Le groupe",
        0,
        True,
    )


@pytest.mark.whole
def test_a_full_disk_is_said_before_and_nothing_is_half_kept(page: Page) -> None:
    said = play(page, "fullDisk")
    assert said["room"] == {"isEnough": False, "needed": 302_097_152, "left": 200_000_000}
    assert said["heard"]["code"] == "storage-full"
    assert said["heard"]["needed"] > said["heard"]["left"]
    assert (said["arriving"], said["files"]) == ("storage-full", 0)


@pytest.mark.whole
def test_where_the_browser_promised_too_much_the_write_is_undone(
    phone: BrowserContext, page: Page
) -> None:
    # Chromium tells pages a fixed quota, whatever is left: the write alone finds out.
    devtools = phone.new_cdp_session(page)
    origin = page.evaluate("location.origin")
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 2_000_000})
    run(page, "globalThis.open = (await made()).open; await vault.add(open, png())")
    said = play(page, "fullAtLast")
    assert said == [["storage-full"] * 2, 1, 1, 1, 0]


@pytest.mark.whole
def test_a_shared_header_opens_in_pyrage_over_the_same_body(page: Page) -> None:
    case = Identity.generate()
    said = play(page, "shared", str(case.to_public()))
    before, header, body, alone = (
        base64.b64decode(said[name]) for name in ("before", "header", "body", "alone")
    )
    assert before.endswith(body)
    packed = age.open_sealed(before, identity=said["identity"])
    assert age.open_sealed(header + body, identity=said["identity"]) == packed
    assert age.open_sealed(header + body, identity=str(case)) == packed
    assert age.open_sealed(alone + body, identity=str(case)) == packed
    with pytest.raises(SealBroken):
        age.open_sealed(alone + body, identity=said["identity"])
    length = int.from_bytes(packed[:4])
    assert packed[4 + length :] == b"\x89PNG\r\n\x1a\n" + b"\x07" * 150_000
    assert said["shares"] == [said["kept"]]


@pytest.mark.whole
def test_a_lost_telephone_comes_back_with_the_words_and_half_a_backup_is_half(page: Page) -> None:
    said = play(page, "lost")
    assert said["place"][0] == said["place"][1]
    steps = {16 * 1024, 64 * 1024, 256 * 1024, 1024 * 1024}
    assert set(said["uploaded"]["sizes"]) <= steps
    assert said["uploaded"]["put"][-1] == 0  # the list comes last
    assert len(said["more"]["put"]) == 3  # the new one, the log and the list
    assert not said["lost"]
    assert (said["strangers"], said["none"]) == ("broken", "no-backup")
    assert (said["part"]["isWhole"], said["part"]["restored"], said["part"]["wanted"]) == (
        False,
        2,
        3,
    )
    assert len(said["part"]["missing"]) == 1
    whole = said["whole"]
    assert whole.pop("at")
    assert whole == {"isWhole": True, "restored": 3, "wanted": 3, "missing": [], "older": []}
    assert sorted(said["names"]) == [["", ""], ["deux.png", ""], ["une.png", "dG9rZW4="]]
    assert said["same"]
    assert said["log"]
    assert said["again"] == 2  # the log and the list: no item is uploaded twice


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
