"""What lets scikit-learn set single constants of the ranking."""

from __future__ import annotations

from typing import Any, Self

from sklearn.base import BaseEstimator

from matching.parameters import Parameters

_PREFIX = "parameters__"


class ParametersMixin(BaseEstimator):  # type: ignore[misc] # scikit-learn has no types
    """An estimator with the constants of the ranking, frozen, in `parameters`."""

    parameters: Parameters

    def set_params(self, **params: Any) -> Self:
        """Set `parameters`, or one of them by `parameters__name`; it must be fitted anew.

        Raises
        ------
        ValueError
            When there is no parameter of that name, or none of that value.
        """
        nested = {
            name.removeprefix(_PREFIX): value
            for name, value in params.items()
            if name.startswith(_PREFIX)
        }
        super().set_params(**{name: params[name] for name in params if _PREFIX not in name})
        self.parameters = self.parameters.with_params(**nested)
        return self
