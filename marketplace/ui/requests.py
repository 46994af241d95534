"""A request as this site reads it: whatever was sent, its parts are what they are called."""

from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import quote

from flask import Request

AS_SENT = "!$%&'()*+,/:;=?@[]~"


class SiteRequest(Request):
    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        # Bytes that should have been written in percent are read as if they had been.
        self.query_string = quote(self.query_string, safe=AS_SENT).encode()
        self.remote_addr = read_address(self.remote_addr)

    def _load_form_data(self) -> None:
        """A part without a name is no field."""
        super()._load_form_data()
        for kind in ("form", "files"):
            sent = self.__dict__[kind]
            if None in sent:
                named = ((n, v) for n, v in sent.items(multi=True) if n is not None)
                self.__dict__[kind] = type(sent)(named)


def read_address(told: str | None) -> str | None:
    """The network address in what a proxy told, without port or zone; None where there is none."""
    try:
        address = ip_address(_without_port((told or "").strip()).partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)


def _without_port(told: str) -> str:
    if told.startswith("["):
        inside, closed, port = told[1:].partition("]")
        return inside if closed and _is_port(port) else told
    host, _, port = told.partition(":")
    return host if _is_port(f":{port}") else told


def _is_port(text: str) -> bool:
    return not text or (text[0] == ":" and (not text[1:] or text[1:].isdecimal()))
