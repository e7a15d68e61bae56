"""The library of the vault's page: its tests under Node, and files that both sides open."""

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pyrage
import pytest
from argon2.low_level import Type, hash_secret_raw
from django.contrib.staticfiles import finders
from pyrage.x25519 import Identity

from balise.foundation.encryption import age
from balise.foundation.encryption.envelope import SealBroken

_JS: Final = Path(__file__).with_name("js")
_PROGRAMS: Final = sorted(each.name for each in _JS.glob("*.test.mjs"))
_CHUNK: Final = 64 * 1024
# pyrage forgives a stanza without its short last line, as files had before version 1 of the format;
# the MAC holds the header all the same. The page refuses both.
_FORGIVEN: Final = {"stanza_missing_body", "stanza_missing_final_line"}
_SIZES: Final = (0, 1, _CHUNK - 1, _CHUNK, _CHUNK + 1, 1_000_003)


def _node(*words: str, given: bytes = b"") -> bytes:
    done = subprocess.run(  # noqa: S603 - our own programs
        [str(shutil.which("node")), *words], input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    return done.stdout


def _sealing(**asked: object) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(
        _node(str(_JS / "both.mjs"), given=json.dumps(asked).encode())
    )
    return made


@pytest.mark.parametrize("program", _PROGRAMS)
def test_the_library_passes_its_own_tests(program: str) -> None:
    assert _node("--test", str(_JS / program))


def test_there_are_tests_of_it() -> None:
    assert len(_PROGRAMS) >= 5


@pytest.mark.parametrize(
    ("name", "made_of", "most"),
    [("age", "age-encryption", 160_000), ("argon2", "@noble/hashes", 20_000)],
)
def test_a_bundle_is_served_and_it_evaluates_no_text(name: str, made_of: str, most: int) -> None:
    library = Path(str(finders.find(f"vault/{name}.js"))).read_text("utf-8")
    assert library.startswith(f"/*! {made_of} ")
    assert not any(
        each in library for each in ("eval(", "new Function", "WebAssembly", "innerHTML")
    )
    assert len(library) < most


@pytest.mark.parametrize("code", ["274951", "Trois pommes & 1 étoile"])
def test_a_code_costs_what_argon2id_costs_elsewhere(code: str) -> None:
    told = json.loads(_node(str(_JS / "stretched.mjs"), code))
    cost = told["cost"]
    assert (cost["name"], cost["lanes"], cost["version"]) == ("Argon2id", 1, 19)
    assert cost["memory"] >= 19 * 1024
    assert cost["passes"] >= 2
    other = hash_secret_raw(
        code.encode(),
        bytes.fromhex(told["salt"]),
        time_cost=cost["passes"],
        memory_cost=cost["memory"],
        parallelism=cost["lanes"],
        hash_len=32,
        type=Type.ID,
        version=cost["version"],
    )
    assert other.hex() == told["stretched"]


@pytest.mark.parametrize("size", _SIZES)
def test_pyrage_and_the_page_open_what_the_other_sealed(size: int) -> None:
    content = bytes(each % 251 for each in range(size))
    key = Identity.generate()
    sealed = age.seal(content, recipient=str(key.to_public()))
    both = _sealing(identity=str(key), sealed=sealed.hex(), content=content.hex())
    assert bytes.fromhex(both["opened"]) == content
    assert age.open_sealed(bytes.fromhex(both["sealed"]), identity=str(key)) == content


def test_a_header_written_for_a_share_opens_with_both_keys_and_leaves_the_body() -> None:
    content = bytes(range(256)) * 700
    device, case, stranger = Identity.generate(), Identity.generate(), Identity.generate()
    sealed = age.seal(content, recipient=str(device.to_public()))
    made = _sealing(identity=str(device), sealed=sealed.hex(), more=str(case.to_public()))
    shared = bytes.fromhex(made["header"]) + bytes.fromhex(made["body"])
    assert age.open_sealed(shared, identity=str(device)) == content
    assert age.open_sealed(shared, identity=str(case)) == content
    assert sealed.endswith(bytes.fromhex(made["body"]))
    assert len(bytes.fromhex(made["body"])) == 16 + len(content) + 16 * 3
    with pytest.raises(SealBroken):
        age.open_sealed(shared, identity=str(stranger))


def test_pyrage_passes_the_published_vectors() -> None:
    seen = 0
    for each in json.loads(_node(str(_JS / "published.mjs"))):
        seen += 1
        identity = Identity.from_str(each["identity"])
        sealed = bytes.fromhex(each["sealed"])
        if each["expect"] == "success":
            assert sha256(pyrage.decrypt(sealed, [identity])).hexdigest() == each["payload"]
        elif each["name"] in _FORGIVEN:
            assert pyrage.decrypt(sealed, [identity])
        else:
            with pytest.raises(pyrage.DecryptError):
                pyrage.decrypt(sealed, [identity])
    assert seen > 60
