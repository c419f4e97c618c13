"""`manage.py reset_second_factor NAME`: lets somebody who lost every device and every recovery code enrol anew."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management import CommandError
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from claims.accounts.audit import note


class Command(BaseCommand):
    """Take all second factors of a person away; the next sign-in leads to enrolment."""

    help = "Removes a person's second factors and recovery codes; whoever runs it has made sure who asks."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the account."""
        parser.add_argument("name", help="user name of the account")

    @transaction.atomic
    def handle(self, *args: Any, name: str, **options: Any) -> None:
        """Remove the factors and record it."""
        person = get_user_model().objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"there is no account {name!r}")
        removed, _ = Authenticator.objects.filter(user=person).delete()
        if not removed:
            raise CommandError(f"{name} has no second factor")
        note("factor_removed", None, person=person)
        self.stdout.write(f"{name} has no second factor now and sets one up at the next sign-in")
