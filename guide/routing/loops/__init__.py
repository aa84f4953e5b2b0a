"""Loops: round walks of a wished length, time or ascent, through slopes and views where they lie near."""
