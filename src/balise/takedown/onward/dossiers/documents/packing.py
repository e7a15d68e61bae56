"""Pack a dossier: draw it, name the hash of each part, sign that, have that dated, seal it."""

from collections.abc import Mapping
from importlib.resources import files

from django.template.loader import render_to_string
from django.utils.translation import override

from balise.foundation.encryption import age
from balise.foundation.encryption.signatures import published, sign
from balise.foundation.encryption.timestamps import Dating
from balise.takedown.onward.dossiers.documents.drawing import drawn
from balise.takedown.onward.dossiers.rules import parts as names
from balise.takedown.onward.dossiers.rules.stated import FORMAT, Stated, canonical


def packed(
    stated: Stated, *, recipient: str, dating: Dating | None, evidence: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return all parts of a dossier's package by name: the content open and, if asked, sealed.

    `recipient` is the authority's age key, "" where it has none; `evidence` are the parts that
    another line brought. The manifest names the open and
    the sealed content both, so that one signature and one timestamp hold for either.
    """
    parts = {
        names.DOSSIER: stated.canonical(),
        **{name: drawn(stated, language=language) for language, name in names.PAPERS.items()},
        **evidence,
        names.ABOUT: _about(stated, recipient=recipient, is_dated=dating is not None),
        names.SCRIPT: files(__package__).joinpath("verify.sh").read_bytes(),
        **{
            name: _readme(stated, language=language, recipient=recipient)
            for language, name in names.README.items()
        },
    }
    if recipient:
        parts |= {
            f"{name}{names.SEALED}": age.seal(parts[name], recipient=recipient)
            for name in names.SEALABLE
            if name in parts
        }
    return parts | _proofs(stated.facts.line, names.manifest_of(parts), dating)


def _proofs(line: str, manifest: bytes, dating: Dating | None) -> dict[str, bytes]:
    signature = sign(line, manifest)
    proofs = {
        names.MANIFEST: manifest,
        names.SIGNATURE: signature.value,
        names.KEY: published(line)[signature.key_id],
    }
    if dating is not None:
        proofs[names.TIMESTAMP] = dating.stamp(signature.value)
        proofs[names.ROOTS] = dating.roots
    return proofs


def _about(stated: Stated, *, recipient: str, is_dated: bool) -> bytes:
    """Return what anyone may know of a dossier: which it is, whose, for whom."""
    return canonical(
        {
            "authority": stated.authority.code,
            "centre": stated.centre.organisation,
            "format": FORMAT,
            "line": stated.facts.line,
            "made_at": stated.made_at.isoformat(),
            "number": stated.number,
            "sealed_to": recipient,
            "timestamp": is_dated,
        }
    )


def _readme(stated: Stated, *, language: str, recipient: str) -> bytes:
    with override(language):
        text = render_to_string(
            "takedown/dossiers/readme.txt",
            {"stated": stated, "authority": stated.authority.name, "recipient": recipient},
        )
    return text.strip().encode() + b"\n"
