"""The router's contraction order: computed once by the builder, whoever walks."""

import numpy as np
import routingkit_cch
from numpy.typing import NDArray

from guide.domain.network import Network
from guide.routing.costs.arcs import arcs_of


def compute_node_order(network: Network) -> NDArray[np.int32]:
    """The nodes (N,) from least to most important, by nested dissection along the compass lines (inertial flow)."""
    if network.edge_count == 0:
        # The library fails on a network without arcs, and any order is right there.
        return np.arange(network.node_count, dtype=np.int32)
    arcs = arcs_of(network)
    order = routingkit_cch.compute_order_inertial(
        network.node_count,
        arcs.tail.tolist(),
        arcs.head.tolist(),
        network.node_lng_lat[:, 1].tolist(),
        network.node_lng_lat[:, 0].tolist(),
    )
    return np.array(order, dtype=np.int32)
