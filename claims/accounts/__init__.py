"""How the people of the desk sign in: password, second factor, and the record of both.

django-allauth does the work; here stand the choices.  Nobody signs up: accounts are made by an administrator.
"""
