import json
import math

import pytest

from scripts.make_world_map import MIDDLE, OUTPUT, WIDTH, make_map, project

# Two squares that share a border, and one that lies on both sides of the map's edge; in steps of ten degrees.
TOPOLOGY = {
    "transform": {"scale": [10, 10], "translate": [0, 0]},
    "arcs": [
        [[1, 0], [0, 1], [0, 1]],  # the shared border, with a point that is not needed
        [[1, 2], [-1, 0], [0, -2], [1, 0]],
        [[1, 0], [1, 0], [0, 2], [-1, 0]],
        [[-18, 0], [2, 0], [0, 1], [-2, 0], [0, -1]],
    ],
    "objects": {
        "countries": {
            "geometries": [
                {"id": "031", "type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Azerbaijan"}},
                {"id": "051", "type": "Polygon", "arcs": [[2, -1]], "properties": {"name": "Armenia"}},
                {"id": "643", "type": "MultiPolygon", "arcs": [[[3]]], "properties": {"name": "Russia"}},
                {"id": "010", "type": "Polygon", "arcs": [[3]], "properties": {"name": "Antarctica"}},
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Kosovo"}},
                {"type": "Polygon", "arcs": [[0, 1]], "properties": {"name": "Somaliland"}},
            ]
        }
    },
}


@pytest.mark.parametrize(
    ("point", "projected"),
    [
        pytest.param((MIDDLE, 0), (0, 0), id="middle"),
        pytest.param((MIDDLE + 180, 0), (2.7066, 0), id="edge"),
        pytest.param((MIDDLE, 90), (0, -1.3173), id="pole"),
    ],
)
def test_the_projection_is_equal_earth(point: tuple[float, float], projected: tuple[float, float]) -> None:
    assert project(*point) == pytest.approx(projected, abs=1e-3)


@pytest.mark.parametrize("latitude", [0, 30, -45, 70])
def test_areas_are_equal(latitude: float) -> None:
    (left, bottom), (right, _), (_, top) = (
        project(MIDDLE + x, latitude + y) for x, y in ((0, 0), (0.01, 0), (0, 0.01))
    )

    area = (right - left) * (bottom - top)
    assert area == pytest.approx(math.radians(0.01) ** 2 * math.cos(math.radians(latitude)), rel=1e-3)


def test_shapes_have_codes_and_those_without_stay_land() -> None:
    assert list(make_map(TOPOLOGY)["shapes"]) == ["", "AM", "AZ", "RU", "XK"]


def test_neighbours_share_their_border_without_what_is_not_needed() -> None:
    shapes = make_map(TOPOLOGY)["shapes"]

    corners = {code: len(path.split("l")[1].replace("-", " -").split()) // 2 + 1 for code, path in shapes.items()}
    assert (corners["AZ"], corners["AM"]) == (4, 4)


def test_what_lies_across_the_edge_stays_in_one_piece() -> None:
    path = make_map(TOPOLOGY)["shapes"]["RU"]

    steps = [int(number) for number in path.split("l")[1].strip("z").replace("-", " -").split()]
    assert path.count("M") == 1
    assert max(map(abs, steps)) < WIDTH / 4


def test_the_stored_map_has_the_world() -> None:
    stored = json.loads(OUTPUT.read_text("utf-8"))

    assert len(stored["shapes"]) > 170
    assert {"AZ", "RU", "GL", "XK"} <= stored["shapes"].keys()
    assert {"MT", "SG", "VA"} <= stored["places"].keys() - stored["shapes"].keys()
    assert all(0 <= x <= stored["width"] and -20 <= y <= stored["height"] for x, y in stored["places"].values())
