"""What the service says to visitors, in the language they read."""

from enum import StrEnum

from guide.domain.texts import say


class Language(StrEnum):
    """Languages that the service speaks."""

    JA = "ja"
    EN = "en"


def text(key: str, language: Language, **values: object) -> str:
    """A text with its values put in."""
    return say(language.value, key, **values)


def distance_text(distance_m: float) -> str:
    """A distance as people say it: metres to the ten below a kilometre."""
    if distance_m < 100:  # noqa: PLR2004
        return f"{distance_m:.0f} m"
    if distance_m < 995:  # noqa: PLR2004
        return f"{10 * round(distance_m / 10)} m"
    return f"{distance_m / 1000:.1f} km"
