"""A server on this machine that replays replies and misbehaves as real ones do."""

import socket
import struct
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

Reply = Callable[["Handler"], None]


@dataclass
class Seen:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    at: float


@dataclass
class Script:
    """What the server says to each path: its replies one by one, the last again and again."""

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    default: Reply | None = None
    seen: list[Seen] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    busy: int = 0
    busiest: int = 0
    base_url: str = ""

    def say(self, path: str, *replies: Reply) -> str:
        self.replies[path] = list(replies)
        return self.base_url + path

    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Script

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        script = self.script
        with script.lock:
            script.seen.append(Seen(self.command, self.path, dict(self.headers), body, time.monotonic()))
            script.busy += 1
            script.busiest = max(script.busiest, script.busy)
            queue = script.replies.get(self.path)
            reply = (queue.pop(0) if len(queue) > 1 else queue[0]) if queue else script.default
        try:
            (reply or status(404))(self)
        except OSError:
            self.close_connection = True
        finally:
            with script.lock:
                script.busy -= 1

    do_POST = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Silence."""


def body(data: bytes, content_type: str = "application/octet-stream", **headers: str) -> Reply:
    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return reply


def status(code: int, **headers: str) -> Reply:
    def reply(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return reply


def cut(data: bytes, at: int, **headers: str) -> Reply:
    """Promises all of it, sends a part and hangs up."""

    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data[:at])
        handler.wfile.flush()
        handler.close_connection = True

    return reply


def reset(handler: Handler) -> None:
    """Breaks the connection as a crashed server does: with a TCP reset."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    handler.close_connection = True


def stall(seconds: float) -> Reply:
    """Takes the request and says nothing."""

    def reply(handler: Handler) -> None:
        time.sleep(seconds)
        handler.close_connection = True

    return reply


def dribble(seconds: float) -> Reply:
    """Sends a byte now and then, so that no read ever times out."""

    def reply(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(0.02)
        handler.close_connection = True

    return reply


def ranged(data: bytes, etag: str) -> Reply:
    """Serves the rest of a file to whoever asks for it by its version."""

    def reply(handler: Handler) -> None:
        asked = handler.headers.get("Range")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        if not asked or handler.headers.get("If-Range") != etag:
            body(data, ETag=etag)(handler)
        elif start >= len(data):
            status(416)(handler)
        else:
            handler.send_response(206)
            handler.send_header("Content-Length", str(len(data) - start))
            handler.send_header("Content-Range", f"bytes {start}-{len(data) - 1}/{len(data)}")
            handler.send_header("ETag", etag)
            handler.end_headers()
            handler.wfile.write(data[start:])

    return reply
