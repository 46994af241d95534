"""What a service answers when it refuses."""

from collections.abc import Callable

import pytest

from marketplace.core.errors import Refused


def refusal(action: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as caught:
        action()
    return caught.value
