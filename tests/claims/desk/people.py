"""Somebody signed in at the desk."""

from django.contrib.auth.models import User
from django.test import Client

from tests.claims import publishing
from tests.claims.doors import signed_in


def colleague(name: str, role: str = "reviewer") -> User:
    """Somebody with a role who may enter the admin."""
    person = publishing.person(name, role)
    person.is_staff = True
    person.save()
    return person


def at_the_desk(name: str, role: str = "reviewer") -> Client:
    """The browser of somebody with a role."""
    return signed_in(colleague(name, role))
