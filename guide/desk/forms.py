"""What a form sends, read as text."""

from typing import Final

from litestar.datastructures import FormMultiDict, UploadFile

from guide.desk.access import AnyRequest
from guide.domain.errors import DeskError

_LONGEST_TEXT: Final = 100_000


class Form:
    """The fields of a form. A field that is not there is empty; a text has no zero bytes and lines of one kind."""

    def __init__(self, fields: FormMultiDict) -> None:
        self._fields = fields

    def text(self, name: str) -> str:
        """One field, without blanks around it."""
        value = self._fields.get(name)
        return _tidy(value) if isinstance(value, str) else ""

    def raw(self, name: str) -> str:
        """One field as it was typed, for passwords."""
        value = self._fields.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> list[str]:
        """Every field of a name, such as ticked boxes."""
        return [_tidy(value) for value in self._fields.getall(name, []) if isinstance(value, str)]

    def file(self, name: str) -> UploadFile | None:
        """A file, if one was chosen."""
        value = self._fields.get(name)
        return value if isinstance(value, UploadFile) and value.filename else None

    def has(self, name: str) -> bool:
        """Whether a field is there at all."""
        return name in self._fields


async def provide_form(request: AnyRequest) -> Form:
    """The form of a request."""
    return Form(await request.form())


def new_password(form: Form) -> str:
    """A password that was typed twice.

    Raises:
        DeskError: the two are not the same.
    """
    password = form.raw("password")
    if password != form.raw("again"):
        raise DeskError("account.not-the-same")
    return password


def _tidy(text: str) -> str:
    return text[:_LONGEST_TEXT].replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
