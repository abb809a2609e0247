"""Signing in, and changing a password."""

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm

from integrity.ui.forms import GovukFormMixin


class SignInForm(GovukFormMixin, AuthenticationForm):
    submit_label = "Sign in"
    error_messages = {
        "invalid_login": (
            "The sign-in name or password is wrong. After five wrong tries the account is locked "
            "for fifteen minutes."
        ),
        "inactive": "This account is not in use.",
    }


class ChangePasswordForm(GovukFormMixin, PasswordChangeForm):
    submit_label = "Change my password"
