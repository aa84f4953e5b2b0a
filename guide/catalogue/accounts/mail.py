"""Mail with links of one use, where the service has been told of a mail server; without one they are only shown."""

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from typing import Final
from urllib.parse import unquote, urlsplit

from guide.domain.errors import UsageError
from guide.domain.texts import LANGUAGES, say

_PATIENCE_S: Final = 10
_SECURE: Final = "smtps"
_PORTS: Final = {"smtp": 587, _SECURE: 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """A mail server. ``secure`` speaks TLS from the first byte; otherwise as soon as the server offers it.

    A password is only ever sent over TLS.
    """

    host: str
    port: int
    secure: bool
    user: str | None
    password: str | None
    sender: str

    @classmethod
    def at(cls, url: str, sender: str) -> "MailServer":
        """The server of an address such as ``smtp://user:password@mail.example.org:587``.

        Raises:
            UsageError: it is none.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or _PORTS[parts.scheme]
        except (ValueError, KeyError):
            raise UsageError("HYAKUSAKA_SMTP_URL must be like smtp://user:password@host:587 or smtps://…") from None
        if not parts.hostname or not sender:
            raise UsageError("HYAKUSAKA_SMTP_URL needs a host, and HYAKUSAKA_MAIL_FROM an address.")
        return cls(
            host=parts.hostname,
            port=port,
            secure=parts.scheme == _SECURE,
            user=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            sender=sender,
        )

    def send_link(self, to: str, name: str, link: str) -> None:
        """Send somebody the link through which they choose a password, in both languages.

        Raises:
            OSError: the server did not take it (smtplib's errors are OSErrors too).
        """
        message = EmailMessage()
        message["From"], message["To"] = self.sender, to
        message["Subject"] = " / ".join(say(language, "account.mail-subject") for language in LANGUAGES)
        body = "\n\n".join(say(language, "account.mail-body", name=name, link=link) for language in LANGUAGES)
        message.set_content(body)
        self._send(message)

    def _send(self, message: EmailMessage) -> None:
        context = ssl.create_default_context()
        if self.secure:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=_PATIENCE_S, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=_PATIENCE_S)
        with server:
            server.ehlo()
            if not self.secure and server.has_extn("starttls"):
                server.starttls(context=context)
                server.ehlo()
            elif not self.secure and self.password is not None:
                raise smtplib.SMTPNotSupportedError("The server offers no TLS; the password is not sent in the clear.")
            if self.user is not None and self.password is not None:
                server.login(self.user, self.password)
            server.send_message(message)
