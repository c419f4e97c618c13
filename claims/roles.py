"""The four roles of the desk as groups with rights, renewed after every migrate.

A role's rights are owned by this module: what an administrator adds to or takes from one of these groups
is undone by the next migrate.  Rights of one person stand beside the role.
"""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import AbstractBaseUser, Group, Permission

APPLICATIONS = ("claims", "ephemeris")
# shown to chief editors only: addresses of those who signed in
CONFIDENTIAL = frozenset({"view_signin"})

CONTRIBUTES = frozenset(
    f"{verb}_{model}"
    for verb in ("add", "change")
    for model in (
        "claim", "assertedquantity", "appearance", "claimrelation", "claimcheck", "verdictversion", "evidence",
    )
) | {"add_conflictofinterest"}  # fmt: skip
EDITS = CONTRIBUTES | {
    "publish_verdictversion", "add_claimantcontact", "change_claimantcontact", "change_readerreport",
    "change_proposal", "add_sourceanswer", "change_suspectedappearance",
}  # fmt: skip
REVIEWS = EDITS | {"add_approval", "withdraw_claim"}
LEADS = REVIEWS | {"change_conflictofinterest", "view_signin"}
ROLES: dict[str, frozenset[str]] = {
    "contributor": CONTRIBUTES,
    "editor": EDITS,
    "reviewer": REVIEWS,
    "chief editor": LEADS,
}


def install(using: str = "default") -> None:
    """Create the groups that are absent and give each exactly its rights."""
    for label in APPLICATIONS:
        create_permissions(apps.get_app_config(label), verbosity=0, using=using)
    ours = {
        right.codename: right
        for right in Permission.objects.using(using).filter(content_type__app_label__in=APPLICATIONS)
    }
    seen = {name for name in ours if name.startswith("view_")} - CONFIDENTIAL
    for role, rights in ROLES.items():
        group, _ = Group.objects.using(using).get_or_create(name=role)
        wanted = {ours[name].pk for name in seen | rights}
        if set(group.permissions.values_list("pk", flat=True)) != wanted:
            group.permissions.set(wanted)


def may_approve(user: AbstractBaseUser) -> bool:
    """Whether ``user`` may sign a verdict as its reviewer, and therefore needs a second factor."""
    return bool(getattr(user, "is_active", False) and user.has_perm("claims.add_approval"))  # type: ignore[attr-defined]
