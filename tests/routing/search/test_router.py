import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Thread

import networkx as nx
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from guide.domain.network import Flag, Kind, Network
from guide.domain.walker import StepsChoice, Walker
from guide.routing.costs.arc_costs import Terms
from guide.routing.costs.arcs import arcs_of
from guide.routing.search.order import compute_node_order
from tests.routing.ascii_maps import network_of, straight_heights, town
from tests.routing.helpers import HIKER, oracle, router_of


@st.composite
def networks(draw: st.DrawFn) -> tuple[Network, np.ndarray]:
    """Any network: loops, parallel edges, islands, one-ways and stairs included."""
    count = draw(st.integers(1, 12))
    node = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(node, node, st.floats(1, 500)), max_size=30))
    network = network_of(np.array([(141 + 0.001 * (i % 4), 42 + 0.001 * (i // 4)) for i in range(count)]), pairs)
    for edge in range(network.edge_count):
        network.edge_flags[edge] = draw(st.sampled_from([0, 0, 0, Flag.NO_FORWARD, Flag.NO_BACKWARD]))
        network.edge_kind[edge] = draw(st.sampled_from([Kind.FOOTWAY, Kind.STEPS]))
    return network, np.array(draw(st.lists(st.floats(0, 50), min_size=count, max_size=count)))


@settings(deadline=None, max_examples=150)
@given(networks(), st.sampled_from(StepsChoice), st.data())
def test_costs_equal_dijkstra_on_the_same_arcs(
    drawn: tuple[Network, np.ndarray], steps: StepsChoice, data: st.DataObject
) -> None:
    network, elevation = drawn
    router = router_of(network, straight_heights(network, elevation))
    some = st.frozensets(st.integers(0, max(2 * network.edge_count - 1, 0)), max_size=min(network.edge_count, 6))
    closed, icy = data.draw(some), frozenset(arc >> 1 for arc in data.draw(some))
    metric = router.metric(Walker(steps=steps), Terms(closed=closed, icy=icy))
    assert not metric.costs.passable[list(closed)].any()
    graph = oracle(network, metric.costs)
    arcs = arcs_of(network)
    source, target = (data.draw(st.integers(0, network.node_count - 1)) for _ in range(2))
    path = metric.shortest({source: 0}, {target: 0})
    try:
        expected = nx.dijkstra_path_length(graph, source, target)
    except nx.NetworkXNoPath:
        assert path is None
        return
    if network.edge_count == 0:  # no streets, no router: such a place has no stops either
        return
    assert path is not None
    assert path.cost_ms == expected
    assert sum(int(metric.costs.cost_ms[arc]) for arc in path.arcs) == expected
    walked = [source, *(int(arcs.head[arc]) for arc in path.arcs)]
    assert [int(arcs.tail[arc]) for arc in path.arcs] == walked[:-1]
    assert walked[-1] == target


@settings(deadline=None, max_examples=50)
@given(networks(), st.data())
def test_several_ends_with_costs_of_their_own_give_the_best_pair(
    drawn: tuple[Network, np.ndarray], data: st.DataObject
) -> None:
    network, elevation = drawn
    metric = router_of(network, straight_heights(network, elevation)).metric(HIKER)
    ends = st.dictionaries(st.integers(0, network.node_count - 1), st.integers(0, 10**6), min_size=1, max_size=3)
    sources, targets = data.draw(ends), data.draw(ends)
    lengths = dict(nx.all_pairs_dijkstra_path_length(oracle(network, metric.costs)))
    best = min(
        (before + lengths[a][b] + after for a, before in sources.items() for b, after in targets.items()
         if b in lengths[a]),
        default=None,
    )  # fmt: skip
    path = metric.shortest(sources, targets)
    if network.edge_count:
        assert (path.cost_ms if path else None) == best


def test_the_order_holds_every_node_once() -> None:
    place = town("A--B--C\n|     |\nD-----E")
    assert sorted(compute_node_order(place.network).tolist()) == list(range(5))


def test_a_place_without_streets_has_an_order_and_no_paths() -> None:
    network = network_of(np.array([(141.0, 42.0), (141.1, 42.0)]), [])
    assert sorted(compute_node_order(network).tolist()) == [0, 1]
    assert router_of(network, straight_heights(network, np.zeros(2))).metric(HIKER).shortest({0: 0}, {1: 0}) is None


def test_many_threads_and_walkers_share_one_router() -> None:
    place = town("A--B--C\n|     |\nD-----E", kinds={"AB": Kind.STEPS})
    router = router_of(place.network, place.heights)
    start, end = place.nodes["A"], place.nodes["E"]

    def ask(number: int) -> int:
        path = router.metric(Walker(pace=1 + number % 50 / 100)).shortest({start: 0}, {end: 0})
        assert path is not None
        return path.cost_ms

    alone = [ask(number) for number in range(50)]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(ask, range(400)))
    assert together == alone * 8


def test_metrics_are_kept_but_not_for_ever() -> None:
    place = town("A--B")
    router = router_of(place.network, place.heights)
    first = router.metric(HIKER)
    assert router.metric(Walker()) is first
    for number in range(1, 41):
        router.metric(Walker(pace=1 + number / 50))
    assert router.metric(HIKER) is not first


def test_a_router_may_go_on_another_thread_than_it_was_asked_on() -> None:
    """As when a new build is taken up; what the library says against it would be a warning, and so a failure."""
    place = town("""
    A--B--C
    """)
    made = [router_of(place.network, place.heights)]
    for _ in range(2):  # the second time the first one's query is thrown away
        assert made[0].metric(Walker()).shortest({0: 0}, {1: 0}) is not None
        gone = Thread(target=made.clear)
        gone.start()
        gone.join()
        gc.collect()
        made.append(router_of(place.network, place.heights))
