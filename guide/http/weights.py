"""Headers that list what a client takes, each with a weight (RFC 9110, section 12.4.2)."""


def weigh(header: str) -> list[tuple[str, float]]:
    """The names of a list such as ``br;q=0.8, gzip`` in lower case with their weights, in the order of the header."""
    weighed = []
    for offer in header.lower().split(","):
        name, *parameters = (part.strip() for part in offer.split(";"))
        if name:
            weighed.append((name, _quality(parameters)))
    return weighed


def _quality(parameters: list[str]) -> float:
    """The weight that ``q=…`` gives: 1 without one, 0 if it is no number."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(value), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0
