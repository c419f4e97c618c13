"""The rows that people own, one noun a module."""

from claims.models.checker import WrongMatch
from claims.models.claims import Appearance, AssertedQuantity, Claim, ClaimCheck, ClaimRelation
from claims.models.desk import ClaimantContact, ClaimSuccessor, ConflictOfInterest, ReaderReport, SignIn
from claims.models.digest import DigestSubscription
from claims.models.external import ReviewComment, ReviewInvitation
from claims.models.log import EditorialLog, IntegrityRun
from claims.models.readings import GuidedReading
from claims.models.sources import Measurement, Source
from claims.models.verdicts import (
    Approval,
    CheckRun,
    Evidence,
    StaleMark,
    VerdictVersion,
    VersionEdit,
    VersionRelation,
)
from claims.models.watch import SourceAnswer, SourceChange, SourceCheck, SuspectedAppearance

__all__ = [
    "Appearance",
    "Approval",
    "AssertedQuantity",
    "CheckRun",
    "Claim",
    "ClaimCheck",
    "ClaimRelation",
    "ClaimSuccessor",
    "ClaimantContact",
    "ConflictOfInterest",
    "DigestSubscription",
    "EditorialLog",
    "Evidence",
    "GuidedReading",
    "IntegrityRun",
    "Measurement",
    "ReaderReport",
    "ReviewComment",
    "ReviewInvitation",
    "SignIn",
    "Source",
    "SourceAnswer",
    "SourceChange",
    "SourceCheck",
    "StaleMark",
    "SuspectedAppearance",
    "VerdictVersion",
    "VersionEdit",
    "VersionRelation",
    "WrongMatch",
]
