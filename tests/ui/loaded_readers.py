"""Readers of files that are forked from a process which has loaded what they need."""

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch


@contextmanager
def loaded_readers() -> Iterator[None]:
    """Fork readers where the system can do so: a start as in the program takes a third of a second of the processor.

    How they start there is proved by `tests/importing/test_reader_process.py` and by the console's tests.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        yield
        return
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["ac_desktop.importing.reader_process"])
    with patch.object(multiprocessing, "get_context", lambda _method=None: context):
        yield
