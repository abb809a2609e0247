"""Organisations as reference data: one record each, with its names, its numbers and whose part it is."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from integrity.casework.desk import desk
from integrity.casework.queue_tabs import signed_in
from integrity.people.admin import REACH, ReferenceAdmin, departments_in
from integrity.people.enums import REFERENCE_ROLES
from integrity.people.models import Force, StandardsDepartment
from registers.organisations.identifiers import check_charity_number, check_company_number
from registers.organisations.models import Organisation, OrganisationName, SupplierNumber
from registers.organisations.names import name_key
from registers.organisations.policies import Member, why_numbers_differ

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
    def clean_company_number(self) -> str:
        return checked(check_company_number, self.cleaned_data["company_number"])

    def clean_charity_number(self) -> str:
        return checked(check_charity_number, self.cleaned_data["charity_number"])

    def clean_parent(self) -> Organisation | None:
        parent = self.cleaned_data["parent"]
        if parent and self.instance.pk and parent.root_id == self.instance.root_id:
            raise forms.ValidationError("An organisation is not a part of itself.")
        return parent

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        department = data.get("department") or getattr(self.instance, "department", None)
        if data.get("name") and department:
            self.instance.key = check_free(data["name"], department, self.instance)
        if data.get("parent") and department and data["parent"].department_id != department.pk:
            self.add_error("parent", "It belongs to another department’s list of organisations.")
        if self.instance.pk and (differ := self._differs_from_its_merged(data)):
            raise forms.ValidationError(differ)
        return data

    def _differs_from_its_merged(self, data: dict[str, Any]) -> str:
        """Why its numbers cannot be so while records of other numbers count as one with it."""
        numbers = ("company_number", "charity_number")
        own = {name: data.get(name) or "" for name in numbers}
        others = Organisation.objects.whole_of(self.instance).exclude(pk=self.instance.pk)
        members = [
            Member(each.pk, each.name, 0, 0, each.company_number, each.charity_number)
            for each in others
        ]
        return why_numbers_differ([Member(0, "", 0, 0, **own), *members])


def checked(check: Any, text: str) -> str:
    """A number as it is kept; its own sentence where it is none. Raises ValidationError."""
    try:
        return check(text) if text else ""
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


class NameFormSet(forms.BaseInlineFormSet):
    """Other names belong to the department of their organisation, each to one organisation."""

    def clean(self) -> None:
        super().clean()
        for form in self.forms:
            name = getattr(form, "cleaned_data", {}).get("name")
            if name and form.has_changed() and self.instance.department_id:
                form.instance.department_id = self.instance.department_id
                form.instance.key = check_free(name, self.instance.department, self.instance)


class OfAnOrganisation(admin.TabularInline):
    """Rows of an organisation: added by whoever keeps it, and never deleted."""

    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A cell of the table has no label of its own, so its field says what it is."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = str(field.label)
        return field

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return signed_in(request).user.holds(*REFERENCE_ROLES)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        row = desk.get_model_admin(Organisation)
        return row.has_change_permission(request, obj) if obj else row.has_add_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NameInline(OfAnOrganisation):
    model = OrganisationName
    formset = NameFormSet
    fields = ("name", "kind", "starts_on", "ends_on")
    verbose_name = "other name"
    verbose_name_plural = "other names"


class SupplierNumberInline(OfAnOrganisation):
    """What each force's finance system calls it."""

    model = SupplierNumber
    fields = ("force", "number")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and super().has_add_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[SupplierNumber]:
        return super().get_queryset(request).select_related("force")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "force":
            scope = signed_in(request).user.scope(*REFERENCE_ROLES)
            kwargs["queryset"] = Force.objects.filter(pk__in=scope.forces)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Organisation, site=desk)
class OrganisationAdmin(ReferenceAdmin):
    """Shared by the forces of one department. What is known of it is on its page."""

    form = OrganisationForm
    inlines = (NameInline, SupplierNumberInline)
    fields = ("department", "name", "company_number", "charity_number", "place", "parent")
    autocomplete_fields = ("parent",)
    list_display = ("name", "company_number", "charity_number", "place", "known", "department")
    list_select_related = ("department", "merged_into")
    search_fields = ("name", "names__name", "company_number", "charity_number")
    search_help_text = "Name, or company or charity number"
    change_form_template = "organisations/desk/organisation_form.html"

    def get_readonly_fields(
        self, request: HttpRequest, obj: Organisation | None = None
    ) -> tuple[str, ...]:
        return ("department",) if obj else ()

    @admin.display(description="What is known")
    def known(self, organisation: Organisation) -> str:
        path = reverse("admin:organisations-page", args=[organisation.root_id])
        into = organisation.merged_into
        words = f"Merged into {into}" if into else "Everything of it"
        return format_html('<a href="{}">{}</a>', path, words)
