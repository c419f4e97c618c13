"""Follows docs/operations.md, "Without Docker", to the letter on a copy of this machine: tools/walk.py (root, Debian, network).

The copy is an overlay over the file system with namespaces of its own, in which a systemd of its own is booted: the units
run as they would on the real machine, sandboxing included, and nothing that is written or started outlives the walk.
Three things are done for the reader: names in angle brackets are filled in, the first editor is made without a terminal,
and a certificate for the proxy is signed by itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECTION = re.compile(r"^## Without Docker.*?(?=^Under any other process manager)", re.MULTILINE | re.DOTALL)
CERTIFICATE = (
    "mkdir -p /etc/ssl/hyperbole && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=hyperbole.example "
    "-keyout /etc/ssl/hyperbole/key.pem -out /etc/ssl/hyperbole/fullchain.pem 2>/dev/null"
)
EMPTY = {
    "HOME": "/root",
    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "DEBIAN_FRONTEND": "noninteractive",
}
SYSTEMD = Path("/lib/systemd/systemd")
UNITS = "hyperbole-web hyperbole-worker@interactive hyperbole-worker@refresh-bulk hyperbole-beat"
# what the walk looks at when the last command has run, and what must be in it
LOOKS = (
    ("the proxy serves the front page", "curl -sk --resolve hyperbole.example:443:127.0.0.1 https://hyperbole.example/", "interstellar"),
    ("drafts and checks stand in PostgreSQL", "su hyperbole -c \"psql -tc 'SELECT count(*) > 0 FROM claims_checkrun' hyperbole\"", "t"),
    ("systemd holds every unit", f"systemctl is-active hyperbole.target {UNITS} postgresql redis-server nginx | sort | uniq -c", " 8 active"),
    ("nothing has failed", f"systemctl show --property=Result --property=NRestarts {UNITS} | sort | uniq -c", "4 NRestarts=0"),
    ("a killed web server comes back", "systemctl kill --signal=SIGKILL hyperbole-web && sleep 2 && curl --silent --fail --retry 60 --retry-delay 1 --retry-connrefused http://127.0.0.1:8000/readyz && systemctl show --property=NRestarts hyperbole-web", "NRestarts=1"),
    ("its units are closed to what they do not need", f"for unit in {UNITS}; do systemd-analyze security --no-pager $unit.service | tail -1; done", "OK"),
    ("both workers answer", 'su hyperbole -c "cd /srv/hyperbole/checkout && set -a && . /etc/hyperbole.env && .venv/bin/python -m celery --app config inspect ping --timeout 10"', "2 nodes online"),
    ("workers tell their events", 'su hyperbole -c "cd /srv/hyperbole/checkout && set -a && . /etc/hyperbole.env && .venv/bin/python -m celery --app config control --timeout 10 enable_events"', "task events enabled"),
    ("the restored record is whole", "su hyperbole -c \"psql -tc 'SELECT count(*) FROM claims_claim' restored\"", "100"),
    ("its log holds", "su hyperbole -c \"cd /srv/hyperbole/checkout && set -a && . /etc/hyperbole.env && DATABASE_URL='postgresql://hyperbole@/restored?host=/run/postgresql' .venv/bin/python manage.py verify_log\"", ""),
)  # fmt: skip


def steps() -> list[str]:
    """The blocks of the section, each one line of shell or, for the environment file, its text."""
    section = SECTION.search((ROOT / "docs" / "operations.md").read_text())
    assert section is not None
    found: list[str] = []
    for block in re.findall(r"(?:^    .*\n)+", section[0], re.MULTILINE):
        lines = [line[4:] for line in block.splitlines()]
        found += ["\n".join(lines)] if lines[0].startswith("HYPERBOLE_") else lines
    return found


def filled(step: str) -> str:
    """A step with what stands in angle brackets put in."""
    step = step.replace("<this repository>", f"file://{ROOT}")
    return re.sub(
        r"<(python3 -c .*?)>$", lambda found: sh(found[1], quiet=True).strip(), step, flags=re.MULTILINE
    )


def sh(command: str, *, quiet: bool = False) -> str:
    """What a command says; the walk ends where it fails."""
    began = time.monotonic()
    if not quiet:
        print(f"$ {command}", flush=True)
    done = subprocess.run(["sh", "-c", command], env=EMPTY, cwd="/root", capture_output=True, text=True)
    if done.returncode:
        journal = subprocess.run(
            ["journalctl", "--no-pager", "--lines=40"], capture_output=True, text=True
        ).stdout
        sys.exit(
            f"walk: ended with {done.returncode}: {command}\n{done.stdout[-1500:]}{done.stderr[-2500:]}\n{journal}"
        )
    if not quiet:
        print(f"  {time.monotonic() - began:.0f} s", flush=True)
    return done.stdout


def walk() -> None:
    """Inside the copy: every step, then the looks."""
    sh("systemctl is-system-running --wait || true")  # units of this machine that need its hardware may fail
    sh("git config --global --add safe.directory '*'", quiet=True)
    for step in map(filled, steps()):
        if step.startswith("HYPERBOLE_"):
            Path("/etc/hyperbole.env").write_text(f"{step}\n")
            continue
        if "createsuperuser" in step:
            step = step.replace("&& .venv", "&& DJANGO_SUPERUSER_PASSWORD=of-the-walk-alone .venv").replace(
                "createsuperuser",
                "createsuperuser --noinput --username walker --email walker@hyperbole.example",
            )
        if step.startswith("nginx -t"):
            sh(CERTIFICATE)
        sh(step)
    for what, command, expected in LOOKS:
        told = sh(command)
        if expected not in told:
            sys.exit(f"walk: {what}: expected {expected!r} in\n{told[-1500:]}")
        print(f"  {what}: yes", flush=True)
    print("walk: every step of the document was followed, and what it promises is there")


def copy_and_boot(folder: str) -> str:
    """Shell that lays the copy out below ``folder``, in namespaces of its own, and becomes its systemd."""
    devices = "null zero full random urandom tty"
    return f"""set -e
        mount -t tmpfs -o size=8g walk {folder}
        cd {folder}
        mkdir upper work root
        mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work walk root
        mount -t proc proc root/proc
        mount -t sysfs -o ro sys root/sys
        mount -t cgroup2 cgroup root/sys/fs/cgroup
        mount -t tmpfs -o mode=755 run root/run
        mount -t tmpfs -o mode=755 dev root/dev
        for name in {devices}; do touch root/dev/$name; mount --bind /dev/$name root/dev/$name; done
        mkdir root/dev/shm root/dev/pts
        mount -t tmpfs -o mode=1777 shm root/dev/shm
        mount -t devpts -o newinstance,ptmxmode=0666 pts root/dev/pts
        ln -s pts/ptmx root/dev/ptmx
        ln -s /proc/self/fd root/dev/fd
        rm -rf root/srv/hyperbole
        rm -f root/usr/sbin/policy-rc.d
        cd root
        mkdir before
        pivot_root . before  # not chroot: a process in a chroot may not open the user namespaces that some units ask for
        exec env --ignore-environment container=overlay PATH={EMPTY["PATH"]} sh -c 'umount --lazy /before && exec {SYSTEMD} --unit=multi-user.target'
    """


def first_process(parent: int) -> str:
    """The number of the copy's systemd, once it is one."""
    for _ in range(100):
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        if children and Path(f"/proc/{children[0]}/comm").read_text().strip() == "systemd":
            return children[0]
        time.sleep(0.1)
    sys.exit("walk: the copy's systemd did not start")


def main() -> int:
    """Make the copy, walk in it, throw it away."""
    if os.getuid() != 0 or not shutil.which("apt-get") or not SYSTEMD.exists():
        sys.exit("walk: expected root on a Debian with systemd (apt-get install systemd)")
    with tempfile.TemporaryDirectory(prefix="hyperbole-walk-") as folder:
        log = Path(folder).with_suffix(".log")
        with log.open("w") as told:
            copy = subprocess.Popen(
                ["unshare", "--mount", "--pid", "--cgroup", "--fork", "--kill-child", "sh", "-c", copy_and_boot(folder)],
                env=EMPTY, stdin=subprocess.DEVNULL, stdout=told, stderr=told,
            )  # fmt: skip
        try:
            namespaces = ["--mount", "--pid", "--cgroup", "--root", "--wd=/root"]
            enter = ["nsenter", "--target", first_process(copy.pid), *namespaces]
            return subprocess.run(
                [*enter, "/usr/bin/python3", str(Path(__file__).resolve()), "--inside"], env=EMPTY
            ).returncode
        finally:
            copy.kill()
            copy.wait()
            log.unlink()


if __name__ == "__main__":
    if sys.argv[1:] == ["--inside"]:
        walk()
    else:
        sys.exit(main())
