"""`manage.py create_demo_accounts`: two people to try the editorial work with, on this machine only."""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import CommandError
from django.core.management.base import BaseCommand
from django.db import transaction

ACCOUNTS = ("editor", "reviewer")  # also the names of their roles (claims/roles.py)


class Command(BaseCommand):
    """Create the accounts that are absent, and print their generated passwords this one time."""

    help = "Creates the demo accounts editor and reviewer with generated passwords, printed once."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Create what is absent; an account that exists keeps its password."""
        if not settings.EMBEDDED:
            raise CommandError("demo accounts are for the embedded set-up; use createsuperuser in production")
        people = get_user_model()
        made = []
        for name in ACCOUNTS:
            if people.objects.filter(username=name).exists():
                continue
            password = secrets.token_urlsafe(12)
            person = people.objects.create_user(name, password=password, is_staff=True)
            person.groups.add(Group.objects.get(name=name))
            made.append((name, password))
        if made:
            self.stdout.write("hyperbole: demo accounts for /admin/, printed this one time:")
            for name, password in made:
                self.stdout.write(f"    {name:10} {password}")
