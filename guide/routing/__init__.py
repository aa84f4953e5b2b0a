"""Walks over the street network.

Each room stands on those before it: ``costs`` of an arc for a walker, the ``course`` of a walk over the ground,
``snapping`` to streets, the ``search`` for the cheapest walk through stops, ``routes`` with limits, closures and
warnings; then ``reach``, ``tours`` and ``loops``. ``prepare`` is what the builder works out for all of them.
"""
