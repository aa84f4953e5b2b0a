"""What one knows of an area before anything is measured."""

from dataclasses import dataclass

from guide.domain.texts import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Whose data it is: the words that must be shown, where they point to, and the licence."""

    text: str
    licence: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A source that could not be had, in one sentence for each reader."""

    source: str
    message_ja: str
    message_en: str

    @classmethod
    def saying(cls, source: str, key: str, **values: object) -> "Missing":
        """With the sentence of a key in both languages."""
        return cls(source=source, message_ja=say("ja", key, **values), message_en=say("en", key, **values))


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenData:
    """Who gives the catalogue away as open data, and under which licence.

    ``code`` (全国地方公共団体コード), ``prefecture`` and ``municipality`` are the town's own, for the national formats.
    """

    publisher_ja: str
    publisher_en: str
    licence: str = "CC-BY-4.0"
    code: str = ""
    prefecture: str = ""
    municipality: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaInfo:
    """An area's names and frame. ``bbox`` is (west, south, east, north) in degrees."""

    id: str
    name_ja: str
    name_en: str
    bbox: tuple[float, float, float, float]
    time_zone: str
    sample: bool = False
    open_data: OpenData | None = None
