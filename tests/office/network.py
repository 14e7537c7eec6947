"""A network of a workstation's own, whose cable can be pulled: what is on the way then is never acknowledged.

Linux's network namespaces and nftables, for root alone. The workstation goes on speaking to this computer's loopback
address: its system sends that over the cable.
"""

import os
import shutil
import subprocess
from typing import Final

_CUT: Final = "cut"


def can_have_networks() -> bool:
    """Whether this computer lets us make networks (Debian's packages `iproute2` and `nftables`, as root)."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("ip") and shutil.which("nft")):
        return False
    tried = subprocess.run(["ip", "netns", "add", "acd-try"], capture_output=True, check=False)
    subprocess.run(["ip", "netns", "delete", "acd-try"], capture_output=True, check=False)
    return tried.returncode == 0


class Network:
    """A network with one computer in it, joined to this one by a cable of its own."""

    def __init__(self, number: int) -> None:
        self._name: Final = f"acd-{os.getpid()}-{number}"
        self._inner = f"acdn{number}"
        self._outer = f"acdh{number}"
        self.host: Final = f"10.199.{number}.1"
        """This computer's address at its end of the cable."""
        self._guest = f"10.199.{number}.2"
        self.within: Final = ("ip", "netns", "exec", self._name)

    def lay(self, *ports: int) -> None:
        """Make the network; these ports of loopback are reached over the cable."""
        _run("ip", "netns", "add", self._name)
        _run("ip", "link", "add", self._outer, "type", "veth", "peer", "name", self._inner, "netns", self._name)
        _run("ip", "address", "add", f"{self.host}/24", "dev", self._outer)
        _run("ip", "link", "set", self._outer, "up")
        _run(*self.within, "ip", "link", "set", "lo", "up")
        _run(*self.within, "ip", "address", "add", f"{self._guest}/24", "dev", self._inner)
        _run(*self.within, "ip", "link", "set", self._inner, "up")
        _run(*self.within, "sysctl", "-qw", "net.ipv4.conf.all.route_localnet=1")
        ways = "\n".join(f"ip daddr 127.0.0.1 tcp dport {port} dnat to {self.host}:{port}" for port in ports)
        self._filter(
            f"table ip way {{\n chain out {{ type nat hook output priority -100;\n {ways}\n }}\n"
            f' chain post {{ type nat hook postrouting priority 100; oifname "{self._inner}" masquerade\n }}\n}}\n'
        )

    def cut(self, port: int) -> None:
        """Pull the cable for what is said to and from a port; neither end is told."""
        self._filter(
            f"table ip {_CUT} {{\n chain out {{ type filter hook output priority 0; tcp dport {port} drop\n }}\n"
            f" chain in {{ type filter hook input priority 0; tcp sport {port} drop\n }}\n}}\n"
        )

    def mend(self) -> None:
        """Plug it in again."""
        _run(*self.within, "nft", "delete", "table", "ip", _CUT)

    def remove(self) -> None:
        """Remove the network; the cable goes with it."""
        subprocess.run(["ip", "netns", "delete", self._name], capture_output=True, check=False)
        subprocess.run(["ip", "link", "delete", self._outer], capture_output=True, check=False)

    def _filter(self, rules: str) -> None:
        subprocess.run([*self.within, "nft", "-f", "-"], input=rules, text=True, check=True)


def _run(*command: str) -> None:
    subprocess.run(command, check=True)
