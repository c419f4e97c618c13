"""Rows that machines own: bodies, observers, orbit solutions, snapshots, campaigns and polls."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class SmallBody(models.Model):
    """An interstellar object; `data/objects/` owns the row."""

    designation = models.CharField(max_length=16, unique=True, help_text="short designation, e.g. 3I")
    full_designation = models.CharField(max_length=64, help_text="e.g. 3I/ATLAS")
    other_designations = models.JSONField(default=list, blank=True)
    name = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    discovery_date = models.CharField(max_length=10, help_text="ISO date, cut to its precision")
    discovery_precision = models.CharField(max_length=8)
    discovery_site = models.CharField(max_length=128, blank=True)
    discovery_source_key = models.CharField(max_length=64, blank=True)
    live = models.BooleanField(default=False, help_text="still observed: solutions are checked daily")
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["designation"]
        verbose_name_plural = "small bodies"

    def __str__(self) -> str:
        return self.full_designation


class Observer(models.Model):
    """A named place to look from; `science/observers.py` owns the numbers.  MPC codes need no row."""

    code = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=128)
    kind = models.CharField(
        max_length=16,
        choices=[
            ("centre", "centre of a body"),
            ("mpc", "observatory code"),
            ("site", "site on a body"),
            ("spacecraft", "spacecraft"),
        ],
    )
    body = models.CharField(max_length=16, blank=True)
    longitude_east_deg = models.FloatField(null=True, blank=True)
    latitude_deg = models.FloatField(null=True, blank=True, help_text="planetographic")
    altitude_km = models.FloatField(null=True, blank=True)
    cameras = models.JSONField(default=list, blank=True, help_text="cameras with pixel scale and source")
    source_key = models.CharField(max_length=64, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["code"]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class OrbitSolution(models.Model):
    """One orbit solution as its producer gave it; a newer one is a new row, never an overwrite."""

    body = models.ForeignKey(SmallBody, on_delete=models.PROTECT, related_name="solutions")
    solution_id = models.CharField(max_length=32)
    producer = models.CharField(max_length=64)
    kind = models.CharField(max_length=128)
    epoch_tdb_jd = models.FloatField()
    # six elements (ecliptic J2000, heliocentric) or a state (ICRF, heliocentric), never both
    eccentricity = models.FloatField(null=True, blank=True)
    perihelion_distance_au = models.FloatField(null=True, blank=True)
    perihelion_time_tdb_jd = models.FloatField(null=True, blank=True)
    longitude_of_ascending_node_deg = models.FloatField(null=True, blank=True)
    argument_of_perihelion_deg = models.FloatField(null=True, blank=True)
    inclination_deg = models.FloatField(null=True, blank=True)
    position_au = models.JSONField(null=True, blank=True)
    velocity_au_d = models.JSONField(null=True, blank=True)
    # Marsden's model; null A1 means a gravity-only solution
    a1_au_d2 = models.FloatField(null=True, blank=True)
    a2_au_d2 = models.FloatField(null=True, blank=True)
    a3_au_d2 = models.FloatField(null=True, blank=True)
    aln = models.FloatField(null=True, blank=True)
    nk = models.FloatField(null=True, blank=True)
    nm = models.FloatField(null=True, blank=True)
    nn = models.FloatField(null=True, blank=True)
    r0_au = models.FloatField(null=True, blank=True)
    dt_d = models.FloatField(null=True, blank=True)
    m1 = models.FloatField(null=True, blank=True)
    k1 = models.FloatField(null=True, blank=True)
    sigma = models.JSONField(default=dict, blank=True)
    solution_date = models.CharField(max_length=32, blank=True)
    observations = models.PositiveIntegerField(null=True, blank=True)
    arc_from = models.DateField(null=True, blank=True)
    arc_to = models.DateField(null=True, blank=True)
    fit_rms_km = models.FloatField(null=True, blank=True)
    fit_max_km = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=255)
    note = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    retrieved_at = models.DateTimeField(null=True, blank=True, help_text="null: came with the catalogue")
    last_confirmed_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64, help_text="sha256 of the solution's numbers")

    class Meta:
        ordering: ClassVar = ["body__designation", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "solution_id"], name="solution_id_once_per_body"),
            models.UniqueConstraint(
                fields=["body"], condition=Q(is_default=True), name="one_default_solution_per_body"
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        eccentricity__isnull=False,
                        perihelion_distance_au__isnull=False,
                        position_au__isnull=True,
                    )
                    | Q(eccentricity__isnull=True, position_au__isnull=False, velocity_au_d__isnull=False)
                ),
                name="solution_has_elements_or_state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.designation} {self.solution_id}"


class EphemerisSnapshot(models.Model):
    """A table of states of one body under one solution, computed or fetched.

    Natural key and content digest make it idempotent: the same content again moves only
    ``last_confirmed_at``.
    """

    body = models.ForeignKey(SmallBody, on_delete=models.PROTECT, related_name="snapshots")
    observer_code = models.CharField(max_length=32, default="500@10")
    solution = models.ForeignKey(OrbitSolution, on_delete=models.PROTECT, related_name="snapshots")
    engine = models.CharField(max_length=16, choices=[("horizons", "JPL Horizons"), ("embedded", "embedded")])
    start_tdb_jd = models.FloatField()
    stop_tdb_jd = models.FloatField()
    step_d = models.FloatField()
    table = models.BinaryField(help_text="state table, little-endian, as science.propagation writes it")
    digest = models.CharField(max_length=64)
    provenance = models.JSONField(default=dict, blank=True)
    retrieved_at = models.DateTimeField()
    last_confirmed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-retrieved_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=[
                    "body", "observer_code", "solution", "engine", "start_tdb_jd", "stop_tdb_jd", "step_d", "digest",
                ],
                name="snapshot_once",
            ),
            models.CheckConstraint(condition=Q(stop_tdb_jd__gt=F("start_tdb_jd")), name="snapshot_runs_forward"),
        ]  # fmt: skip
        indexes: ClassVar = [
            models.Index(
                fields=["solution", "observer_code", "engine", "-retrieved_at"], name="snapshot_of_solution"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body.designation} {self.engine} {self.start_tdb_jd}..{self.stop_tdb_jd}"


class SolutionCovariance(models.Model):
    """The covariance of a solution, which another service prints than its elements; a newer one is a new row."""

    solution = models.ForeignKey(OrbitSolution, on_delete=models.PROTECT, related_name="covariances")
    labels = models.JSONField(
        help_text="order of rows and columns: e, q, tp_d, om_deg, w_deg, i_deg, a1, a2, a3, dt_d"
    )
    matrix = models.JSONField()
    sigma = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=255)
    retrieved_at = models.DateTimeField()
    last_confirmed_at = models.DateTimeField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["solution", "digest"], name="covariance_once"),
        ]

    def __str__(self) -> str:
        return f"{self.solution} covariance of {len(self.labels)}"


class SolutionComparison(models.Model):
    """How far a new solution moves the object from where the one before it had it; computed once, kept."""

    new = models.ForeignKey(OrbitSolution, on_delete=models.PROTECT, related_name="comparisons")
    old = models.ForeignKey(OrbitSolution, on_delete=models.PROTECT, related_name="compared_with")
    computed_at = models.DateTimeField(help_text="also the instant called now")
    shifts = models.JSONField(
        help_text="one entry an instant: event, time, shift in km and in arcsec from the Earth"
    )

    class Meta:
        ordering: ClassVar = ["-computed_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["new", "old"], name="solutions_compared_once"),
            models.CheckConstraint(condition=~Q(new=F("old")), name="compared_with_another"),
        ]

    def __str__(self) -> str:
        return f"{self.new} against {self.old.solution_id}"


class SpacecraftTrack(models.Model):
    """Heliocentric states of a spacecraft that we look from, as a service printed them."""

    observer_code = models.CharField(max_length=32)
    source = models.CharField(max_length=64)
    start_tdb_jd = models.FloatField()
    stop_tdb_jd = models.FloatField()
    step_d = models.FloatField()
    table = models.BinaryField(help_text="state table, as science.state_table writes it")
    digest = models.CharField(max_length=64)
    provenance = models.JSONField(default=dict, blank=True)
    retrieved_at = models.DateTimeField()
    last_confirmed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-retrieved_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["observer_code", "digest"], name="track_once"),
            models.CheckConstraint(condition=Q(stop_tdb_jd__gt=F("start_tdb_jd")), name="track_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.observer_code} {self.start_tdb_jd}..{self.stop_tdb_jd}"


class AstrometryTally(models.Model):
    """How much astrometry of a body was published when we asked; another number is another row."""

    body = models.ForeignKey(SmallBody, on_delete=models.PROTECT, related_name="astrometry")
    names = models.JSONField(default=list)
    observations = models.PositiveIntegerField()
    observatories = models.PositiveIntegerField()
    first_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    digest = models.CharField(max_length=64)
    retrieved_at = models.DateTimeField()
    last_confirmed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-retrieved_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "digest"], name="astrometry_once"),
        ]
        verbose_name_plural = "astrometry tallies"

    def __str__(self) -> str:
        return f"{self.body.designation}: {self.observations} observations"


class ServiceRefresh(models.Model):
    """One attempt to refresh something from an orbit or ephemeris service; kept for good."""

    OUTCOMES: ClassVar = [
        ("unchanged", "answered, nothing new"),
        ("changed", "answered, something new"),
        ("could_not_look", "could not look"),
        ("unexpected_reply", "answered with something we cannot read"),
    ]
    service = models.CharField(max_length=32)
    body = models.ForeignKey(
        SmallBody, null=True, blank=True, on_delete=models.PROTECT, related_name="refreshes"
    )
    asked_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    outcome = models.CharField(max_length=24, choices=OUTCOMES)
    query = models.TextField(blank=True)
    reply_digest = models.CharField(max_length=64, blank=True)
    message = models.TextField(blank=True, help_text="why, in words")
    idempotency_key = models.CharField(
        max_length=64,
        null=True,
        blank=True,
        unique=True,
        help_text="of the task: delivered twice, it is kept once",
    )

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["service", "-asked_at"], name="refresh_by_service")]
        verbose_name_plural = "service refreshes"

    def __str__(self) -> str:
        return f"{self.service} {self.asked_at:%Y-%m-%d %H:%M} {self.outcome}"


class Campaign(models.Model):
    """An observing campaign; `data/campaigns/` owns the row, polls tell what archives hold of it."""

    key = models.SlugField(max_length=64, unique=True)
    body = models.ForeignKey(SmallBody, on_delete=models.PROTECT, related_name="campaigns")
    facility = models.CharField(max_length=128)
    instrument = models.CharField(max_length=160)
    observed_from = models.DateField(null=True, blank=True)
    observed_to = models.DateField(null=True, blank=True)
    time_note = models.TextField(blank=True)
    archive = models.CharField(max_length=16)
    next_review = models.DateField(
        null=True, blank=True, help_text="when a person looks again, where no archive answers a machine"
    )
    program_id = models.CharField(max_length=64, blank=True)
    program_id_confirmed = models.BooleanField(default=False)
    program_note = models.TextField(blank=True)
    access_policy = models.CharField(max_length=16, help_text="none, unknown or months:N")
    access_note = models.TextField(blank=True)
    first_public_date = models.DateField(null=True, blank=True)
    first_public_source_key = models.CharField(max_length=64, blank=True)
    first_public_kind = models.CharField(max_length=16, blank=True)
    first_public_note = models.TextField(blank=True)
    expected_release = models.CharField(max_length=32, blank=True, help_text="a month or a span")
    expected_release_basis = models.TextField(blank=True)
    archive_release_date = models.DateField(null=True, blank=True)
    archive_release_note = models.TextField(blank=True)
    summary = models.TextField()
    source_keys = models.JSONField(default=list)
    verification = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, help_text="sha256 of the catalogue row")

    class Meta:
        ordering: ClassVar = ["body__designation", "observed_from", "key"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(observed_to__gte=F("observed_from"))
                | Q(observed_from__isnull=True)
                | Q(observed_to__isnull=True),
                name="campaign_runs_forward",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.facility}, {self.instrument}"


class Enquiry(models.Model):
    """A standing question to an archive that no campaign asks: what it holds of a facility in a window.

    A check asks it (did Webb look in October?); a zero to it counts beside its control only.
    """

    key = models.SlugField(max_length=96, unique=True)
    body = models.ForeignKey(SmallBody, on_delete=models.PROTECT, related_name="enquiries")
    archive = models.CharField(max_length=16)
    facility = models.CharField(max_length=128)
    window_from = models.DateField()
    window_to = models.DateField()
    active = models.BooleanField(default=True, help_text="still asked; polls are kept either way")

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name_plural = "enquiries"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(window_to__gte=F("window_from")), name="enquiry_runs_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.archive}: {self.facility}, {self.window_from} to {self.window_to}"


class ArchivePoll(models.Model):
    """One question put to an archive and what came back; append-only, kept for good."""

    OUTCOMES: ClassVar = [
        ("answered", "answered"),
        ("empty", "answered: no rows"),
        ("truncated", "answered, cut short"),
        ("maintenance", "in maintenance"),
        ("timeout", "no answer in time"),
        ("rate_limited", "asked us to wait"),
        ("refused", "refused"),
        ("wrong_query", "our query was wrong"),
        ("unexpected_reply", "an answer we cannot read"),
    ]
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )
    enquiry = models.ForeignKey(
        Enquiry, null=True, blank=True, on_delete=models.PROTECT, related_name="polls"
    )
    archive = models.CharField(max_length=16)
    witness = models.BooleanField(default=False, help_text="a second witness: no state rests on it")
    asked_at = models.DateTimeField()
    outcome = models.CharField(max_length=24, choices=OUTCOMES)
    query_text = models.TextField()
    row_count = models.PositiveIntegerField(null=True, blank=True)
    archive_count = models.PositiveIntegerField(null=True, blank=True, help_text="the archive's own count")
    counts = models.JSONField(default=dict, blank=True, help_text="rows by level and access")
    control_query_text = models.TextField(blank=True)
    control_row_count = models.PositiveIntegerField(null=True, blank=True)
    reply_digest = models.CharField(max_length=64, blank=True, help_text="of the products, in one order")
    observations_digest = models.CharField(
        max_length=64, blank=True, help_text="of the short list that tells whether the long one changed"
    )
    message = models.TextField(blank=True)
    synthetic = models.BooleanField(default=False, help_text="a fake archive answered, in a demonstration")
    idempotency_key = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["campaign", "-asked_at", "-id"], name="poll_by_campaign"),
            models.Index(fields=["enquiry", "-asked_at", "-id"], name="poll_by_enquiry"),
            models.Index(fields=["archive", "-asked_at"], name="poll_by_archive"),
            models.Index(fields=["archive", "outcome", "-id"], name="poll_by_outcome"),
            # nothing in it but in a demonstration: whether this is one costs nothing
            models.Index(fields=["id"], condition=Q(synthetic=True), name="poll_synthetic"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(campaign__isnull=False, enquiry__isnull=True)
                | Q(campaign__isnull=True, enquiry__isnull=False),
                name="poll_is_of_one_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.archive} {self.asked_at:%Y-%m-%d %H:%M} {self.outcome}"


class PollTally(models.Model):
    """How many polls a campaign has had, witnesses apart: written with each of them, since lists show the number.

    A campaign without one was not polled since the tally is kept; its polls are counted.
    """

    campaign = models.OneToOneField(
        Campaign, primary_key=True, on_delete=models.CASCADE, related_name="tally"
    )
    polls = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.polls} polls"


class ArchiveStatusChange(models.Model):
    """A campaign's derived archive state changed, with its cause; append-only."""

    STATES: ClassVar = [
        ("planned", "planned"),
        ("observed", "observed"),
        ("proprietary", "ingested, proprietary"),
        ("partly_public", "partly public"),
        ("public", "public"),
        ("on_hold", "on hold"),
        ("withdrawn", "withdrawn"),
        ("unknown", "unknown"),
        ("no_public_archive", "no public archive"),
    ]
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="status_changes")
    at = models.DateTimeField()
    before = models.CharField(max_length=24, choices=STATES, blank=True)
    after = models.CharField(max_length=24, choices=STATES)
    cause = models.CharField(
        max_length=8, choices=[("archive", "archive"), ("clock", "clock"), ("editor", "editor")]
    )
    poll = models.ForeignKey(
        ArchivePoll, null=True, blank=True, on_delete=models.PROTECT, related_name="changes"
    )
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="status_change_changes"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id}: {self.before or 'new'} -> {self.after}"


