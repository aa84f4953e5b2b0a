"""What the map really drew, and where on the screen it lies."""

from playwright.sync_api import Page


def drawn_ids(page: Page, layer: str) -> set[str]:
    """The ids of the features of a layer that stand on the map now."""
    ids: list[str] = page.evaluate(
        """layer => window.hyakusaka.map.queryRenderedFeatures({layers: [layer]})
            .map(each => String(each.properties.id))""",
        layer,
    )
    return set(ids)


def count_drawn(page: Page, source_layer: str) -> int:
    """How many different features of a tile layer stand on the map now."""
    count: int = page.evaluate(
        """layer => new Set(window.hyakusaka.map.queryRenderedFeatures()
            .filter(feature => feature.sourceLayer === layer).map(feature => feature.id)).size""",
        source_layer,
    )
    return count


def point_of(page: Page, lng_lat: list[float]) -> tuple[float, float]:
    """Where on the screen a place of the map lies, in pixels."""
    x, y = page.evaluate("place => { const at = window.hyakusaka.map.project(place); return [at.x, at.y]; }", lng_lat)
    return x, y


def wait_for_map(page: Page) -> None:
    """Until the map has drawn everything it has."""
    page.wait_for_function("() => window.hyakusaka.map.loaded() && !window.hyakusaka.map.isMoving()")


def wait_until_drawn(page: Page, layer: str, feature_id: str) -> None:
    """Until a feature stands on the map in a layer; any, if its id is empty."""
    page.wait_for_function(
        """([layer, id]) => window.hyakusaka.map.queryRenderedFeatures({layers: [layer]})
            .some(each => id === "" || String(each.properties.id) === id)""",
        arg=[layer, feature_id],
    )
