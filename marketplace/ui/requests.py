"""A request as this site reads it: whatever was sent, its parts are what they are called."""

import re
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import quote

from flask import Request

IN_BRACKETS = re.compile(r"\[([^\]]*)\](:\d*)?")
AS_SENT = "!$%&'()*+,/:;=?@[]~"
WITH_PORT = re.compile(r"([^:]*):\d*")


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
    told = (told or "").strip()
    found = IN_BRACKETS.fullmatch(told) or WITH_PORT.fullmatch(told)
    try:
        address = ip_address((found[1] if found else told).partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return str(mapped or address)
