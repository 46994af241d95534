"""Processes beside the test's own, which find the application loaded: loading it takes seconds."""

import multiprocessing

processes = multiprocessing.get_context("forkserver")
processes.set_forkserver_preload(["marketplace.app", "marketplace.cli", "marketplace.worker"])
