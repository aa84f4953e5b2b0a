"""What the description says that no handler can: the service as a whole, its rooms, parts of its addresses."""

from typing import Any, Final

TITLE: Final = "hyakusaka"

ABOUT: Final = """Slopes of a town, measured, and walks that link them.

Lengths are in metres, times in seconds, grades in percent (uphill positive from foot to head), positions are longitude
and latitude in degrees (WGS 84, CRS84). A measure that is not known is `null`. A grade comes with its standard error.

Errors are `application/problem+json` (RFC 9457); their `type` is stable. Replies have strong ETags, are packed as br or
gzip, and speak Japanese or English (`lang`, else `Accept-Language`). Whoever asks for too much gets 429 with
`Retry-After`. The words in `credits` and `attribution` must be shown with the data.

坂の勾配を測り、坂をつなぐ道順を出す API です。
長さはメートル、時間は秒、勾配はパーセント（上りが正）、位置は経度・緯度です。
分からない値は `null` です。`lang=ja` か `Accept-Language` で日本語になります。"""

TAGS: Final = (
    ("Areas", "The towns that are served / 地域"),
    ("Features", "Slopes, landmarks, tours and closures as OGC API - Features / 坂・名所・コース・規制"),
    ("Search", "Finding by name / 検索"),
    ("Profiles", "Heights along slopes and lines / 縦断面と標高"),
    ("Routes", "Walks through stops, tours, loops, reach (OGC API - Routes is a draft and not kept) / 道順とコース"),
    ("Tiles", "Map tiles as OGC API - Tiles, TileJSON and PMTiles / 地図タイル"),
    ("Embeds", "Cards and maps for other sites, and what has changed / 埋め込みと更新情報"),
    ("OSRM", "The OSRM v5 protocol, for clients that speak it already / OSRM 互換"),
    ("Operators", "For those who run the service / 運用"),
)
"""The first part of a handler's module below guide.api leads to its tag."""

ROOMS: Final = {
    "areas": "Areas",
    "features": "Features",
    "search": "Search",
    "profiles": "Profiles",
    "photos": "Features",
    "routes": "Routes",
    "tours": "Routes",
    "leaflets": "Routes",
    "loops": "Routes",
    "isochrones": "Routes",
    "tiles": "Tiles",
    "styles": "Tiles",
    "embeds": "Embeds",
    "changes": "Embeds",
    "opendata": "Features",
    "osrm": "OSRM",
    "docs": "Areas",
    "operators": "Operators",
}

PHOTO: Final = "0123456789abcdef01234567-1600x1067.jpg"
"""The form of a photo's name: the sample has none."""

PATH_PARAMETERS: Final[dict[str, tuple[str, Any]]] = {
    "area_id": ("The id of an area; /api lists them.", "sample"),
    "collection": ("The name of a collection.", "slopes"),
    "item_id": ("The id of a feature.", "kyokugen-zaka"),
    "slope_id": ("The id of a slope.", "kyokugen-zaka"),
    "photo": ("The name of a photo, the end of what a slope says in its field photo.", PHOTO),
    "tour_id": ("The id of a tour.", "mihon-tour-harbour"),
    "style": ("The name of a style, and .json.", "day.json"),
    "sheet": ("The name of a style, @2x for fine screens, and .json or .png.", "day@2x.png"),
    "tileset": ("The name of a tileset; followed by .json its TileJSON.", "guide"),
    "matrix_set": ("The name of a grid of tiles.", "WebMercatorQuad"),
    "z": ("The zoom, 0 to 31.", 14),
    "row": ("The row of the tile, from the north.", 6142),
    "col": ("The column of the tile, from the west.", 14791),
    "file_name": ("The name of an archive: that of its tileset, or with the hash of its content.", "guide.pmtiles"),
    "service": ("What is asked for: route, table or nearest.", "nearest"),
    "version": ("The version of the protocol.", "v1"),
    "profile": ("Not looked at, as in OSRM.", "foot"),
    "coordinates": ("lon,lat;lon,lat or polyline(…) or polyline6(…).", "144.9923725,40.9981988"),
    "link": ("The text of a link that keeps a tour.", "AQAAABNfAQINLDKEUB02rWBvN1TAV28"),
    "file": ("The name of a file; /api/{area}/open-data lists them.", "slopes.csv"),
    "kind": ("The last part of a problem's type.", "not-found"),
}
"""What each part of an address is, with an example that works on the sample area."""

