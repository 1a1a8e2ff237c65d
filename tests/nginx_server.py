"""The real nginx with the shipped configuration, on ports of its own."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.system import ROOT, free_port, wait_until

SHIPPED = ROOT / "deploy" / "nginx.conf"


class NoNginx(Exception):
    """There is no nginx on this machine."""


def configured(upstream: int, http: int, https: int, cert: Path, key: Path) -> str:
    """Give the shipped configuration with what an operator sets in it."""
    text = SHIPPED.read_text("utf-8")
    changes = {
        "server 127.0.0.1:8050;": f"server 127.0.0.1:{upstream};",
        "listen 80;": f"listen 127.0.0.1:{http};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{https} ssl http2;",
        "lianxin.example": "localhost",
        "/etc/lianxin/chain.pem": str(cert),
        "/etc/lianxin/key.pem": str(key),
    }
    for written, wanted in changes.items():
        assert written in text, f"{SHIPPED} has no {written!r}"
        text = text.replace(written, wanted)
    return re.sub(r"^\s*listen \[::\].*\n", "", text, flags=re.MULTILINE)


@contextmanager
def nginx(folder: Path, upstream: int, cert: Path, key: Path) -> Iterator[tuple[str, str]]:
    """Start nginx in front of a port; give its addresses, plain and by TLS."""
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if found is None:
        raise NoNginx
    http, https = free_port(), free_port()
    (folder / "site.conf").write_text(configured(upstream, http, https, cert, key))
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/nginx.pid; worker_processes 1;\n"
        f"error_log {folder}/error.log;\nevents {{ worker_connections 512; }}\n"
        f"http {{ access_log off;\n{temporary}include {folder}/site.conf; }}\n"
    )
    process = subprocess.Popen(
        [found, "-p", folder, "-c", folder / "nginx.conf", "-e", folder / "error.log"],
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_until((folder / "nginx.pid").exists, 10, process)
        yield f"http://localhost:{http}", f"https://localhost:{https}"
    finally:
        process.terminate()
        process.wait(10)
