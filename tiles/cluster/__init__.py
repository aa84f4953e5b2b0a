"""Many areas on many machines, by Dask: an area is a task, and a large one is settled in parts."""
