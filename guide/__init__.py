"""hyakusaka's guide: the words, the measuring, the walks and the service."""
