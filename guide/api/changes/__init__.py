"""What has changed, as feeds."""
