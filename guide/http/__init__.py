"""What every handler shares: replies, errors, languages, logs. It knows nothing of slopes."""
