"""Every text that the service itself says to visitors, in Japanese and English."""

from enum import StrEnum
from typing import Final

from guide.domain.network import Kind


class Language(StrEnum):
    """Languages that the service speaks."""

    JA = "ja"
    EN = "en"


_TEXTS: Final[dict[str, tuple[str, str]]] = {
    # Japanese first, English second.
    "walk": ("{street}を {distance} 進む", "Walk {distance} along {street}"),
    "walk.up": ("{street}を {distance} 進む（{rise} m 上る）", "Walk {distance} along {street}, up {rise} m"),
    "walk.down": ("{street}を {distance} 進む（{rise} m 下る）", "Walk {distance} along {street}, down {rise} m"),
    "stairs": ("{street}を {distance} 行く", "Take {street}, {distance}"),
    "stairs.up": ("{street}を {distance} 上る（{rise} m）", "Climb {street}, {distance}, up {rise} m"),
    "stairs.down": ("{street}を {distance} 下る（{rise} m）", "Go down {street}, {distance}, down {rise} m"),
    "slope.up": ("{street}を上る：{distance}", "Climb {street}: {distance}"),
    "slope.down": ("{street}を下る：{distance}", "Go down {street}: {distance}"),
    "and.up": ("、{rise} m 上り", ", up {rise} m"),
    "and.down": ("、{rise} m 下り", ", down {rise} m"),
    "and.steps": ("、階段 {steps} 段", ", {steps} steps"),
    "arrive": ("到着", "You have arrived"),
    "svg.title": ("{name} の縦断面", "Profile of {name}"),
    "svg.description": (
        "ふもとから上まで {length} m、高さの差 {rise}。濃い色ほど急。",
        "{length} m from foot to head, rise {rise}. The darker, the steeper.",
    ),
    "svg.rise": ("{rise} m", "{rise} m"),
    "svg.rise.unknown": ("不明", "unknown"),
    "svg.distance": ("距離 (m)", "Distance (m)"),
    "svg.elevation": ("標高 (m)", "Elevation (m)"),
    "svg.sigma": ("薄い帯は標高の誤差（1σ）", "The pale band is the error of the heights (1 sigma)"),
    "svg.unknown": ("標高は分かりません", "Heights are not known"),
    "page.missing": (
        "地図のページがまだありません。make web を実行してください。",
        "The map page has not been built. Run: make web",
    ),
}

_KINDS: Final[dict[Kind, tuple[str, str]]] = {
    Kind.PATH: ("小道", "a path"),
    Kind.FOOTWAY: ("歩道", "a footway"),
    Kind.PEDESTRIAN: ("歩行者専用の道", "a pedestrian street"),
    Kind.STEPS: ("階段", "the stairs"),
    Kind.RESIDENTIAL: ("住宅地の道", "a residential street"),
    Kind.SERVICE: ("構内の道", "a service road"),
    Kind.MINOR: ("名前のない道", "an unnamed street"),
    Kind.MAJOR: ("大通り", "a main road"),
    Kind.TRACK: ("農道・林道", "a track"),
    Kind.CYCLEWAY: ("自転車道", "a cycleway"),
}


def text(key: str, language: Language, **values: object) -> str:
    """A text with its values put in."""
    return _TEXTS[key][language is Language.EN].format(**values)


def kind_name(kind: Kind, language: Language) -> str:
    """What a street without a name is called."""
    return _KINDS[kind][language is Language.EN]


def distance_text(distance_m: float) -> str:
    """A distance as people say it: metres to the ten below a kilometre."""
    if distance_m < 100:  # noqa: PLR2004
        return f"{distance_m:.0f} m"
    if distance_m < 995:  # noqa: PLR2004
        return f"{10 * round(distance_m / 10)} m"
    return f"{distance_m / 1000:.1f} km"
