"""The platform's own rows on the desk: people, roles, units, grades, forces, checklists, imports."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q

from integrity.casework.desk import desk
from integrity.casework.models import ChecklistItem, NilReturnRule
from integrity.casework.nil_return_forms import NilReturnRuleForm
from integrity.casework.registry import registers
from integrity.casework.views import import_batches, imports, nil_return_desk
from integrity.people import admin as people
from integrity.people.models import Force, Grade, RoleGrant, Unit, User

people.REACH[ChecklistItem] = lambda scope: Q(force__in=scope.forces)
people.REACH[NilReturnRule] = lambda scope: Q(force__in=scope.forces)

desk.register(Force, people.ForceAdmin)
desk.register(Grade, people.GradeAdmin)
desk.register(RoleGrant, people.RoleGrantAdmin)
desk.register(Unit, people.UnitAdmin)
desk.register(User, people.PersonAdmin)
imports.add_pages(desk)
import_batches.add_pages(desk)
nil_return_desk.add_page(desk)


class ChecklistItemForm(forms.ModelForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "register" in self.fields:
            choices = [(each.slug, each.name) for each in registers() if each.for_sign_off]
            self.fields["register"] = forms.ChoiceField(label="Register", choices=choices)


@admin.register(ChecklistItem, site=desk)
class ChecklistItemAdmin(people.ReferenceAdmin):
    """What whoever signs a register off is asked to have checked."""

    form = ChecklistItemForm
    list_display = ("text", "register", "force", "position", "effective_from", "effective_to")
    list_select_related = ("force",)
    list_filter = ("register",)


@admin.register(NilReturnRule, site=desk)
class NilReturnRuleAdmin(people.ReferenceAdmin):
    """How far back heads of units are asked for nil returns, and when they are reminded, from a day on."""

    form = NilReturnRuleForm
    fields = NilReturnRuleForm.Meta.fields
    list_display = ("force", "effective_from", "first_reminder_days", "repeat_days", "reminders")
    list_select_related = ("force",)
