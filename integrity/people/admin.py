"""Reference data on the desk: who may see and keep which rows, and the pages for people and roles.

The classes here are registered by ``integrity.casework.admin``, which knows the site.
"""

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, Q, QuerySet
from django.forms import ModelForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from integrity.audit.actions import record
from integrity.audit.models import Audience, Event
from integrity.people import actions
from integrity.people.admin_forms import (
    AddPersonForm,
    ChangePersonForm,
    ForceForm,
    GrantForm,
    UnitForm,
)
from integrity.people.enums import REFERENCE_ROLES, Role
from integrity.people.models import (
    Force,
    Grade,
    OversightBody,
    RoleGrant,
    Scope,
    StandardsDepartment,
    Unit,
    User,
)
from integrity.people.permissions import KEEPERS


def of_force_or_body(scope: Scope) -> Q:
    return Q(force__in=scope.forces) | Q(oversight_body__in=scope.bodies)


def departments_in(scope: Scope) -> QuerySet:
    """The departments that serve the forces and bodies of a scope."""
    serves = Q(forces__in=scope.forces) | Q(oversight_bodies__in=scope.bodies)
    return StandardsDepartment.objects.filter(serves).values("pk")


# Which rows lie in a scope, by model; each app adds its own reference data. Other models have no scope.
REACH: dict[type[Model], Callable[[Scope], Q]] = {
    Force: lambda scope: Q(pk__in=scope.forces),
    Unit: lambda scope: Q(force__in=scope.forces),
    Grade: lambda scope: Q(force__in=scope.forces),
    OversightBody: lambda scope: Q(pk__in=scope.bodies),
    StandardsDepartment: lambda scope: Q(pk__in=departments_in(scope)),
    User: of_force_or_body,
    RoleGrant: lambda scope: Q(user__in=User.objects.filter(of_force_or_body(scope)).values("pk")),
}


def within[M: Model](rows: QuerySet[M], user: User, *roles: str) -> QuerySet[M]:
    """The rows of reference data that lie in the forces and bodies of somebody's roles."""
    reach = REACH.get(rows.model)
    return rows.filter(reach(user.scope(*roles))) if reach else rows


class ScopedChoices:
    """Choices of a form on the desk are those of the keeper's own forces and bodies."""

    def get_field_queryset(self, db: Any, db_field: Any, request: HttpRequest) -> QuerySet | None:
        rows = super().get_field_queryset(db, db_field, request)
        if rows is None:
            rows = db_field.remote_field.model._default_manager.all()
        return within(rows, request.user, *KEEPERS)


