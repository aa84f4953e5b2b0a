"""The report: one HTML page with what the grades are worth, made anew from the sources."""

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Final

import numpy as np

from guide.domain.network import Flag
from tiles.report.areas import (
    RealArea,
    SteepPart,
    compare_models,
    is_open_ground,
    is_span,
    named_streets,
    open_models,
    pieces_of,
    read_network,
    read_real,
    steep_parts,
)
from tiles.report.errors import NOISES, draw
from tiles.report.svg import Line, bar_plot, line_plot

PAGE: Final = "index.html"
TEN: Final = 10
_SPAN_LIMIT, _GROUND_LIMIT = 0.08, 0.35
_MODELS: Final = {
    "EU-DEM 25 m and SRTM 30 m": (("eu-dem-25m-porto", "eu-dem-25m-gaia"), ("srtm-30m",)),
    "the mosaic and SRTM 30 m": ((), ("srtm-30m",)),
    "the mosaic and EU-DEM 25 m": ((), ("eu-dem-25m-porto", "eu-dem-25m-gaia")),
}
_STYLE: Final = (
    "body{font-family:sans-serif;max-width:60em;margin:2em auto;padding:0 1em;line-height:1.5}"
    "table{border-collapse:collapse}td,th{border:1px solid #bbb;padding:.2em .6em;text-align:right}"
    "td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}"
)


def write_report(out: Path, sources: Path) -> Path:
    """Write the report into the folder ``out``; returns the page.

    Args:
        out: made if it is not there.
        sources: the folder with the real areas; those that are not in it are left out and named.
    """
    sections = [_errors()]
    for area, section in (("portland", _portland), ("porto", _porto), ("monaco", _monaco)):
        if (sources / area).is_dir():
            sections.append(section(sources))
        else:
            sections.append(f"<h2>{area}</h2><p>Its sources are not in {escape(str(sources))}.</p>")
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Grades one can trust</title>'
        f"<style>{_STYLE}</style><h1>Grades one can trust</h1>{''.join(sections)}</html>\n"
    )
    out.mkdir(parents=True, exist_ok=True)
    path = out / PAGE
    path.write_text(page, encoding="utf-8")
    return path


def _errors() -> str:
    rows = []
    for kind in NOISES:
        for cell_m in (5.0, 10.0, 30.0):
            short, long = draw(kind, cell_m, 3), draw(kind, cell_m, 8)
            held = (short.within_one, short.within_two, long.within_one, long.within_two)
            rows.append((f"{kind}, {cell_m:.0f} m cells", *(f"{share:.1%}" for share in held)))
    off = draw("mostly alike over 2 cells", 10.0, 8).off
    edges = np.linspace(-4, 4, 33)
    shares = np.histogram(off, edges)[0] / len(off)
    middle = (edges[:-1] + edges[1:]) / 2
    normal = np.exp(-(middle**2) / 2) / np.sqrt(2 * np.pi) * (edges[1] - edges[0])
    curve = Line(x=middle, y=normal, name="normal distribution", colour="#a33")
    return (
        "<h2>Stated errors on a plane with errors</h2><p>2,000 lines each; the measuring is told the models' sigma and "
        "nothing of how errors are alike. Right would be 68 % and 95 %.</p>"
        + _table(("errors", "3 cells, 1σ", "2σ", "8 cells, 1σ", "2σ"), rows)
        + bar_plot(edges, shares, curve, "error in stated errors")
    )


def _portland(sources: Path) -> str:
    real = read_real("portland", sources)
    pieces = pieces_of(real)
    ground = is_open_ground(real.network)
    slopes = named_streets(real)
    whole = sorted(
        (SteepPart(slope=each, window_m=each.measures.length_m, grade=each.measures.mean_grade or 0.0,
                   sigma=each.measures.mean_grade_sigma or 0.0) for each in slopes if each.measures),
        key=lambda part: -abs(part.grade),
    )  # fmt: skip
    stretches = steep_parts(real, slopes, 240.0)
    return (
        "<h2>Portland, USGS NED 10 m</h2>"
        f"<p>Over 8 %: {pieces.share_over(_SPAN_LIMIT, is_span(real.network)):.2%} of all bridges and tunnels "
        f"(aim: at most 0.5 %). Over 35 %: {pieces.share_over(_GROUND_LIMIT, ground):.3%} of all other ways but stairs "
        "(aim: at most 0.03 %), at these places:</p>"
        + _steep_places(real)
        + "<h3>The ten steepest named streets and stairs, foot to head</h3>"
        + _parts(whole[:TEN])
        + "<h3>The ten steepest stretches of 240 m, or shorter streets</h3>"
        + _parts(stretches[:TEN])
        + "".join(_picture(part) for part in whole[:3])
        + "<h3>Findings</h3><ul>"
        + "".join(f"<li>{escape(finding.line())}</li>" for finding in real.settled.findings)
        + "</ul>"
    )


