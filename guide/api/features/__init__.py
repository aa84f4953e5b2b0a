"""Slopes and landmarks as features of collections."""
