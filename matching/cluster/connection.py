"""A client of a Dask cluster: one that runs, or one of processes on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from distributed import Client

INSTALL = "pip install 'behovstorget[cluster]'"

_PATIENCE = 30  # Seconds to wait for the first worker of a cluster.
_ANY_PORT = "127.0.0.1:0"  # Without an address, it is one for all clusters of the machine.


class ClusterMissing(ImportError):
    """The optional package for ranking on several processes is not installed."""


class ClusterError(ValueError):
    """The cluster cannot be reached, or cannot do the work."""


@contextmanager
def cluster(address: str | None = None, workers: int = 1) -> Iterator[Client]:
    """Give a client of a cluster: the one at `address`, or one of processes on this machine.

    Parameters
    ----------
    address
        Of a Dask scheduler, as `tcp://10.0.0.5:8786`.
    workers
        Processes to start, with one thread each, where no address is given. They end when the
        block does.

    Raises
    ------
    ClusterMissing
        When the package `distributed` is not installed.
    ClusterError
        When no scheduler answers at `address`, or the workers fail.
    """
    distributed = _distributed()
    try:
        with _client(distributed, address, workers) as client:
            yield client
    except distributed.KilledWorker as error:
        raise ClusterError(f"workers were lost again and again at one step: {error}") from error


def _distributed() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise ClusterMissing(f"{error}: ranking on a cluster needs {INSTALL}") from error


@contextmanager
def _client(distributed: Any, address: str | None, workers: int) -> Iterator[Client]:
    if address is None:
        with (
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=_ANY_PORT,
            ) as started,
            distributed.Client(started, set_as_default=False) as client,
        ):
            yield client
        return
    with _connected(distributed, address) as client:
        yield client


def _connected(distributed: Any, address: str) -> Any:
    try:
        distributed.comm.get_address_host_port(address)  # A client of no address never ends.
        client: Any = distributed.Client(address, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no cluster answers at {address}: {error}") from error
    try:
        client.wait_for_workers(1, timeout=_PATIENCE)
    except OSError as error:
        client.close()
        raise ClusterError(f"the cluster at {address} has no workers") from error
    return client
