"""What worker processes have in common, before anything of the service is loaded."""

from typing import Final

METRICS_FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
"""The variable that names the folder in which workers leave their numbers; the library reads it when it is imported."""
