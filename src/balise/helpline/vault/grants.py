"""What the public may do with vaults: write ciphertext, ask what became of it, take it back.

A shared item's header is never read by the public door, and nothing opens without it; nor is a
case's identity.
"""

from balise.foundation.grants import ALL, APP, PUBLIC, Declared, Grant, Tells

GRANTS: tuple[Declared, ...] = (
    Grant(
        on=("helpline_vault_casekey",),
        to=(PUBLIC, APP),
        why="A device is told the signed public key of the case that its words open to.",
        read=("id", "recipient", "signature"),
    ),
    Grant(
        on=("helpline_vault_invitation",),
        to=(PUBLIC, APP),
        why="Words are found by their blind index; a device draws its part, the worker answers.",
        read=(
            *("id", "key_id", "index", "until", "taken_at"),
            *("committed", "answered_to", "answer", "rounds"),
        ),
        change=("taken_at", "committed", "revealed"),
    ),
    Grant(
        on=("helpline_vault_ask",),
        to=(PUBLIC,),
        why="The session of a chat takes up what its listener asks for, or says no.",
        read=ALL,
        change=("state", "taken_at"),
    ),
    Grant(
        on=("helpline_vault_share",),
        to=(PUBLIC, APP),
        why="A device shares an item and takes it back; the public door reads no header of one.",
        read=(
            *("id", "key_id", "secret_hash", "state", "received_at"),
            *("opened_at", "last_opened_at", "openings", "seen_at", "ended_at", "upload_id"),
            "handed_at",
        ),
        add=True,
        change=("state", "ended_at", "header", "body", "stamp", "upload_id"),
    ),
    Grant(
        on=("helpline_vault_backup",),
        to=(PUBLIC, APP),
        why="A device finds its backup by the hash of a place that only it can name.",
        read=ALL,
        add=True,
        change=("used_on", "pieces_said"),
        remove=True,
    ),
    Grant(
        on=("helpline_vault_piece",),
        to=(PUBLIC, APP),
        why="A device brings pieces and takes them back home; no key of ours opens one.",
        read=ALL,
        add=True,
        change=("octets",),
        remove=True,
    ),
    Grant(
        on=("helpline_vault_link",),
        to=(PUBLIC, APP),
        why="Someone with a link takes what only the link's own key opens.",
        read=ALL,
        add=True,
        change=("opened", "last_opened_at", "body", "upload_id"),
    ),
    Grant(
        on=("helpline_vault_stamp",),
        to=(PUBLIC, APP),
        why="A device asks for a timestamp; the worker brings it.",
        read=ALL,
        add=True,
    ),
    Tells(
        facts=(
            *("helpline.vault.invitation-taken", "helpline.vault.words-revealed"),
            *("helpline.vault.shared", "helpline.vault.revoked"),
            *("helpline.vault.backup-begun", "helpline.vault.backup-erased"),
            *("helpline.vault.link-made", "helpline.vault.link-opened"),
            *("helpline.vault.link-withdrawn", "helpline.vault.stamp-asked"),
        ),
        by=(PUBLIC, APP),
    ),
    Tells(facts=("helpline.vault.ask-taken-up", "helpline.vault.ask-declined"), by=(PUBLIC,)),
)
