"""Signing in and out, and a person's own account."""

from django.contrib import messages
from django.contrib.auth import logout, views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from integrity.people import sessions
from integrity.people.forms import ChangePasswordForm, SignInForm
from integrity.people.requests import SignedInRequest


class SignIn(views.LoginView):
    template_name = "people/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        sessions.record_sign_in(by=form.get_user(), now=timezone.now())
        return super().form_valid(form)


class ChangePassword(views.PasswordChangeView):
    template_name = "people/password_change.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("people:account")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        messages.success(self.request, "Your password was changed. Other devices are signed out.")
        return super().form_valid(form)


@require_safe
def account(request: SignedInRequest) -> HttpResponse:
    return render(request, "people/account.html", {"grants": request.user.grants()})


@require_POST
def sign_out_everywhere(request: SignedInRequest) -> HttpResponse:
    sessions.sign_out_everywhere(by=request.user, now=timezone.now())
    logout(request)
    messages.success(request, "You are signed out on every device.")
    return redirect("people:sign-in")
