"""A force's dated rows of how it runs each check, as the head of PSD keeps them."""

from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils import timezone

from integrity.casework.desk import desk
from integrity.casework.queue_tabs import signed_in
from integrity.casework.views.desk_pages import forces_of
from integrity.people.admin import REACH, ReferenceAdmin, within
from integrity.people.enums import Role
from integrity.people.models import Force
from registers.crosschecks.enums import Check
from registers.crosschecks.models import CheckSetting
from registers.crosschecks.permissions import READERS
from registers.crosschecks.rules import RULES, Rule
from registers.crosschecks.settings import settings_of

REACH[CheckSetting] = lambda scope: Q(force__in=scope.forces)
EDITORS = (Role.PSD_HEAD,)
CHECK_READERS = (*READERS, Role.INSPECTOR)
PAGE = "admin:crosschecks-checks"
OF_EVERY_CHECK = ("switched_on", "owner", "minimum_score")
# What a check may use besides, as a form asks for it; what it means, the check's rule says.
USED = {
    "window_days": "Days",
    "times": "How many",
    "amount": "Pounds",
    "minimum_likeness": "How sure two names are one organisation, of 100",
}


@admin.register(CheckSetting, site=desk)
class CheckSettingAdmin(ReferenceAdmin):
    """A force's dated rows. Which matches a row led to nobody should read from it, so its day fixes it.

    The page of the checks begins a new one, and says of what: ?check_name=card_split&force=1.
    """

    editors = EDITORS
    list_display = (
        "check_name",
        "force",
        "effective_from",
        "switched_on",
        "owner",
        "minimum_score",
    )
    list_select_related = ("force",)
    list_filter = ("check_name",)

    def why_fixed(self, obj: Any) -> str:
        if obj.effective_from > timezone.localdate():
            return ""
        return "This row is in force; add a new one with a later date."

    # The form

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """What every check takes, and below it what this one uses."""
        rule = _rule(request, obj)
        first = (None, {"fields": ("force", "check_name", "effective_from", *OF_EVERY_CHECK)})
        own = [name for name in USED if rule and name in rule.uses]
        if rule is None or not own:
            return [first]
        return [first, ("What this check uses", {"fields": own, "description": rule.takes})]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """A row stays of its force and check: another one is another row."""
        form = super().get_form(request, obj, change, **kwargs)
        fields: dict[str, Any] = form.base_fields
        rule, force = _rule(request, obj), obj.force_id if obj else _force_asked(request)
        for name in USED.keys() & fields.keys():
            fields[name].label, fields[name].help_text = USED[name], ""
        if rule and "check_name" in fields:
            fields["check_name"].choices = [(str(rule.check), rule.title)]
        if force and "force" in fields:
            fields["force"].queryset = fields["force"].queryset.filter(pk=force)
            beside = fields["force"].widget
            beside.can_add_related = beside.can_change_related = beside.can_view_related = False
        return form

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> QuerySet:
        return within(Force.objects.all(), signed_in(request).user, *EDITORS)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A check begins with what it takes now, from the next day for which nothing is set."""
        given: dict[str, Any] = super().get_changeform_initial_data(request)
        forces = forces_of(signed_in(request).user, *EDITORS)
        rule, force = asked(request), forces.filter(pk=_force_asked(request)).first()
        if rule is None or force is None:
            return given
        rows = CheckSetting.objects.filter(force=force, check_name=rule.check)
        taken = set(rows.values_list("effective_from", flat=True))
        begins = timezone.localdate() + timedelta(days=1)
        while begins in taken:
            begins += timedelta(days=1)
        setting = settings_of(force, begins)[rule.check]
        held = {name: getattr(setting, name) for name in (*OF_EVERY_CHECK, *USED)}
        return {**held, "effective_from": begins, **given}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """What the form does not ask for stays as it is in force."""
        if not change:
            held = settings_of(obj.force, obj.effective_from)[Check(obj.check_name)]
            for name in USED.keys() - form.cleaned_data.keys():
                setattr(obj, name, getattr(held, name))
        super().save_model(request, obj, form, change)

    # Pages

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.has_add_permission(request) and asked(request) is None:
            return redirect(PAGE)
        return super().add_view(request, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        rule = None if object_id else asked(request)
        title = {"title": f"Change “{rule.title}”"} if rule else {}
        once = {"show_save_and_add_another": False, "show_save_and_continue": False}
        given = {**title, **once, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, given)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The dated rows, for who keeps them; others read on the page of the checks what is in force."""
        if self.has_view_permission(request) and not signed_in(request).user.holds(*EDITORS):
            return redirect(PAGE)
        title = {"title": "What the forces have set, by day"}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    def response_post_save_add(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(PAGE)

    def response_post_save_change(self, request: HttpRequest, obj: Any) -> HttpResponseRedirect:
        return redirect(PAGE)


def asked(request: HttpRequest) -> Rule | None:
    """The rule of the check that an address or a form names."""
    name = request.POST.get("check_name") or request.GET.get("check_name", "")
    return RULES[Check(name)] if name in Check.values else None


def _rule(request: HttpRequest, row: CheckSetting | None) -> Rule | None:
    return RULES[Check(row.check_name)] if row else asked(request)


def _force_asked(request: HttpRequest) -> int:
    typed = request.POST.get("force") or request.GET.get("force", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0
