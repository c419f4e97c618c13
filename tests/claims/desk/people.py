"""Somebody signed in at the desk."""

from django.contrib.auth.models import User
from django.test import Client

from tests.claims import publishing


def colleague(name: str, role: str = "reviewer") -> User:
    """Somebody with a role who may enter the admin."""
    person = publishing.person(name, role)
    person.is_staff = True
    person.save()
    return person


def at_the_desk(name: str, role: str = "reviewer") -> Client:
    """The browser of somebody with a role."""
    client = Client()
    client.force_login(colleague(name, role))
    return client
