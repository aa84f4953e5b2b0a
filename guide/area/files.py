"""The names of the files of a built area, in one place for builder and service."""

from typing import Final

SCHEMA_VERSION: Final = 4
"""Raised whenever a reader of the old files would misread the new ones."""

MANIFEST: Final = "manifest.json"
SLOPES: Final = "slopes.geojson"
LANDMARKS: Final = "landmarks.geojson"
TOURS: Final = "tours.geojson"
CLOSURES: Final = "closures.geojson"
PROFILES: Final = "profiles.json"
GRAPHML: Final = "network.graphml"
NETWORK: Final = "network"
"""A folder of plain arrays, which every worker of the service maps into memory."""

ELEVATION: Final = "elevation"
"""A folder of GeoTIFFs: each elevation model as far as the area reaches."""

BUILDER: Final = "builder.json"
"""What the builder keeps for itself, so that a catalogue can be built again on the same streets."""

CHANGES: Final = "changes.json"
"""Beside the builds of an area: what each of them changed, and when."""

CURRENT: Final = "current"
"""The link in an area's folder that points to the build being served."""
