"""A feature in words: the facts that a page shows of it, in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from guide.api.features.collection import CLOSURES, LANDMARKS, Feature
from guide.http.texts import Language, text

_WITH_SIGMA: Final = {
    "mean_grade_percent": "grade_sigma_percent",
    "max_grade_20m_percent": "max_grade_20m_sigma_percent",
    "max_grade_50m_percent": "max_grade_50m_sigma_percent",
}
_MEASURES: Final = (
    "length_m", "distance_m", "rise_m", "ascent_m", "descent_m", *_WITH_SIGMA, "posted_grade_percent", "steps",
    "reported_steps", "stairs_m", "handrail",
    "effort", "reported_effort", "course_constant_up", "course_constant_down", "rank", "confidence",
    "elevation_source",
)  # fmt: skip
_ALWAYS: Final = frozenset({"mean_grade_percent", "max_grade_20m_percent"})
"""Shown also where they are not known: that is an answer."""

_NOTES: Final = ("kind", "opening_hours", "starts", "ends", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and what is known."""

    label: str
    value: str


def name_of(feature: Feature, language: Language) -> str:
    """What to call a feature; its kind if it has no name."""
    properties = feature["properties"]
    names = (properties.get("name_en"), properties.get("name"))
    found = next((name for name in (names if language is Language.EN else names[::-1]) if name), None)
    if found is not None:
        return str(found)
    return kind_of(properties, language) or str(feature["id"])


def other_name_of(feature: Feature, language: Language) -> str | None:
    """The name in the other language, or the reading."""
    properties = feature["properties"]
    name = name_of(feature, language)
    others = (properties.get("name"), properties.get("reading")) if language is Language.EN else (
        properties.get("reading"), properties.get("name_en"))  # fmt: skip
    return next((str(other) for other in others if other and other != name), None)


def description_of(feature: Feature, language: Language) -> str | None:
    """Its story in the reader's language, else in the other one."""
    properties = feature["properties"]
    told = [properties.get(f"description_{each}") for each in (language.value, "ja", "en")]
    return next((str(each) for each in told if each), None)


def kind_of(properties: dict[str, Any], language: Language) -> str | None:
    """The kind of a landmark or a closure."""
    if properties.get("kind") is None:
        return None
    group = "closure-kind" if "closes" in properties else "landmark-kind"
    return text(f"{group}.{properties['kind']}", language)


def measures_of(feature: Feature, language: Language) -> list[Fact]:
    """What was measured, a grade with its error."""
    properties = feature["properties"]
    facts = []
    for name in _MEASURES:
        if name not in properties or (properties[name] is None and name not in _ALWAYS):
            continue
        value = _value(name, properties[name], language)
        sigma = properties.get(_WITH_SIGMA.get(name, ""))
        if sigma is not None and properties[name] is not None:
            value = text("data.sigma", language, value=value, sigma=f"{sigma:.1f}")
        facts.append(Fact(label=text(f"field.{name}", language), value=value))
    if properties.get("duration_s") is not None:
        minutes = round(properties["duration_s"] / 60)
        facts.append(
            Fact(
                label=text("data.duration", language),
                value=text("data.minutes", language, minutes=minutes),
            )
        )
    return facts


def notes_of(feature: Feature, collection: str, language: Language) -> list[Fact]:
    """What else there is to say of a landmark or a closure."""
    properties = feature["properties"]
    if collection not in {LANDMARKS, CLOSURES}:
        return []
    return [
        Fact(label=text(f"field.{name}", language), value=_value(name, properties[name], language, properties))
        for name in _NOTES
        if properties.get(name) is not None
    ]


def _value(name: str, value: Any, language: Language, properties: dict[str, Any] | None = None) -> str:  # noqa: ANN401 (any JSON value)
    if value is None:
        return text("data.not-known", language)
    if isinstance(value, bool):
        return text("data.yes" if value else "data.no", language)
    if name == "kind":
        return kind_of(properties or {}, language) or str(value)
    return text(f"confidence.{value}", language) if name == "confidence" else _plain_value(name, value)


def _plain_value(name: str, value: Any) -> str:  # noqa: ANN401 (any JSON value)
    if name in {"starts", "ends"}:
        return f"{datetime.fromisoformat(value):%Y-%m-%d %H:%M}"
    if name.endswith("_m"):
        return f"{value:.0f}"
    return f"{value:.1f}" if isinstance(value, float) else str(value)
