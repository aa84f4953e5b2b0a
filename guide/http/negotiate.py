"""Which of several forms of a reply a client gets: by its Accept header, and by its Accept-Language header."""

from functools import lru_cache
from typing import Final

from guide.http.errors import NotAcceptableError
from guide.http.exchange import Exchange
from guide.http.texts import Language
from guide.http.weights import weigh

DEFAULT_LANGUAGE: Final = Language.JA


def choose_media_type(exchange: Exchange, offers: tuple[str, ...]) -> str:
    """The media type that the client likes best, the first of ``offers`` where it does not care.

    Raises:
        NotAcceptableError: it takes none of them.
    """
    chosen = _best_media_type(exchange.choose_by(b"accept"), offers)
    if chosen is None:
        raise NotAcceptableError(offers)
    return chosen


def choose_language(exchange: Exchange) -> Language:
    """The language that the client likes best, Japanese where it does not care."""
    return _best_language(exchange.choose_by(b"accept-language"))


@lru_cache(maxsize=512)
def _best_media_type(accept: str, offers: tuple[str, ...]) -> str | None:
    """RFC 9110, section 12.5.1: of the ranges that fit an offer the most specific one gives its weight."""
    ranges = weigh(accept) or [("*/*", 1.0)]
    best, best_weight = None, 0.0
    for offer in offers:
        weight = max(((_specificity(range_, offer), weight) for range_, weight in ranges), default=(0, 0.0))
        if weight[0] > 0 and weight[1] > best_weight:
            best, best_weight = offer, weight[1]
    return best


def _specificity(range_: str, offer: str) -> int:
    """How closely a range names an offer, 0 if not at all; plain JSON is good enough for every kind of JSON."""
    plain = offer.partition(";")[0]
    if range_ == plain or (range_ == "application/json" and plain.endswith("+json")):
        return 3
    if range_ == f"{plain.partition('/')[0]}/*":
        return 2
    return 1 if range_ == "*/*" else 0


@lru_cache(maxsize=512)
def _best_language(accept_language: str) -> Language:
    """RFC 9110, section 12.5.4, by prefix: ``en-GB`` is English. Whoever reads neither gets English."""
    best, best_weight = None, 0.0
    for tag, weight in weigh(accept_language):
        primary = tag.partition("-")[0]
        language = DEFAULT_LANGUAGE if primary == "*" else next((each for each in Language if each == primary), None)
        if language is not None and weight > best_weight:
            best, best_weight = language, weight
    if best is not None:
        return best
    return Language.EN if weigh(accept_language) else DEFAULT_LANGUAGE
