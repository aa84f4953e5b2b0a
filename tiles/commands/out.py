"""Where builds go."""

import argparse
from pathlib import Path

from tiles.areas import data_folder


def add_out(parser: argparse.ArgumentParser) -> None:
    """The option that says where builds go."""
    default = data_folder() / "build"
    parser.add_argument("--out", type=Path, metavar="DIR", default=default, help="where builds go (%(default)s)")
