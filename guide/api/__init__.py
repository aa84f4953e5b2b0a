"""The service: Litestar handlers over built areas. The only room that knows the web framework and the server."""