class Holding(models.Model):
    """A product, or like products, that an archive told us it holds of a campaign.

    A row changes only when the archive's word for it changes; when it vanishes for sure it is marked gone.
    What was said when stands in the polls, which are kept for good.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="holdings")
    archive = models.CharField(max_length=16)
    uid = models.CharField(max_length=255)
    facility = models.CharField(max_length=128, blank=True)
    instrument = models.CharField(max_length=128, blank=True)
    level = models.CharField(max_length=16)
    rights = models.CharField(max_length=16)
    observed = models.DateTimeField(null=True, blank=True)
    release = models.DateTimeField(null=True, blank=True)
    received = models.DateTimeField(null=True, blank=True)
    target = models.CharField(max_length=128, blank=True)
    program = models.CharField(max_length=64, blank=True)
    url = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=1, help_text="like products that this row stands for")
    first_seen = models.DateTimeField()
    gone_since = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["campaign", "archive", "uid"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "archive", "uid"], name="holding_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["release"], condition=Q(gone_since__isnull=True), name="holding_by_release")
        ]

    def __str__(self) -> str:
        return f"{self.archive} {self.uid}"


class Proposal(models.Model):
    """Something a refresh discovered that an editor confirms or rejects: a target's spelling, a program id."""

    KINDS: ClassVar = [
        ("target", "spelling of the target"),
        ("program", "program id"),
        ("count", "first count"),
    ]
    STATES: ClassVar = [("proposed", "proposed"), ("confirmed", "confirmed"), ("rejected", "rejected")]
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="proposals")
    archive = models.CharField(max_length=16)
    kind = models.CharField(max_length=8, choices=KINDS)
    value = models.CharField(max_length=128)
    detail = models.TextField(blank=True, help_text="what it was seen on")
    first_seen = models.DateTimeField()
    state = models.CharField(max_length=12, choices=STATES, default="proposed")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["state", "-first_seen", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "kind", "value"], name="proposal_once"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_at__isnull=False)),
                name="proposal_decided_has_date",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.value}"
