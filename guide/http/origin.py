"""Where a form came from, as the browser says (Origin, RFC 6454; Fetch Metadata)."""

from urllib.parse import urlsplit

from guide.http.exchange import Exchange


def is_from_us(exchange: Exchange) -> bool:
    """Whether the browser says that the request comes from our own pages; one that says nothing is no browser."""
    if origin := exchange.header(b"origin"):
        ours = urlsplit(exchange.base_url)
        return origin == f"{ours.scheme}://{ours.netloc}"
    return exchange.header(b"sec-fetch-site") == "same-origin"