class ReferenceAdmin(ScopedChoices, admin.ModelAdmin):
    """Rows that heads of PSD and administrators keep for their own forces; others of the desk read.

    Nothing is deleted, and each change leaves an event in the audit in place of Django's log.
    """

    actions = None
    show_facets = admin.ShowFacets.NEVER
    change_form_template = "casework/desk/reference_form.html"
    change_list_template = "casework/desk/reference_list.html"
    object_history_template = "casework/desk/history.html"
    editors: ClassVar[tuple[Role, ...]] = KEEPERS

    def why_fixed(self, obj: Any) -> str:
        """A sentence where this row can no longer be changed."""
        return ""

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return within(super().get_queryset(request), request.user, *REFERENCE_ROLES)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.holds(*REFERENCE_ROLES)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.holds(*REFERENCE_ROLES)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.holds(*self.editors)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not request.user.holds(*self.editors):
            return False
        if obj is None:
            return True
        kept = within(self.model._default_manager.filter(pk=obj.pk), request.user, *self.editors)
        return kept.exists() and not self.why_fixed(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        obj = self.get_object(request, object_id) if object_id else None
        if object_id and obj is None:
            raise Http404
        fixed = self.why_fixed(obj) if obj else ""
        return super().changeform_view(
            request, object_id, form_url, {"why_fixed": fixed, **(extra_context or {})}
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if self.get_object(request, object_id) is None:
            raise Http404
        events = Event.objects.filter(about=self.about, about_id=object_id).order_by("-pk")
        return super().history_view(request, object_id, {"events": events})

    @property
    def about(self) -> str:
        return str(self.opts.model_name)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        self._log(request, obj, "added", message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:
        self._log(request, obj, "changed", message)

    def _log(self, request: HttpRequest, obj: Any, verb: str, message: Any) -> None:
        record(
            f"{self.opts.verbose_name} {verb}",
            by=request.user,
            now=timezone.now(),
            force_id=getattr(obj, "force_id", None),
            oversight_body_id=getattr(obj, "oversight_body_id", None),
            about=self.about,
            about_id=obj.pk,
            facts={"row": str(obj), "what": message},
            audience=Audience.PSD,
        )


class ForceAdmin(ReferenceAdmin):
    """Forces are set up by the operator; the desk names their outside deciders and keepers of checkpoints."""

    form = ForceForm
    list_display = ("name", "code", "department", "lead", "outside_decider")
    list_select_related = ("department", "outside_department", "outside_body")
    fields = (
        "name",
        "code",
        "department",
        "outside_department",
        "outside_body",
        "checkpoint_addresses",
    )
    readonly_fields = ("name", "code", "department")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description="Outside decider")
    def outside_decider(self, force: Force) -> str:
        return str(force.outside_decider or "Nobody is named")

    def save_model(self, request: HttpRequest, obj: Force, form: Any, change: bool) -> None:
        acting = {"by": request.user, "now": timezone.now()}
        if {"outside_department", "outside_body"} & set(form.changed_data):
            actions.name_outside_decider(
                obj, department=obj.outside_department, body=obj.outside_body, **acting
            )
        if "checkpoint_addresses" in form.changed_data:
            actions.set_checkpoint_addresses(obj, addresses=obj.checkpoint_addresses, **acting)

    def _log(self, request: HttpRequest, obj: Any, verb: str, message: Any) -> None:
        """The action has written its own event."""

    @admin.display(description="Senior lead for integrity")
    def lead(self, force: Force) -> str:
        return str(force.integrity_lead() or "Nobody is named")


class UnitAdmin(ReferenceAdmin):
    """Units, and who heads each: they return nil where there was nothing to declare."""

    form = UnitForm
    list_display = ("name", "force", "head")
    list_select_related = ("force", "head__grade")
    search_fields = ("name",)
    autocomplete_fields = ("head",)
    fields = UnitForm.Meta.fields


class GradeAdmin(ReferenceAdmin):
    list_display = ("name", "short", "force", "band", "is_chief_officer", "heads_force")
    list_select_related = ("force",)
    search_fields = ("name", "short")


class PersonAdmin(ReferenceAdmin):
    """People: who they are now. Their roles are on the page of role grants."""

    form = ChangePersonForm
    list_display = ("display", "force_or_body", "unit", "line_manager", "starts_on", "leaves_on")
    list_select_related = ("grade", "force", "oversight_body", "unit", "line_manager__grade")
    search_fields = ("last_name", "first_name", "number", "username")
    list_filter = ("member_type",)
    autocomplete_fields = ("line_manager",)
    fields = (*ChangePersonForm.Meta.fields, "password1", "password2")
    about = "person"

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Forces of an alliance have units and grades of the same name, so each says whose it is."""
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if field is not None and db_field.name in ("grade", "unit"):
            field.queryset = field.queryset.select_related("force")
            field.label_from_instance = lambda row: f"{row}, {row.force}"  # type: ignore[method-assign, assignment]
        return field

    @admin.display(description="Person", ordering="last_name")
    def display(self, person: User) -> str:
        return person.display

    @admin.display(description="Force or body")
    def force_or_body(self, person: User) -> str:
        return str(person.force or person.oversight_body)

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        kwargs["form"] = ChangePersonForm if change else AddPersonForm
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def get_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        may = obj is None or self.has_change_permission(request, obj)
        return self.fields if may else self.fields[:-2]

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        now, password = timezone.now(), form.cleaned_data["password1"]
        if not change:
            actions.add_person(obj, password=password, by=request.user, now=now)
            return
        changes = _changes(form, without=("password1", "password2"))
        if changes:
            actions.change_person(obj, changes=changes, by=request.user, now=now)
        if password:
            actions.set_password(obj, password=password, by=request.user, now=now)

    def _log(self, request: HttpRequest, obj: Any, verb: str, message: Any) -> None:
        """The actions have written their own events."""


class RoleGrantAdmin(ReferenceAdmin):
    """Roles: granted with a scope and dates, ended by their last day, never deleted."""

    form = GrantForm
    list_display = ("user", "role", "where", "starts_on", "ends_on")
    list_select_related = ("user__grade", "force", "department", "oversight_body")
    list_filter = ("role",)
    search_fields = ("user__last_name", "user__first_name", "user__number")
    autocomplete_fields = ("user",)

    @admin.display(description="Where")
    def where(self, grant: RoleGrant) -> str:
        return str(grant.force or grant.department or grant.oversight_body)

    def get_readonly_fields(
        self, request: HttpRequest, obj: RoleGrant | None = None
    ) -> tuple[str, ...]:
        fixed = ("user", "role", "force", "department", "oversight_body", "starts_on")
        return fixed if obj else ()

    def get_form(
        self,
        request: HttpRequest,
        obj: RoleGrant | None = None,
        change: bool = False,
        **kwargs: Any,
    ) -> type[ModelForm]:
        form = super().get_form(request, obj, change, **kwargs)
        return type(form.__name__, (form,), {"by": request.user})

    def save_model(self, request: HttpRequest, obj: RoleGrant, form: Any, change: bool) -> None:
        now = timezone.now()
        if change:
            actions.end_role(obj, ends_on=obj.ends_on, by=request.user, now=now)
        else:
            granted = actions.grant_role(by=request.user, now=now, **form.cleaned_data)
            obj.pk, obj._state.adding = granted.pk, False

    def _log(self, request: HttpRequest, obj: Any, verb: str, message: Any) -> None:
        """The actions have written their own events."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A grant's events are on its person's page."""
        raise Http404


def _changes(form: ModelForm, without: tuple[str, ...]) -> Mapping[str, Any]:
    return {name: form.cleaned_data[name] for name in form.changed_data if name not in without}
