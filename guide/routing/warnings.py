"""What a walker should know of a route, in both languages."""

from guide.domain.route import RouteWarning


def unknown_heights(metres: float) -> RouteWarning:
    """Part of the way has no known height."""
    return RouteWarning(
        type="heights-unknown",
        message_ja=f"このうち {metres:.0f} m は標高が分かりません。"
        "そこは平らとして時間を計算し、上り下りは示していません。",
        message_en=f"For {metres:.0f} m of the way the height is not known: its time is reckoned as if flat, "
        "and no ascent is given.",
    )


def no_distance() -> RouteWarning:
    """All stops are at one place."""
    return RouteWarning(
        type="no-distance",
        message_ja="出発地と目的地が同じ場所です。歩く道のりはありません。",
        message_en="The stops lie at the same place on the street; there is nothing to walk.",
    )


def stairs_taken(metres: float) -> RouteWarning:
    """Stairs could not be avoided, or only by a long way round."""
    return RouteWarning(
        type="stairs-taken",
        message_ja=f"階段を避けましたが、{metres:.0f} m は階段を通ります。ほかの道はないか、かなりの遠回りです。",
        message_en=f"Stairs were avoided, yet {metres:.0f} m of them remain: "
        "there is no other way, or only a long one.",
    )


def stop_moved(stop: int, metres: float) -> RouteWarning:
    """A stop lies away from the street that the route uses; stops are counted from 1 here."""
    return RouteWarning(
        type="stop-moved",
        message_ja=f"{stop} 番目の地点は道から {metres:.0f} m 離れています。最寄りの道までを案内します。",
        message_en=f"Stop {stop} lies {metres:.0f} m from the street; the route goes to the nearest place on it.",
    )
