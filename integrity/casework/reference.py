"""Registers' policy rows on the desk: their parts, the next row as a copy, and what fixes one for good."""

from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.postgres.forms import SimpleArrayField
from django.db.models import Q
from django.forms import BaseModelFormSet
from django.http import HttpRequest

from integrity.casework.desk import desk
from integrity.casework.models import PolicyRow
from integrity.casework.queue_tabs import signed_in
from integrity.people.admin import ReferenceAdmin, ScopedChoices
from integrity.people.enums import REFERENCE_ROLES
from integrity.people.models import Scope
from integrity.people.permissions import KEEPERS


def policies_in(model: type[PolicyRow]) -> Callable[[Scope], Q]:
    """A force's own rows, a body's, and the joint ones that bind a force of the scope."""

    def reach(scope: Scope) -> Q:
        of_forces = Q(force__in=scope.forces) | Q(joint_forces__in=scope.forces)
        rows = model._default_manager.filter(of_forces | Q(oversight_body__in=scope.bodies))
        return Q(pk__in=rows.values("pk"))

    return reach


def copied_from(request: HttpRequest, model: type[PolicyRow]) -> PolicyRow | None:
    """The row that a new one begins from, while its form is drawn first: ?copy=12."""
    copy = request.GET.get("copy", "")
    if request.method != "GET" or not copy.isdecimal():
        return None
    row = desk.get_model_admin(model).get_queryset(request).filter(pk=copy).first()
    return row if row is not None and keeps_all_of(request, row) else None


def keeps_all_of(request: HttpRequest, row: PolicyRow) -> bool:
    """A joint row is its keeper's whose scope holds every force that it binds."""
    bound = {force.pk for force in row.joint_forces.all()}
    return bound <= signed_in(request).user.scope(*KEEPERS).forces


def kept(formset: BaseModelFormSet) -> list[dict[str, Any]]:
    """The rows of a part that stay once it is saved."""
    filled = [form.cleaned_data for form in formset.forms if form.cleaned_data]
    return [data for data in filled if not data.get("DELETE")]


class CommaSeparated(SimpleArrayField):
    """A list of words or numbers in one box, with commas between them."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, list):
            return ", ".join(str(self.base_field.prepare_value(each)) for each in value)
        return value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = [part for part in value.split(self.delimiter) if part.strip()]
        return super().to_python(value)


class Part(ScopedChoices, admin.TabularInline):
    """A part of a row of reference data; whoever may change the row may change its parts."""

    extra = 0

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A cell of the table has no label of its own, so its field says what it is."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs["aria-label"] = str(field.label)
        return field

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return signed_in(request).user.holds(*REFERENCE_ROLES)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        row = desk.get_model_admin(self.parent_model)
        return row.has_change_permission(request, obj) if obj else row.has_add_permission(request)

    has_add_permission = has_delete_permission = has_change_permission


class PolicyPart(Part):
    """A part of a policy row, which a copy of the row begins from."""

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        copied = copied_from(request, self.parent_model) if obj is None else None
        return len(self.rows_of(copied)) if copied else 0

    def rows_of(self, policy: PolicyRow) -> list[dict[str, Any]]:
        """The part's rows of another policy row, to begin from."""
        names = [f.name for f in self.model._meta.fields if f.name not in ("id", "policy")]
        rows = self.model._default_manager.filter(policy=policy)
        return [{name: getattr(row, name) for name in names} for row in rows]


class PolicyForm(forms.ModelForm):
    """A policy row; whose it is, is one of three. ``keeps`` is where its writer keeps policies."""

    keeps = Scope()

    class Meta:
        widgets: ClassVar = {"joint_forces": forms.CheckboxSelectMultiple}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        owners = [data.get(name) for name in ("force", "department", "oversight_body")]
        if "force" in self.fields and sum(1 for owner in owners if owner) != 1:
            raise forms.ValidationError(
                "A policy row is a force’s, a body’s, or a department’s for its joint forces: "
                "choose one."
            )
        department = data.get("department")
        if department and not {f.pk for f in department.forces.all()} <= self.keeps.forces:
            self.add_error("department", f"You do not keep every force of {department}.")
        if department and not data.get("joint_forces"):
            self.add_error("joint_forces", "Name the forces that the joint policy binds.")
        return data


class PolicyRowAdmin(ReferenceAdmin):
    """Dated policy rows. One that an entry was made under is fixed; the next is begun as its copy.

    A register names the relation by which its entries hold their row.
    """

    entries: ClassVar[str]
    form = PolicyForm
    change_form_template = "casework/desk/policy_form.html"
    list_select_related = ("force", "department", "oversight_body")

    @admin.display(description="Whose")
    def owner(self, policy: PolicyRow) -> str:
        return str(policy.force or policy.department or policy.oversight_body)

    def why_fixed(self, obj: PolicyRow) -> str:
        count = getattr(obj, self.entries).count()
        entries = "1 entry" if count == 1 else f"{count} entries"
        sentence = f"This row is frozen on {entries}; add a new one with a later date."
        return sentence if count else ""

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A joint row is changed by somebody whose scope holds every force that it binds."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or keeps_all_of(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.keeps = signed_in(request).user.scope(*KEEPERS)
        return form

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        copied = copied_from(request, self.model)
        if copied is None:
            return super().get_changeform_initial_data(request)
        row = forms.model_to_dict(copied)
        return {name: value for name, value in row.items() if name not in ("id", "effective_from")}

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        copied = copied_from(request, self.model) if obj.pk is None else None
        return {**kwargs, "initial": inline.rows_of(copied)} if copied else kwargs
