"""Bilinear heights between cells, whatever is unknown and however it is read."""

from dataclasses import dataclass, field

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from numpy.typing import ArrayLike, NDArray
from scipy.ndimage import map_coordinates

from guide.terrain.grid import BLOCK, interpolate

Array = NDArray[np.float64]


@dataclass
class ArrayCells:
    """A raster in memory that remembers how it was read."""

    values: Array
    reads: list[tuple[int, int]] = field(default_factory=list)

    @property
    def shape(self) -> tuple[int, int]:
        return self.values.shape[0], self.values.shape[1]

    def read(self, rows: slice, cols: slice) -> Array:
        window = self.values[rows, cols].copy()
        assert window.shape == (rows.stop - rows.start, cols.stop - cols.start), "a read outside the raster"
        self.reads.append(window.shape)
        return window


def heights(values: Array, rows: ArrayLike, cols: ArrayLike) -> Array:
    row, col = np.broadcast_arrays(np.atleast_1d(rows), np.atleast_1d(cols))
    return interpolate(ArrayCells(values), row.astype(float), col.astype(float)).settled()


rasters = hnp.arrays(
    np.float64,
    hnp.array_shapes(min_dims=2, max_dims=2, min_side=1, max_side=6),
    elements=st.one_of(st.floats(-400, 4000), st.just(np.nan)),
)


@given(st.floats(-5, 5), st.floats(-5, 5), st.floats(-100, 3000), st.floats(0, 30), st.floats(0, 40))
def test_a_plane_is_exact_everywhere(down: float, along: float, level: float, row: float, col: float) -> None:
    rows, cols = np.indices((31, 41), dtype=float)
    assert heights(level + down * rows + along * cols, row, col) == pytest.approx(level + down * row + along * col)


@given(rasters)
def test_the_centre_of_a_cell_has_its_height_to_the_bit(values: Array) -> None:
    rows, cols = np.indices(values.shape)
    found = heights(values, rows.ravel(), cols.ravel())
    np.testing.assert_array_equal(found, values.ravel())


@given(rasters, st.floats(-1.5, 6.5), st.floats(-1.5, 6.5))
def test_a_height_lies_between_known_cells_and_never_comes_from_nothing(values: Array, row: float, col: float) -> None:
    found = heights(values, row, col)[0]
    if np.isnan(values).all():
        assert np.isnan(found)
    elif not np.isnan(found):
        assert np.nanmin(values) - 1e-6 <= found <= np.nanmax(values) + 1e-6


def test_unknown_cells_count_for_nothing_and_half_must_be_known() -> None:
    values = np.array([[10.0, np.nan], [10.0, np.nan]])
    assert heights(values, 0.5, [0.0, 0.25, 0.49, 0.51, 1.0]) == pytest.approx(
        [10.0, 10.0, 10.0, np.nan, np.nan], nan_ok=True
    )
    three = np.array([[10.0, 20.0], [30.0, np.nan]])
    assert heights(three, 0.5, 0.5) == pytest.approx(20.0)


def test_a_cell_without_weight_need_not_be_known() -> None:
    values = np.array([[1.0, 3.0, np.nan], [np.nan, np.nan, np.nan]])
    assert heights(values, 0.0, [0.5, 1.0]) == pytest.approx([2.0, 3.0])


def test_the_edge_cells_hold_for_half_a_cell_corners_too() -> None:
    values = np.array([[1.0, 2.0], [3.0, 4.0]])
    assert heights(values, [-0.5, -0.5, 1.5, 1.5], [-0.5, 1.5, -0.5, 1.5]) == pytest.approx([1, 2, 3, 4])
    assert heights(values, [-0.5, 0.5], [0.5, 1.4]) == pytest.approx([1.5, 3.0])
    assert np.isnan(heights(values, [-0.51, 0, 1.51, 0], [0, -0.51, 0, 1.51])).all()


def test_what_is_known_fades_over_one_cell() -> None:
    found = interpolate(ArrayCells(np.full((3, 3), 7.0)), np.ones(5), np.array([2.0, 2.25, 2.5, 2.75, 3.0]))
    assert found.known == pytest.approx([1, 0.75, 0.5, 0.25, 0])


def test_positions_that_are_no_numbers_are_unknown() -> None:
    assert np.isnan(heights(np.ones((3, 3)), [np.nan, np.inf, 1.0], [1.0, 1.0, -np.inf])).all()
    assert heights(np.ones((3, 3)), [], []).shape == (0,)


def test_block_seams_are_not_seen_and_no_read_exceeds_a_block() -> None:
    rng = np.random.default_rng(5)
    cells = ArrayCells(rng.uniform(0, 100, (2 * BLOCK + 300, 3 * BLOCK + 7)))
    height, width = cells.shape
    rows, cols = rng.uniform(0, height - 1, 5000), rng.uniform(0, width - 1, 5000)
    seam = np.linspace(BLOCK - 1.5, BLOCK + 0.5, 500)
    rows, cols = np.concatenate([rows, seam, np.full(500, BLOCK - 0.5)]), np.concatenate([cols, seam, seam])
    found = interpolate(cells, rows, cols).settled()
    np.testing.assert_allclose(found, map_coordinates(cells.values, [rows, cols], order=1), atol=1e-9)
    assert len(cells.reads) == 12
    assert max(max(shape) for shape in cells.reads) <= BLOCK + 1


def test_points_close_together_are_read_once_and_no_wider_than_needed() -> None:
    cells = ArrayCells(np.zeros((4000, 4000)))
    interpolate(cells, np.linspace(1000, 1040, 100), np.linspace(2000, 2030, 100))
    assert cells.reads == [(42, 32)]


def test_a_single_cell_is_a_raster_too() -> None:
    assert heights(np.array([[5.0]]), [0, 0.5, -0.5, 0.6], [0, 0.5, 0.2, 0]) == pytest.approx(
        [5, 5, 5, np.nan], nan_ok=True
    )
