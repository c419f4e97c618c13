"""The Django application of claims, sources, measurements and verdicts."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


def install_guards(using: str, **kwargs: Any) -> None:
    """Renew triggers and search index after every migrate (see claims/database.py)."""
    from claims import database

    connection = connections[using]
    # a migrate to an earlier state, as tests of migrations do, leaves tables out
    if set(database.FROZEN_TABLES) <= set(connection.introspection.table_names()):
        database.install(connection)


def install_roles(using: str, **kwargs: Any) -> None:
    """Renew the groups of the editorial roles and their rights (see claims/roles.py)."""
    from claims import roles

    roles.install(using)


def lift_guards(using: str, plan: list[Any], **kwargs: Any) -> None:
    """Take the triggers away where a migration is going to change tables (see claims/database.py)."""
    from claims import database

    if plan:
        database.lift(connections[using])


class ClaimsConfig(AppConfig):
    name = "claims"
    verbose_name = "Claims and verdicts (signed by people)"

    def ready(self) -> None:
        pre_migrate.connect(lift_guards, sender=self)
        post_migrate.connect(install_guards, sender=self)
        post_migrate.connect(install_roles, sender=self)
        from claims import archive_staleness, staleness, websub  # noqa: F401  listen to new rows
        from claims.accounts import audit  # noqa: F401  listens to sign-ins
