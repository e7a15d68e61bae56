import smtplib
import sys
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from tests import temporary


def test_a_mail_is_kept_and_told(tmp_path: Path) -> None:
    port = temporary.free_port()
    folder, log = tmp_path / "mail", tmp_path / "log"
    command = [sys.executable, "-m", "balise.config.mailbox", str(port), str(folder)]
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@x.example", "b@y.example", "Reçu à l’instant"
    mail.set_content("Bonjour !")
    with (
        temporary.server(command, answers=lambda: temporary.listens(port), log=log),
        smtplib.SMTP("127.0.0.1", port) as smtp,
    ):
        smtp.send_message(mail)
        smtp.send_message(mail)
    first, _second = sorted(folder.iterdir())
    assert first.stat().st_mode & 0o077 == 0
    kept = message_from_bytes(first.read_bytes(), policy=policy.default)
    assert kept["Subject"] == "Reçu à l’instant"
    assert "mail from a@x.example to b@y.example: Reçu à l’instant" in log.read_text()
