"""Connections to public addresses alone, and none that outlasts its time."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable
from functools import cache
from typing import Any

import httpcore
import httpx

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Each stands for the IPv4 address in its last bits: NAT64, IPv4-compatible, IPv4-translated.
EMBEDDING = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96"))
# NAT64 of one network alone, where the IPv4 address may stand anywhere, and what was once for one site.
LOCAL = tuple(ipaddress.IPv6Network(net) for net in ("64:ff9b:1::/48", "fec0::/10"))
# Where clouds tell a machine its keys, beside 169.254.169.254, which is link-local as others of them are.
METADATA = tuple(
    map(ipaddress.ip_address, ("fd00:ec2::254", "fd20:ce::254", "100.100.100.200", "192.0.0.192", "168.63.129.16"))
)


class ForbiddenAddress(httpcore.ConnectError):
    """The host name leads to an address that is not public."""


def is_public(address: Address) -> bool:
    """Whether the address is one of the open internet, an IPv4 address inside an IPv6 one included."""
    if not all(map(is_public, inside(address))) or is_of_the_machine(address):
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return True
        if any(address in net for net in (*LOCAL, *EMBEDDING[1:])):
            return False
    return address.is_global and not address.is_multicast


def is_of_the_machine(address: Address) -> bool:
    """Whether the address is link-local, or one where a cloud tells a machine its keys: these are never fetched."""
    return address.is_link_local or address in METADATA or any(map(is_of_the_machine, inside(address)))


def inside(address: Address) -> list[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if any(address in net for net in EMBEDDING) and int(address) > 1:  # :: and ::1 are addresses of their own
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in found if one is not None]


def addresses_of(host: str, port: int) -> list[Address]:
    """All addresses of a host name, in the order the resolver gives."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host}: no address is known ({error})") from error
    return [ipaddress.ip_address(str(entry[4][0]).split("%")[0]) for entry in found]


class Timed(httpcore.NetworkStream):
    """A connection that fails once its time is over, however slowly bytes trickle in."""

    def __init__(self, stream: httpcore.NetworkStream, until: float) -> None:
        self._stream = stream
        self._until = until

    def _left(self, timeout: float | None) -> float:
        left = self._until - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the answer took longer than allowed")
        return left if timeout is None else min(timeout, left)

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return Timed(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._until)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore.NetworkBackend):
    """Looks a name up once, checks every address it has, and connects to a checked one."""

    def __init__(self, allow_private: bool, seconds: float) -> None:
        self._allow_private = allow_private
        self._seconds = seconds
        self._backend = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        until = time.monotonic() + self._seconds
        addresses = addresses_of(host, port)
        for address in addresses:
            if is_of_the_machine(address):
                raise ForbiddenAddress(f"{host} is at {address}, which is not public but of a machine alone")
        forbidden = [address for address in addresses if not is_public(address)]
        if forbidden and not self._allow_private:
            raise ForbiddenAddress(
                f"{host} is at {forbidden[0]}, which is not public; POSITIONS_FETCH_PRIVATE=true allows it"
            )
        failure: Exception | None = None
        for address in addresses[:3]:
            try:
                stream = self._backend.connect_tcp(str(address), port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
            else:
                return Timed(stream, until)
        raise failure or httpcore.ConnectError(f"{host}: no address is known")


@cache
def trusted() -> ssl.SSLContext:
    """The certificates that are trusted, loaded once a process."""
    return httpx.create_ssl_context()


class GuardedTransport(httpx.HTTPTransport):
    """HTTP over guarded connections; none is kept for a second request, so each has its own time limit."""

    def __init__(self, allow_private: bool, seconds: float) -> None:
        super().__init__(verify=trusted())
        self._pool = httpcore.ConnectionPool(
            ssl_context=trusted(),
            max_connections=None,
            max_keepalive_connections=0,
            network_backend=GuardedBackend(allow_private, seconds),
        )
