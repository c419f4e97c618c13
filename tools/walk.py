"""Follows docs/operations.md, "Without Docker", to the letter on a copy of this machine: tools/walk.py (root, Debian, network).

The copy is an overlay over the file system in its own mount and process namespace: nothing that is written or started
outlives the walk.  Three things are done for the reader: names in angle brackets are filled in, the first editor is made
without a terminal, and a certificate for the proxy is signed by itself.  Where there is no systemd, `systemctl` is a
stand-in that starts what the units say.
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
STAND_IN = f'#!/bin/sh\nexec /usr/bin/python3 {Path(__file__).resolve()} --systemctl "$@"\n'
# what the walk looks at when the last command has run, and what must be in it
LOOKS = (
    ("the proxy serves the front page", "curl -sk --resolve hyperbole.example:443:127.0.0.1 https://hyperbole.example/", "interstellar"),
    ("drafts and checks stand in PostgreSQL", "su hyperbole -c \"psql -tc 'SELECT count(*) > 0 FROM claims_checkrun' hyperbole\"", "t"),
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
        sys.exit(f"walk: ended with {done.returncode}: {command}\n{done.stdout[-1500:]}{done.stderr[-2500:]}")
    if not quiet:
        print(f"  {time.monotonic() - began:.0f} s", flush=True)
    return done.stdout


def walk() -> None:
    """Inside the copy: every step, then the looks."""
    stand_in = Path("/usr/local/bin/systemctl")
    stand_in.write_text(STAND_IN)
    stand_in.chmod(0o755)
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
        if step.startswith("apt-get install"):  # a Debian with systemd has started them by now
            for service in ("postgresql", "redis-server", "nginx"):
                sh(f"service {service} start || true")
    for what, command, expected in LOOKS:
        told = sh(command)
        if expected not in told:
            sys.exit(f"walk: {what}: expected {expected!r} in\n{told[-1500:]}")
        print(f"  {what}: yes", flush=True)
    print("walk: every step of the document was followed, and what it promises is there")


def systemctl(words: list[str]) -> None:
    """What the document asks of systemd: start the commands of units, restart and reload services."""
    names = [word for word in words[1:] if not word.startswith("-")]
    if words[0] in ("restart", "reload"):
        subprocess.run(["service", *names, words[0]], check=True, stdout=subprocess.DEVNULL)
    if words[0] != "enable":
        return
    for name in (name for name in names if not name.endswith(".target")):
        unit, _, instance = name.partition("@")
        told: dict[str, list[str]] = {}
        for line in (
            Path(f"/etc/systemd/system/{unit}{'@' if instance else ''}.service").read_text().splitlines()
        ):
            if "=" in line and not line.startswith("#"):
                told.setdefault(line.split("=", 1)[0], []).append(
                    line.split("=", 1)[1].replace("%i", instance).replace("%%", "%")
                )
        as_user = ["setpriv", "--reuid", told["User"][0], "--regid", told["User"][0], "--init-groups"]
        variables = dict(
            line.split("=", 1)
            for line in [
                *Path(told["EnvironmentFile"][0]).read_text().splitlines(),
                *told.get("Environment", []),
            ]
            if "=" in line
        )
        variables |= {"PATH": EMPTY["PATH"], "HOME": "/srv/hyperbole"}
        for command in told.get("ExecStartPre", []):
            subprocess.run(
                [*as_user, "sh", "-c", command], cwd=told["WorkingDirectory"][0], env=variables, check=True
            )
        with Path(f"/var/log/{name}.log").open("w") as log:
            subprocess.Popen(
                [*as_user, "sh", "-c", told["ExecStart"][0]], cwd=told["WorkingDirectory"][0], env=variables,
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip


def main() -> int:
    """Make the copy, walk in it, throw it away."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        sys.exit("walk: expected root on a Debian")
    with tempfile.TemporaryDirectory(prefix="hyperbole-walk-") as folder:
        inside = (
            f"mount -t tmpfs -o size=8g walk {folder} && cd {folder} && mkdir upper work root && "
            "mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work walk root && "
            "mount -t proc proc root/proc && mount --rbind /dev root/dev && mount -t tmpfs run root/run && "
            "rm -rf root/srv/hyperbole && rm -f root/usr/sbin/policy-rc.d && "
            f"exec chroot root /usr/bin/python3 {Path(__file__).resolve()} --inside"
        )
        command = ["unshare", "--mount", "--pid", "--fork", "--kill-child", "sh", "-c", inside]
        return subprocess.run(command, env=EMPTY).returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["--systemctl"]:
        systemctl(sys.argv[2:])
    elif sys.argv[1:] == ["--inside"]:
        walk()
    else:
        sys.exit(main())