def _steep_places(real: RealArea) -> str:
    pieces = pieces_of(real)
    steep = (np.abs(pieces.grade) > _GROUND_LIMIT) & is_open_ground(real.network)[pieces.edge]
    rows = []
    for edge in np.unique(pieces.edge[steep]):
        mine = steep & (pieces.edge == edge)
        name = real.network.edge_street_name(int(edge))
        lng, lat = real.network.edge_line(int(edge)).mean(axis=0)
        metres, worst = float(pieces.length_m[mine].sum()), float(np.abs(pieces.grade[mine]).max())
        way = f"way {int(real.network.edge_way_id[edge])}"
        rows.append((f"{way} {name.local if name else ''}", f"{lat:.5f}, {lng:.5f}", f"{metres:.0f} m", f"{worst:.0%}"))
    return _table(("place", "latitude, longitude", "length", "steepest"), rows)


def _porto(sources: Path) -> str:
    network = read_network("porto", sources)
    rows, plots = [], []
    for name, (one, other) in _MODELS.items():
        found = compare_models(network, open_models("porto", sources, one), open_models("porto", sources, other), 75.0)
        off = np.abs(found[:, 2])
        rows.append((name, str(len(found)), f"{100 * np.sqrt((found[:, 1] ** 2).mean()):.1f}",
                     f"{(off < 1).mean():.1%}", f"{(off < 2).mean():.1%}"))  # fmt: skip  # noqa: PLR2004 (two)
        edges = np.linspace(-4, 4, 33)
        middle = (edges[:-1] + edges[1:]) / 2
        normal = np.exp(-(middle**2) / 2) / np.sqrt(2 * np.pi) * (edges[1] - edges[0])
        curve = Line(x=middle, y=normal, name=f"{name}; line: normal distribution", colour="#a33")
        shares = np.histogram(found[:, 2], edges)[0] / len(found)
        plots.append(bar_plot(edges, shares, curve, "difference in stated errors"))
    return (
        "<h2>Porto by three models</h2><p>Mean grades of streets of at least 75 m. The mosaic holds EU-DEM wherever it "
        "knows the ground, so the third row shows that a mosaic changes nothing there.</p>"
        + _table(("models", "streets", "rms difference, points", "within 1σ", "within 2σ"), rows)
        + "".join(plots)
    )


def _monaco(sources: Path) -> str:
    real = read_real("monaco", sources)
    pieces = pieces_of(real)
    tunnels = real.network.has_flag(Flag.TUNNEL) & is_span(real.network)
    rows = []
    for edge in np.flatnonzero(tunnels & (real.network.edge_length_m > 100)):  # noqa: PLR2004 (metres)
        grades = pieces.grade[pieces.edge == edge]
        name = real.network.edge_street_name(int(edge))
        if len(grades):
            label = f"way {int(real.network.edge_way_id[edge])} {name.local if name else ''}"
            rows.append((label, f"{real.network.edge_length_m[edge]:.0f} m", f"{np.abs(grades).max():.1%}"))
    maxima = sum(
        each.measures is not None and (each.measures.max_grade_20m, each.measures.max_grade_50m) != (None, None)
        for each in named_streets(real)
    )
    return (
        "<h2>Monaco, SRTM 90 m</h2>"
        f"<p>Over 8 %: {pieces.share_over(_SPAN_LIMIT, is_span(real.network)):.2%} of bridges and tunnels. "
        f"Maxima published: {maxima}.</p>" + _table(("tunnel over 100 m", "length", "steepest"), rows)
    )


def _parts(parts: Sequence[SteepPart]) -> str:
    rows = [
        (part.slope.entry.name, f"{part.window_m:.0f} m", f"{100 * abs(part.grade):.1f} ± {100 * part.sigma:.1f} %")
        for part in parts
    ]
    return _table(("street", "length", "grade"), rows)


def _picture(part: SteepPart) -> str:
    profile = part.slope.profile
    if profile is None:
        return ""
    line = Line(x=profile.distance_m, y=profile.elevation_m, name=part.slope.entry.name, colour="#861a5b",
                error=profile.sigma_m)  # fmt: skip
    return line_plot([line], "metres from the foot", "metres")


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(text)}</th>" for text in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(text)}</td>" for text in row) + "</tr>" for row in rows)
    return f"<table><tr>{head}</tr>{body}</table>"
