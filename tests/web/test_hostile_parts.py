"""Parts of a request that are not what they are called."""

from io import BytesIO

import pytest
from flask import Flask, request
from werkzeug.datastructures import FileStorage
from wtforms import FileField

from marketplace.accounts.routes.login_manager import network_address
from marketplace.ui.fields import text_line
from marketplace.ui.forms import BaseForm
from marketplace.ui.requests import read_address
from marketplace.ui.safe_paths import safe_path
from tests.web.client import Browser


class SentForm(BaseForm):
    title = text_line("Tittel")
    plan = FileField("Plan")


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("192.0.2.7:4711", "192.0.2.7"),
        ("[2001:db8::1]:4711", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::1%eth0", "2001:db8::1"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("tull", None),
        (":::::", None),
        ("", None),
        (None, None),
    ],
)
def test_an_address_is_read_however_a_proxy_writes_it(
    told: str | None, address: str | None
) -> None:
    assert read_address(told) == address


@pytest.mark.parametrize("told", ["tull", ":::::", "192.0.2.7:4711", "[2001:db8::1]:1"])
def test_every_address_can_be_counted(app: Flask, told: str) -> None:
    with app.test_request_context(environ_overrides={"REMOTE_ADDR": told}):
        assert network_address() in {"", "192.0.2.7", "2001:db8::/64"}


@pytest.mark.parametrize("target", ["//[", "/[", "http://[::1", "/a\x00", "/a\r\nb", "\\\\x", "/%"])
def test_an_odd_target_leads_nowhere_else(target: str) -> None:
    assert safe_path(target) in {None, "/[", "/%"}


def test_bytes_in_a_query_are_read_as_if_written_in_percent(app: Flask) -> None:
    with app.test_request_context(environ_overrides={"QUERY_STRING": "q=\xff\xe6&a=%20b"}):
        assert request.args["a"] == " b"
        assert request.full_path == "/?q=%FF%E6&a=%20b"


def test_a_file_is_no_text_and_a_text_is_no_file(app: Flask) -> None:
    file = FileStorage(BytesIO(b"x"), "a.txt")
    swapped = {"title": file, "plan": "tekst"}
    with app.test_request_context(method="POST", data=swapped):
        form = SentForm(meta={"csrf": False})
        assert (form.title.data, form.plan.data) == (None, None)
    right = {"title": "Tittel", "plan": FileStorage(BytesIO(b"x"), "a.txt")}
    with app.test_request_context(method="POST", data=right):
        form = SentForm(meta={"csrf": False})
        assert form.title.data == "Tittel"
        assert form.plan.data.filename == "a.txt"


def test_json_is_no_form(app: Flask) -> None:
    with app.test_request_context(method="POST", json={"title": ["a"]}):
        assert SentForm(meta={"csrf": False}).title.data is None


def test_a_host_that_cannot_be_one_gets_a_page_with_links(browser: Browser) -> None:
    page = browser.get("/", headers={"Host": "x" * 300})
    assert 400 <= page.status < 500
    assert page.soup.select_one("main a[href='/']") is not None


def test_a_part_without_a_name_is_no_field(app: Flask) -> None:
    parts = b"--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n"
    named = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\ny\r\n--b--\r\n'
    given = {"data": parts + named, "content_type": "multipart/form-data; boundary=b"}
    with app.test_request_context(method="POST", **given):
        assert list(request.form.items(multi=True)) == [("a", "y")]
