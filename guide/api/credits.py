"""Whose data it is, in the forms that replies carry it."""

from guide.areas.served import ServedArea


def attribution(area: ServedArea) -> str:
    """The words that must be shown with the data."""
    return " | ".join(credit.text for credit in area.manifest.credits)


def licences(area: ServedArea) -> str:
    """The licences of the data, each once."""
    return ", ".join(dict.fromkeys(credit.licence for credit in area.manifest.credits))
