"""The commands of ``python -m guide``, a file each."""
