from collections.abc import Iterable
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import FileField as _FileField
from wtforms.form import BaseForm

class FileField(_FileField):
    data: FileStorage | None

class FileRequired:
    def __init__(self, message: str | None = None) -> None: ...
    def __call__(self, form: BaseForm, field: Any) -> None: ...

class FileAllowed:
    def __init__(self, upload_set: Iterable[str], message: str | None = None) -> None: ...
    def __call__(self, form: BaseForm, field: Any) -> None: ...

class FileSize:
    def __init__(self, max_size: int, min_size: int = 0, message: str | None = None) -> None: ...
    def __call__(self, form: BaseForm, field: Any) -> None: ...
