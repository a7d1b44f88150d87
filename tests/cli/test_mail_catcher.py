"""Mail handed in over SMTP lies in a folder, whole and as it was."""

import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from running.mail_catcher import caught, mail_catcher
from running.refusal import CannotStart


def test_a_chinese_letter_with_an_attachment_arrives_unharmed(tmp_path: Path) -> None:
    letter = EmailMessage(policy=SMTP)
    letter["From"], letter["To"] = "荆州市总工会 <union@example.com>", "hr@example.com"
    letter["Subject"] = "集体协商要约书"
    letter.set_content("请于二十日内书面答复。\n.\n此致")
    letter.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="要约书.pdf")
    with mail_catcher(tmp_path / "mail") as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        smtp.send_message(letter)
        smtp.sendmail("a@example.com", ["c@example.com", "d@example.com"], b"Subject: 2\r\n\r\n")
    first, second = [message for _, message in caught(tmp_path / "mail")]
    assert first["Subject"] == "集体协商要约书"
    assert first.get_body().get_content().splitlines() == ["请于二十日内书面答复。", ".", "此致"]
    assert [part.get_filename() for part in first.iter_attachments()] == ["要约书.pdf"]
    assert second["X-Envelope-To"] == "c@example.com, d@example.com"


def test_trouble_can_be_had_on_request(tmp_path: Path) -> None:
    with mail_catcher(tmp_path) as port, smtplib.SMTP("127.0.0.1", port) as smtp:
        answers = [
            smtp.sendmail("a@example.com", [address, "b@example.com"], b"Subject: x\r\n\r\n")
            for address in ("x@Refused.example", "x@deferred.example")
        ]
    assert [code for answer in answers for code, _ in answer.values()] == [550, 451]
    assert len(caught(tmp_path)) == 2


def test_a_taken_port_is_named(tmp_path: Path) -> None:
    with (
        mail_catcher(tmp_path) as port,
        pytest.raises(CannotStart, match=f"127.0.0.1:{port}"),
        mail_catcher(tmp_path, port=port),
    ):
        pass


def test_closing_ends_open_conversations(tmp_path: Path) -> None:
    with mail_catcher(tmp_path) as port:
        smtp = smtplib.SMTP("127.0.0.1", port)
    smtp.close()
