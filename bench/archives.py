"""Polls through adapters and ingest against the fake archives: how many a second, and an unchanged one against a changed.

No pace and no queue: what is timed is asking, reading and storing, on a database of this run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]

WHOLE = """
import json, time, django
from dataclasses import replace
django.setup()
from datetime import timedelta
from statistics import median
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from claims.catalogue.loading import load
from claims.catalogue.reading import read_catalogue
from ephemeris.archives.registry import archives, hosts
from ephemeris.ingest import store
from ephemeris.models import ArchivePoll, Campaign, Holding
from ephemeris.polling import packed, unpacked
from ephemeris.questions import completed, question_of
from ephemeris.schedule_of_polls import due
from ephemeris.wire import Wire
from tests.ephemeris.archives.asking import put
from tests.fakes.server import Fake
from tests.fakes.world import SAMPLES, SPELLING, standard_world

call_command("migrate", verbosity=0)
catalogue = read_catalogue(settings.BASE_DIR / "data")
load(replace(catalogue, claims={}, readings={}), at=timezone.now(), progress=lambda *_: None)
now, number = timezone.now(), 0
rows = []

def timed(name, subjects, wire, fake, change=None):
    "Polls of subjects at archives: the time to ask and read, and the time to store."
    global now, number
    asking, storing, requests = [], [], len(fake.log)
    for subject, archive in subjects:
        now, number = now + timedelta(minutes=1), number + 1
        if change:
            change(number)
        question = completed(question_of(subject), subject, archive, now=now)
        began = time.perf_counter()
        answer = put(archive, question, wire)
        read = time.perf_counter()
        store(answer, subject, asked_at=now, key=f"{name} {number}", witness=archive.witness)
        asking.append(read - began)
        storing.append(time.perf_counter() - read)
    total = sum(asking) + sum(storing)
    rows.append(dict(
        name=name, polls=len(asking), requests=len(fake.log) - requests, polls_per_s=len(asking) / total,
        asked_and_read_ms=1e3 * median(asking), stored_ms=1e3 * median(storing),
    ))

def serve(number_of_products):
    fake = Fake(world=standard_world(number_of_products))
    fake.start()
    return fake, Wire(hosts(), settings.USER_AGENT, route=fake.route)

fake, wire = serve(6)
subjects = {row.key: row for row in Campaign.objects.select_related("body")}
every = [(subjects[one.subject.split(":")[1]], archives()[one.archive]) for one in due(now, everything=True)]
timed("every question, first look", every, wire, fake)
timed("every question again", every, wire, fake)
wire.close(), fake.stop()

fake, wire = serve(1000)
sample = SAMPLES["eso"]
eso = [pair for pair in every if pair[1].name == "eso" and pair[0].instrument == sample.instrument]
assert len(eso) == 1, f"need the one campaign of the sample question, {sample.instrument}"
mine = [place for place, product in enumerate(fake.world.products) if product.archive == "eso" and SPELLING.is_it(product.target)]

def one_more_day(number):
    "One product in fifty gets another release date."
    for place in mine[number % 50 :: 50]:
        product = fake.world.products[place]
        fake.world.products[place] = replace(product, release=product.release + timedelta(days=1))

timed("1,000 products of one archive, first look", eso, wire, fake)
timed("the same, unchanged", eso * {again}, wire, fake)
timed("the same, 20 of them changed", eso * {again}, wire, fake, one_more_day)
wire.close(), fake.stop()
unchanged, changed = rows[-2], rows[-1]
rows.append(dict(name="changed poll against an unchanged one, storing", ratio=changed["stored_ms"] / unchanged["stored_ms"]))
rows.append(dict(name="changed poll against an unchanged one, whole", ratio=unchanged["polls_per_s"] / changed["polls_per_s"]))
print(json.dumps(dict(rows=rows, polls=ArchivePoll.objects.count(), holdings=Holding.objects.count())))
"""
AGAIN = 30


def main() -> list[dict[str, Any]]:
    """Return a row for each kind of poll, and what a change costs."""
    with tempfile.TemporaryDirectory(prefix="hyp-bench-") as var:
        environment = {
            **os.environ, "HYPERBOLE_VAR": var, "DATABASE_URL": "", "REDIS_URL": "",
            "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        told = subprocess.run(
            [sys.executable, "-c", WHOLE.replace("{again}", str(AGAIN))],
            cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    rows: list[dict[str, Any]] = json.loads(told.stdout.splitlines()[-1])["rows"]
    return rows


if __name__ == "__main__":
    print(json.dumps(main(), indent=1))
