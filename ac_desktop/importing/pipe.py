"""The type of a pipe's end between two processes, which `multiprocessing` names differently on Windows."""

import sys

__all__ = ["Pipe"]

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Pipe
else:
    from multiprocessing.connection import Connection as Pipe
