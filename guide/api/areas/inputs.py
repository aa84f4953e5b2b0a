"""What handlers are given besides their own parameters: the area of the address, and the registry of all."""

from litestar.di import NamedDependency

from guide.areas.registry import AreaRegistry
from guide.areas.served import ServedArea

Area = NamedDependency[ServedArea]
Registry = NamedDependency[AreaRegistry]
