"""Access control lists of folders on Windows: the counterpart of Unix' permissions.

Lists are handled as texts of the Security Descriptor Definition Language, such as `D:P(A;OICI;FA;;;SY)`.
"""

import re
import sys
from typing import Final

_ALLOWED: Final = re.compile(r"\((?:A|OA|XA);[^;]*;[^;]*;[^;]*;[^;]*;([^;)]+)[^)]*\)")
_NOT_OTHERS: Final = frozenset({"SY", "BA", "CO", "OW"})
"""The system and administrators, who can read every file anyway, and whoever creates or owns it."""
_NO_LIST: Final = "NO_ACCESS_CONTROL"
"""What the system writes for a folder without a list, which lets everyone in."""
_EVERYONE: Final = "WD"
_OF_APP: Final = ("S-1-15-", "AC")
"""Packaged apps, which only get what the person who runs them may access, too."""


def others_allowed(access_list: str, user: str) -> list[str]:
    """Return who else an access control list lets in: besides this user and the system itself."""
    if _NO_LIST in access_list:
        return [_EVERYONE]
    found = _ALLOWED.findall(access_list)
    return [one for one in found if one != user and one not in _NOT_OTHERS and not one.startswith(_OF_APP)]


def private_list(user: str) -> str:
    """Return the list that lets this user and the system in, into all that is created within too, and inherits none."""
    return f"D:P(A;OICI;FA;;;{user})(A;OICI;FA;;;SY)"


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes
    from pathlib import Path

    _FILE: Final = 1
    """SE_FILE_OBJECT (accctrl.h)."""
    _DACL: Final = 0x00000004
    _PROTECTED: Final = 0x80000000
    """DACL_SECURITY_INFORMATION and PROTECTED_DACL_SECURITY_INFORMATION (winnt.h)."""
    _REVISION: Final = 1
    _TOKEN_QUERY: Final = 8
    _TOKEN_USER: Final = 1

    _advapi = ctypes.WinDLL("advapi32", use_last_error=True)
    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _pointer = ctypes.POINTER(ctypes.c_void_p)
    _text = ctypes.POINTER(wintypes.LPWSTR)
    _kernel.GetCurrentProcess.argtypes = ()
    _kernel.GetCurrentProcess.restype = wintypes.HANDLE
    _kernel.CloseHandle.argtypes = (wintypes.HANDLE,)
    _kernel.LocalFree.argtypes = (ctypes.c_void_p,)
    _kernel.LocalFree.restype = ctypes.c_void_p
    _advapi.OpenProcessToken.argtypes = (wintypes.HANDLE, wintypes.DWORD, ctypes.POINTER(wintypes.HANDLE))
    _advapi.GetTokenInformation.argtypes = (
        wintypes.HANDLE, ctypes.c_int, ctypes.c_void_p, wintypes.DWORD, ctypes.POINTER(wintypes.DWORD),
    )  # fmt: skip
    _advapi.ConvertSidToStringSidW.argtypes = (ctypes.c_void_p, _text)
    _advapi.GetNamedSecurityInfoW.argtypes = (wintypes.LPCWSTR, ctypes.c_int, wintypes.DWORD, *(_pointer,) * 5)
    _advapi.SetNamedSecurityInfoW.argtypes = (
        wintypes.LPCWSTR, ctypes.c_int, wintypes.DWORD, *(ctypes.c_void_p,) * 4,
    )  # fmt: skip
    _advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW.argtypes = (
        ctypes.c_void_p, wintypes.DWORD, wintypes.DWORD, _text, ctypes.c_void_p,
    )  # fmt: skip
    _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW.argtypes = (
        wintypes.LPCWSTR, wintypes.DWORD, _pointer, ctypes.c_void_p,
    )  # fmt: skip
    _advapi.GetSecurityDescriptorDacl.argtypes = (
        ctypes.c_void_p, ctypes.POINTER(wintypes.BOOL), _pointer, ctypes.POINTER(wintypes.BOOL),
    )  # fmt: skip

    def user_id() -> str:
        """Return the security identifier of the user who runs this process. Raise OSError."""
        token, size, found = wintypes.HANDLE(), wintypes.DWORD(), wintypes.LPWSTR()
        _check(_advapi.OpenProcessToken(_kernel.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)))
        try:
            _advapi.GetTokenInformation(token, _TOKEN_USER, None, 0, ctypes.byref(size))
            user = ctypes.create_string_buffer(size.value)
            _check(_advapi.GetTokenInformation(token, _TOKEN_USER, user, size, ctypes.byref(size)))
        finally:
            _kernel.CloseHandle(token)
        _check(_advapi.ConvertSidToStringSidW(ctypes.c_void_p.from_buffer(user), ctypes.byref(found)))
        return _taken(found)

    def access_list(folder: Path) -> str:
        """Return the access control list of a folder. Raise OSError."""
        owner, group, dacl, sacl, descriptor = (ctypes.c_void_p() for _ in range(5))
        parts = (ctypes.byref(part) for part in (owner, group, dacl, sacl, descriptor))
        _raise_for(_advapi.GetNamedSecurityInfoW(str(folder), _FILE, _DACL, *parts))
        found = wintypes.LPWSTR()
        try:
            _check(
                _advapi.ConvertSecurityDescriptorToStringSecurityDescriptorW(
                    descriptor, _REVISION, _DACL, ctypes.byref(found), None
                )
            )
        finally:
            _kernel.LocalFree(descriptor)
        return _taken(found)

    def set_access_list(folder: Path, wanted: str) -> None:
        """Set the access control list of a folder, which inherits nothing from then on. Raise OSError."""
        descriptor, dacl = ctypes.c_void_p(), ctypes.c_void_p()
        present, defaulted = wintypes.BOOL(), wintypes.BOOL()
        _check(
            _advapi.ConvertStringSecurityDescriptorToSecurityDescriptorW(
                wanted, _REVISION, ctypes.byref(descriptor), None
            )
        )
        try:
            found = ctypes.byref(present), ctypes.byref(dacl), ctypes.byref(defaulted)
            _check(_advapi.GetSecurityDescriptorDacl(descriptor, *found))
            _raise_for(_advapi.SetNamedSecurityInfoW(str(folder), _FILE, _DACL | _PROTECTED, None, None, dacl, None))
        finally:
            _kernel.LocalFree(descriptor)

    def _taken(text: wintypes.LPWSTR) -> str:
        """Return a text of the system's and free its memory."""
        try:
            return text.value or ""
        finally:
            _kernel.LocalFree(text)

    def _check(succeeded: int) -> None:
        if not succeeded:
            raise ctypes.WinError(ctypes.get_last_error())

    def _raise_for(error: int) -> None:
        if error:
            raise ctypes.WinError(error)
