"""The program in its Windows form, on Linux: CPython for Windows and the locked wheels for Windows, run by Wine."""
