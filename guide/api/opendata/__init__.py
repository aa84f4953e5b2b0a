"""The published catalogue as open data: files at addresses that stay, described with DCAT."""
