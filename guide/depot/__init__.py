"""Builds where many machines reach them: a bucket of any S3-compatible store, or a shared folder."""
