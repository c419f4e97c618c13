"""Addresses of the sign-in.

The door itself stands where editors look for it, at /admin/login/; the pages of an account below /accounts/.
No address signs anybody up or sends a password by mail.
"""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa import urls as factors
from django.urls import URLPattern, URLResolver, include, path

from claims.accounts import letters, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/login/", views.SignIn.as_view(), name="account_login"),
    path("admin/logout/", views.SignOut.as_view(), name="account_logout"),
    path("admin/password_change/", views.ChangePassword.as_view(), name="account_change_password"),
    path("accounts/reauthenticate/", views.ShowPasswordAgain.as_view(), name="account_reauthenticate"),
    path("accounts/letter/", letters.digest, name="digest"),
    path("accounts/inactive/", account.account_inactive, name="account_inactive"),
    path("accounts/2fa/authenticate/", views.ShowFactor.as_view(), name="mfa_authenticate"),
    path("accounts/2fa/reauthenticate/", views.ShowFactorAgain.as_view(), name="mfa_reauthenticate"),
    path("accounts/2fa/", include(factors)),
]