PARAMETERS: Final = {
    "f": "The format of the reply; where it is not said, Accept chooses.",
    "v": "The version of the archive: an address that names it holds for ever.",
    "format": "json or xml, as the standard has it.",
    "preset": "Who walks.",
    "speed": "The formula for the walking speed.",
    "pace": "Times the speed of the formula.",
    "max_grade_up_percent": "The steepest 20 m upwards that the walker takes, in percent.",
    "max_grade_down_percent": "The steepest 20 m downwards that the walker takes, in percent.",
    "steps": "Whether stairs are taken.",
    "slopes": "Whether slopes are sought or avoided.",
    "season": "Summer, or winter with snow and ice.",
    "depart_at": "When the walk begins (RFC 3339): closures that hold then count; now, if it is not said.",
    "direction": "From the place, or towards it.",
    "depart": "The time of day at which the tour begins, HH:MM on the area's clock.",
    "alternatives": "Whether other ways are told, each with what it is good for.",
}
"""What parameters mean whose handlers do not say it."""

ITEM_EXAMPLES: Final = {
    "slopes": "kyokugen-zaka",
    "landmarks": "node-4720",
    "tours": "mihon-tour-harbour",
    "closures": "mihon-ice",
}
"""The id of a feature of each collection of the sample area."""

BODY_EXAMPLES: Final[dict[str, dict[str, Any]]] = {
    "postRoute": {
        "two-slopes": {
            "summary": "Up one slope and down another, without stairs",
            "value": {
                "stops": [
                    {"slope": "kyokugen-zaka", "direction": "up"},
                    {"slope": "mihon-zaka", "direction": "down"},
                ],
                "walker": {"preset": "family", "steps": "avoid"},
                "language": "en",
            },
        },
        "two-places": {
            "summary": "From one place to another",
            "value": {"stops": [{"lng_lat": [144.9923725, 40.9981988]}, {"lng_lat": [144.9963786, 40.9936967]}]},
        },
    },
    "postPlan": {
        "an-afternoon": {
            "summary": "An hour and a half, at most 200 m of climbing, history first, and back",
            "value": {
                "start": {"lng_lat": [144.9932822, 41.000324]},
                "time_budget_min": 90,
                "max_ascent_m": 200,
                "themes": ["history"],
                "language": "en",
            },
        },
        "with-a-pause": {
            "summary": "A pause between twelve and one, one slope that must come in and one that must not",
            "value": {
                "start": {"landmark": "way-292"},
                "time_budget_min": 120,
                "include": ["mihon-zaka"],
                "exclude": ["kansu-zaka"],
                "pause": {"minutes": 30, "between": ["12:00", "13:00"], "landmark": "way-292"},
            },
        },
    },
    "postTour": {
        "two-slopes": {
            "summary": "Up one slope, a look round, and down another",
            "value": {
                "halts": [
                    {"lng_lat": [144.9932822, 41.000324]},
                    {"slope": "suretsu-kaidan", "direction": "up", "stay_min": 5},
                    {"slope": "mihon-zaka", "direction": "down"},
                    {"lng_lat": [144.9932822, 41.000324]},
                ],
                "depart": "10:00",
            },
        },
    },
    "postLoops": {
        "two-kilometres": {
            "summary": "Two kilometres round",
            "value": {"start": {"lng_lat": [144.9932822, 41.000324]}, "distance_m": 2000, "language": "en"},
        },
        "fifty-metres-up": {
            "summary": "Fifty metres of climbing, past views if there are any",
            "value": {"start": {"landmark": "way-292"}, "ascent_m": 50, "themes": ["view"]},
        },
    },
    "postElevation": {
        "a-line": {
            "summary": "Heights along a line",
            "value": {"line": [[144.9963786, 40.9936967], [144.9974934, 40.9943928]]},
        },
    },
}
"""Bodies that work on the sample area."""

_OF_AN_AREA: Final = (
    "getLanding", "getConformance", "listCollections", "listSlopes", "listLandmarks", "listTours", "listClosures",
    "listTilesets", "search", "listChanges",
)  # fmt: skip
_THE_AREA: Final = {"area_id": "$request.path.area_id"}
_FIRST_AREA: Final = {"area_id": "$response.body#/areas/0/id"}
_FIRST_ITEM: Final = {**_THE_AREA, "item_id": "$response.body#/features/0/id"}

LINKS: Final[dict[str, dict[str, dict[str, str]]]] = {
    "listAreas": dict.fromkeys(_OF_AN_AREA, _FIRST_AREA),
    "listSlopes": {
        "getSlope": _FIRST_ITEM,
        "getProfile": {**_THE_AREA, "slope_id": "$response.body#/features/0/id"},
        "getSlopeEmbed": {**_THE_AREA, "slope_id": "$response.body#/features/0/id"},
    },
    "listLandmarks": {"getLandmark": _FIRST_ITEM},
    "listTours": {"getTour": _FIRST_ITEM, "getTourEmbed": {**_THE_AREA, "tour_id": "$response.body#/features/0/id"}},
    "listClosures": {"getClosure": _FIRST_ITEM},
}  # fmt: skip
"""From a reply to the operations that it gives the parameters for."""
