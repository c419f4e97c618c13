"""From a campaign or an enquiry to the question that archives are asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from ephemeris.archives.contract import Archive, Question, SkyPosition
from ephemeris.archives.names import Spelling, spelling
from ephemeris.archives.registry import archives_for
from ephemeris.models import ArchivePoll, Campaign, Enquiry, Proposal, SmallBody
from ephemeris.orbits import orbit_in_use
from science.ephemerides import ephemeris

Subject = Campaign | Enquiry
FULL_PULL_EVERY = timedelta(days=7)
MOST_POSITIONS = 62
# what a poll says whose archive spared us the long list, because the short one had not changed
UNCHANGED = "nothing changed since the last full answer"


def subject_of(name: str) -> Subject | None:
    """The campaign or enquiry of a subject's name, such as ``campaign:jwst-miri-2025-12``."""
    kind, _, key = name.partition(":")
    if kind == "campaign":
        return Campaign.objects.select_related("body").filter(key=key).first()
    if kind == "enquiry":
        return Enquiry.objects.select_related("body").filter(key=key, active=True).first()
    raise ValueError(f"subject {name!r}: expected campaign:… or enquiry:…")


def name_of(subject: Subject) -> str:
    return f"{'campaign' if isinstance(subject, Campaign) else 'enquiry'}:{subject.key}"


def spelling_of(body: SmallBody) -> Spelling:
    """How an object may be spelled: its designations, and what editors decided about others."""
    decided: dict[str, set[str]] = {"confirmed": set(), "rejected": set()}
    rows = Proposal.objects.filter(campaign__body=body, kind="target").exclude(state="proposed")
    for state, value in rows.values_list("state", "value"):
        decided[state].add(value)
    return _spelling(body, decided["confirmed"], decided["rejected"])


def _spelling(body: SmallBody, confirmed: Iterable[str] = (), rejected: Iterable[str] = ()) -> Spelling:
    return spelling(
        body.designation,
        body.full_designation,
        list(body.other_designations),
        confirmed=frozenset(confirmed),
        rejected=frozenset(rejected),
    )


def question_of(subject: Subject, spelled: Spelling | None = None) -> Question | None:
    """The question of a campaign or enquiry, without what only one archive needs; None without dates."""
    programs = _programs(subject) if spelled is None else ()
    spelled = spelled or spelling_of(subject.body)
    if isinstance(subject, Enquiry):
        return Question(
            key=subject.key,
            body=subject.body.designation,
            spelling=spelled,
            archive=subject.archive,
            facility=subject.facility,
            instrument=subject.facility,
            observed_from=subject.window_from,
            observed_to=subject.window_to,
        )
    if subject.observed_from is None:
        return None
    return Question(
        key=subject.key,
        body=subject.body.designation,
        spelling=spelled,
        archive=subject.archive,
        facility=subject.facility,
        instrument=subject.instrument,
        observed_from=subject.observed_from,
        observed_to=subject.observed_to or subject.observed_from,
        programs=programs,
    )


def _programs(subject: Subject) -> tuple[str, ...]:
    """The programmes of a campaign that the catalogue or an editor confirmed."""
    if isinstance(subject, Enquiry):
        return ()
    decided = subject.proposals.filter(kind="program", state="confirmed").values_list("value", flat=True)
    named = re.findall(r"[^,\s]+", subject.program_id) if subject.program_id_confirmed else []
    return tuple(sorted({*named, *decided}))


def archives_of(subject: Subject) -> list[Archive]:
    """The archives that a machine asks about a subject, the archive of record first.

    Which they are depends on no spelling, so nothing is read for it.
    """
    question = question_of(subject, _spelling(subject.body))
    return archives_for(question) if question else []


def completed(question: Question, subject: Subject, archive: Archive, *, now: datetime) -> Question:
    """The question with what this archive needs besides: positions for a survey, the last list it gave."""
    if archive.name == "irsa":
        return replace(question, positions=positions(question))
    last = (
        ArchivePoll.objects.filter(archive=archive.name, outcome="answered", **of_subject(subject))
        .exclude(observations_digest="")
        .exclude(message=UNCHANGED)
        .order_by("-asked_at", "-pk")
        .first()
    )
    if last is not None and now - last.asked_at < FULL_PULL_EVERY:
        return replace(question, known_rows=last.observations_digest)
    return question


def of_subject(subject: Subject) -> dict[str, Subject]:
    """The subject as a filter or as columns of a poll."""
    return {"campaign": subject} if isinstance(subject, Campaign) else {"enquiry": subject}


def positions(question: Question) -> tuple[SkyPosition, ...]:
    """Where the object stood at noon of each day of the window, seen from the centre of the Earth."""
    days = (question.observed_to - question.observed_from).days + 1
    noons = [
        datetime.combine(question.observed_from + timedelta(days=day), time(12), UTC)
        for day in range(min(days, MOST_POSITIONS))
    ]
    orbit = orbit_in_use(question.body)
    first, last = (2_440_587.5 + at.timestamp() / 86_400 for at in (noons[0], noons[-1]))
    rows = ephemeris(orbit.states(first - 1, last + 1), "500", noons)
    return tuple(
        SkyPosition(at, float(ra), float(dec))
        for at, ra, dec in zip(noons, rows.ra_deg, rows.dec_deg, strict=True)
    )
