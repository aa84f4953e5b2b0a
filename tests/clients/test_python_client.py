"""A typed Python client, made from the description, meets the service."""

import json
import os
import subprocess
import sys
from pathlib import Path

USE = """
from hyakusaka_client import Client
from hyakusaka_client.api.areas import list_areas
from hyakusaka_client.api.features import get_slope, list_landmarks, list_slopes
from hyakusaka_client.api.profiles import get_profile
from hyakusaka_client.api.routes import post_route
from hyakusaka_client.models import Direction, Language, Problem, Route, RouteRequest, SlopeFeature, SlopePage
from hyakusaka_client.models import SlopeProfile, StopRequest, Theme


def main(address: str) -> None:
    client = Client(base_url=address)
    areas = list_areas.sync(client=client)
    assert not isinstance(areas, Problem) and areas is not None
    area: str = areas.areas[0].id

    page = list_slopes.sync(area, client=client, max_mean_grade_percent=15.0, limit=3, lang=Language.EN)
    assert isinstance(page, SlopePage), page
    assert 0 < page.number_returned <= 3
    for slope in page.features:
        grade: float | None = slope.properties.mean_grade_percent
        assert grade is not None and abs(grade) <= 15
        themes: list[Theme] = slope.properties.themes
        assert all(isinstance(theme, Theme) for theme in themes)

    slope_id: str = page.features[0].id
    one = get_slope.sync(area, slope_id, client=client)
    assert isinstance(one, SlopeFeature) and one.properties.name

    profile = get_profile.sync(area, slope_id, client=client)
    assert isinstance(profile, SlopeProfile), profile
    heights: list[float | None] = profile.elevations_m
    assert len(heights) == len(profile.distances_m)

    wanted = RouteRequest(stops=[StopRequest(slope=slope_id, direction=Direction.UP)], language=Language.EN)
    route = post_route.sync(area, client=client, body=wanted)
    assert isinstance(route, Route), route
    assert route.legs[0].slope == slope_id and route.distance_m > 0

    missing = get_slope.sync_detailed(area, "no-such-slope", client=client)
    assert isinstance(missing.parsed, Problem)
    assert missing.parsed.status == 404 and "no-such-slope" in missing.parsed.detail
    assert list_landmarks.sync(area, client=client) is not None


if __name__ == "__main__":
    import sys

    main(sys.argv[1])
    print("met")
"""


def config(description: Path) -> str:
    """What the generator is to make of each media type, for it knows few by name (JSON is YAML, too)."""
    paths = json.loads(description.read_bytes())["paths"]
    replies = [
        reply for item in paths.values() for operation in item.values() for reply in operation["responses"].values()
    ]
    types = {media_type for reply in replies for media_type in reply.get("content", ())}
    return json.dumps({"content_type_overrides": {media_type: _known_like(media_type) for media_type in types}})


def _known_like(media_type: str) -> str:
    if media_type.endswith("json"):
        return "application/json"
    return "text/html" if media_type.startswith("text/") or media_type.endswith("xml") else "application/octet-stream"


def test_a_client_made_from_the_description_is_typed_and_works(service: str, description: Path, tmp_path: Path) -> None:
    package, programs = tmp_path / "hyakusaka_client", Path(sys.executable).parent
    (tmp_path / "config.yaml").write_text(config(description))
    made = subprocess.run(
        [programs / "openapi-python-client", "generate", "--path", description, "--meta", "none",
         "--output-path", package, "--config", tmp_path / "config.yaml", "--fail-on-warning"],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}"},
    )  # fmt: skip
    assert made.returncode == 0, made.stdout + made.stderr
    (tmp_path / "use.py").write_text(USE)
    checked = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--follow-imports=silent", "--config-file", "", "use.py"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
    command = [sys.executable, "use.py", service]
    used = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert used.stdout == "met\n", used.stdout + used.stderr
