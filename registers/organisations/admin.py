"""Organisations on the desk: one record each, with its other spellings and its public numbers."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from integrity.casework.desk import desk
from integrity.people.admin import REACH, ReferenceAdmin, departments_in
from integrity.people.enums import REFERENCE_ROLES
from integrity.people.models import StandardsDepartment
from registers.organisations.models import Organisation, OrganisationName
from registers.organisations.names import name_key

REACH[Organisation] = lambda scope: Q(department__in=departments_in(scope))


def check_free(name: str, department: StandardsDepartment, besides: Organisation) -> str:
    """The key of a name that no other organisation of the department has. Raises ValidationError."""
    key = name_key(name)[:200]
    other = Organisation.objects.filter(department=department, key=key).exclude(pk=besides.pk)
    spelt = OrganisationName.objects.filter(department=department, key=key)
    taken = other.first() or spelt.exclude(organisation=besides.pk).first()
    if taken:
        raise forms.ValidationError(f"“{taken}” is the same name, so it is the same organisation.")
    return key


class OrganisationForm(forms.ModelForm):
    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        department = data.get("department") or getattr(self.instance, "department", None)
        if data.get("name") and department:
            self.instance.key = check_free(data["name"], department, self.instance)
        return data


class NameFormSet(forms.BaseInlineFormSet):
    """Other spellings belong to the department of their organisation, each to one organisation."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            name = getattr(form, "cleaned_data", {}).get("name")
            if name and form.has_changed() and self.instance.department_id:
                form.instance.department_id = self.instance.department_id
                form.instance.key = check_free(name, self.instance.department, self.instance)


class NameInline(admin.TabularInline):
    model = OrganisationName
    formset = NameFormSet
    fields = ("name",)
    extra = 0
    verbose_name = "other name"
    verbose_name_plural = "other names"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.holds(*REFERENCE_ROLES)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        row = desk.get_model_admin(Organisation)
        return row.has_change_permission(request, obj) if obj else row.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Organisation, site=desk)
class OrganisationAdmin(ReferenceAdmin):
    """Shared by the forces of one department. Its cases are on their own pages, not here."""

    form = OrganisationForm
    inlines = (NameInline,)
    fields = ("department", "name", "company_number", "charity_number")
    list_display = ("name", "company_number", "charity_number", "department")
    list_select_related = ("department",)
    search_fields = ("name", "names__name", "company_number", "charity_number")

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organisation | None = None
    ) -> tuple[str, ...]:
        return ("department",) if obj else ()
