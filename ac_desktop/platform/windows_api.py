"""The functions of the Windows API that the program calls, each with its types.

ctypes takes what has no type for an int of 32 bits, while a handle has 64: a call without types does nothing, silently.
"""

import sys

if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes
    from typing import Final

    _BELOW_NORMAL: Final = 0x00004000
    """BELOW_NORMAL_PRIORITY_CLASS of SetPriorityClass (processthreadsapi.h)."""
    _THREAD_BELOW_NORMAL: Final = -1
    """THREAD_PRIORITY_BELOW_NORMAL of SetThreadPriority (processthreadsapi.h)."""
    _FAIL_IMMEDIATELY: Final = 1
    _EXCLUSIVE: Final = 2
    """LOCKFILE_FAIL_IMMEDIATELY and LOCKFILE_EXCLUSIVE_LOCK of LockFileEx (fileapi.h)."""
    _LOCKED: Final = frozenset({33, 997})
    """ERROR_LOCK_VIOLATION, and ERROR_IO_PENDING of a file that is open for overlapped access (winerror.h)."""
    _TICKS: Final = 10_000_000
    """Units of a FILETIME in a second (minwinbase.h)."""
    _UNIX_EPOCH: Final = 11_644_473_600
    """Seconds from the epoch of a FILETIME, 1601, to that of Unix."""

    _SYNCHRONIZE: Final = 0x00100000
    """SYNCHRONIZE of OpenProcess (winnt.h)."""
    _ACCESS_DENIED: Final = 5
    """ERROR_ACCESS_DENIED (winerror.h)."""
    _STILL_RUNNING: Final = 0x102
    """WAIT_TIMEOUT of WaitForSingleObject (synchapi.h)."""
    _REMOTE: Final = 4
    """DRIVE_REMOTE of GetDriveTypeW (fileapi.h)."""
    _ANY_PROCESS: Final = 0xFFFFFFFF
    """ASFW_ANY of AllowSetForegroundWindow (winuser.h)."""
    _ICON_WARNING: Final = 0x30
    _SET_FOREGROUND: Final = 0x10000
    """MB_ICONWARNING and MB_SETFOREGROUND of MessageBoxW (winuser.h)."""

    class _Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS (psapi.h)."""

        _fields_ = (
            ("size", wintypes.DWORD),
            ("page_faults", wintypes.DWORD),
            ("peak_working_set", ctypes.c_size_t),
            ("working_set", ctypes.c_size_t),
            ("quota_peak_paged", ctypes.c_size_t),
            ("quota_paged", ctypes.c_size_t),
            ("quota_peak_non_paged", ctypes.c_size_t),
            ("quota_non_paged", ctypes.c_size_t),
            ("pagefile", ctypes.c_size_t),
            ("peak_pagefile", ctypes.c_size_t),
        )

    class _Overlapped(ctypes.Structure):
        """OVERLAPPED (minwinbase.h)."""

        _fields_ = (
            ("internal", ctypes.c_size_t),
            ("internal_high", ctypes.c_size_t),
            ("offset", wintypes.DWORD),
            ("offset_high", wintypes.DWORD),
            ("event", wintypes.HANDLE),
        )

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.GetCurrentProcess.argtypes = _kernel.GetCurrentThread.argtypes = ()
    _kernel.GetCurrentProcess.restype = _kernel.GetCurrentThread.restype = wintypes.HANDLE
    _kernel.SetPriorityClass.argtypes = (wintypes.HANDLE, wintypes.DWORD)
    _kernel.SetThreadPriority.argtypes = (wintypes.HANDLE, ctypes.c_int)
    _kernel.K32GetProcessMemoryInfo.argtypes = (wintypes.HANDLE, ctypes.POINTER(_Counters), wintypes.DWORD)
    _kernel.GetProcessTimes.argtypes = (wintypes.HANDLE, *(ctypes.POINTER(wintypes.FILETIME),) * 4)
    _kernel.OpenProcess.argtypes = (wintypes.DWORD, wintypes.BOOL, wintypes.DWORD)
    _kernel.OpenProcess.restype = wintypes.HANDLE
    _kernel.WaitForSingleObject.argtypes = (wintypes.HANDLE, wintypes.DWORD)
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.LockFileEx.argtypes = (wintypes.HANDLE, *(wintypes.DWORD,) * 4, ctypes.POINTER(_Overlapped))
    _kernel.GetConsoleMode.argtypes = (wintypes.HANDLE, ctypes.POINTER(wintypes.DWORD))
    _kernel.GetDriveTypeW.argtypes = (wintypes.LPCWSTR,)
    _user = ctypes.WinDLL("user32", use_last_error=True)
    _user.AllowSetForegroundWindow.argtypes = (wintypes.DWORD,)
    _user.MessageBoxW.argtypes = (wintypes.HWND, wintypes.LPCWSTR, wintypes.LPCWSTR, wintypes.UINT)

    def is_running(process: int) -> bool:
        """Whether a process runs; one that this user may not ask about does, too."""
        handle = _kernel.OpenProcess(_SYNCHRONIZE, False, process)  # noqa: FBT003  the function's own signature
        if not handle:
            return ctypes.get_last_error() == _ACCESS_DENIED
        try:
            return bool(_kernel.WaitForSingleObject(handle, 0) == _STILL_RUNNING)
        finally:
            _kernel.CloseHandle(handle)

    def is_console(descriptor: int) -> bool:
        """Whether a file is a console: the null device is a terminal to C's isatty, and nobody types there."""
        return bool(_kernel.GetConsoleMode(msvcrt.get_osfhandle(descriptor), ctypes.byref(wintypes.DWORD())))

    def lower_process_priority() -> None:
        """Lower the priority of this process below the normal one. Raise OSError."""
        _check(_kernel.SetPriorityClass(_kernel.GetCurrentProcess(), _BELOW_NORMAL))

    def lower_thread_priority() -> None:
        """Lower the priority of this thread below the normal one. Raise OSError."""
        _check(_kernel.SetThreadPriority(_kernel.GetCurrentThread(), _THREAD_BELOW_NORMAL))

    def memory() -> int:
        """Return the bytes of memory this process uses: its working set. Raise OSError."""
        counters = _Counters(size=ctypes.sizeof(_Counters))
        _check(_kernel.K32GetProcessMemoryInfo(_kernel.GetCurrentProcess(), ctypes.byref(counters), counters.size))
        return int(counters.working_set)

    def process_start() -> float:
        """Return when this process was created, in seconds since the epoch. Raise OSError."""
        times = (wintypes.FILETIME * 4)()
        _check(_kernel.GetProcessTimes(_kernel.GetCurrentProcess(), *(ctypes.byref(time) for time in times)))
        created = times[0]
        return float((created.dwHighDateTime << 32 | created.dwLowDateTime) / _TICKS - _UNIX_EPOCH)

    def try_lock(descriptor: int, *, shared: bool) -> bool:
        """Lock the first byte of an open file unless that is locked; return whether it was locked. Raise OSError."""
        flags = _FAIL_IMMEDIATELY | (0 if shared else _EXCLUSIVE)
        handle = msvcrt.get_osfhandle(descriptor)
        if _kernel.LockFileEx(handle, flags, 0, 1, 0, ctypes.byref(_Overlapped())):
            return True
        error = ctypes.get_last_error()
        if error not in _LOCKED:
            raise ctypes.WinError(error)
        return False

    def is_remote_drive(root: str) -> bool:
        """Whether a drive, named as in `Z:\\`, is one of the network."""
        return bool(_kernel.GetDriveTypeW(root) == _REMOTE)

    def set_program_id(program: str) -> None:
        """Set the AppUserModelID of this process, before it shows its first window. Raise OSError."""
        shell = ctypes.WinDLL("shell32")
        shell.SetCurrentProcessExplicitAppUserModelID.argtypes = (wintypes.LPCWSTR,)
        shell.SetCurrentProcessExplicitAppUserModelID.restype = ctypes.HRESULT
        shell.SetCurrentProcessExplicitAppUserModelID(program)

    def allow_others_to_front() -> None:
        """Allow any process to set the foreground window; Windows refuses it to one that is not in front itself."""
        _user.AllowSetForegroundWindow(_ANY_PROCESS)

    def show_message(title: str, text: str) -> None:
        """Show a message box and wait until a person has closed it."""
        _user.MessageBoxW(None, text, title, _ICON_WARNING | _SET_FOREGROUND)

    def _check(succeeded: int) -> None:
        if not succeeded:
            raise ctypes.WinError(ctypes.get_last_error())
