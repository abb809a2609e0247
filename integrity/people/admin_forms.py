"""Forms of the desk for people and roles; a refusal of permissions.py becomes a sentence on the form."""

from typing import Any, ClassVar

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.validators import validate_email

from integrity.people.actions import reach_of
from integrity.people.models import (
    Force,
    OversightBody,
    RoleGrant,
    StandardsDepartment,
    Unit,
    User,
)
from integrity.people.permissions import (
    check_may_grant,
    check_may_keep,
    check_may_set_password,
    check_stays,
)
from integrity.people.policies import why_not_outside


class PersonForm(forms.ModelForm):
    """A person's record, with a one-time password that the person's keeper types twice."""

    by: ClassVar[User]
    password_is_required: ClassVar[bool] = False

    password1 = forms.CharField(
        label="One-time password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        required=False,
        help_text=(
            "At least 12 characters. Tell it to them in person and ask them to change it on their "
            "account page."
        ),
    )
    password2 = forms.CharField(
        label="One-time password again",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
        required=False,
    )

    class Meta:
        model = User
        fields = (
            "username",
            "number",
            "first_name",
            "last_name",
            "email",
            "member_type",
            "force",
            "oversight_body",
            "grade",
            "unit",
            "post",
            "weekly_hours",
            "line_manager",
            "starts_on",
            "leaves_on",
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, second = data.get("password1", ""), data.get("password2", "")
        if self.password_is_required and not first:
            self.add_error("password1", "Enter a one-time password.")
        if first != second:
            self.add_error("password2", "The two passwords are not the same.")
        of_force = data.get("force")
        for name in ("grade", "unit"):
            if data.get(name) and data[name].force != of_force:
                self.add_error(name, f"Choose a {name} of the person’s own force.")
        if bool(of_force) == bool(data.get("oversight_body")):
            raise ValidationError("Choose either a force or an oversight body.")
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        password = self.cleaned_data.get("password1")
        try:
            check_may_keep(self.by, self.instance)
            if password:
                password_validation.validate_password(password, self.instance)
            if password and self.instance.pk:
                check_may_set_password(self.by, self.instance)
        except PermissionDenied as denied:
            self.add_error(None, str(denied))
        except ValidationError as weak:
            self.add_error("password1", weak)


class AddPersonForm(PersonForm):
    password_is_required = True


class ChangePersonForm(PersonForm):
    """Left empty, the password stays as it is."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        try:
            check_stays(self.instance, self.changed_data)
        except PermissionDenied as denied:
            self.add_error(None, str(denied))
        return data


class GrantForm(forms.ModelForm):
    """A role with its scope and dates."""

    by: ClassVar[User]

    class Meta:
        model = RoleGrant
        fields = ("user", "role", "force", "department", "oversight_body", "starts_on", "ends_on")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        scopes = ("force", "department", "oversight_body")
        asked = all(name in self.fields for name in scopes)
        if asked and sum(1 for name in scopes if data.get(name)) != 1:
            raise ValidationError("Choose one force, one department or one oversight body.")
        return data

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        grant = self.instance
        if self.errors or not grant.user_id:
            return
        try:
            check_may_grant(self.by, user=grant.user, role=grant.role, scope=reach_of(grant))
        except PermissionDenied as denied:
            self.add_error(None, str(denied))


class UnitForm(forms.ModelForm):
    """A unit and its head, who is of the same force and serves."""

    class Meta:
        model = Unit
        fields = ("force", "name", "head")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        head = data.get("head")
        if head is None or "head" not in self.changed_data:
            return data
        if head.force != data.get("force"):
            self.add_error("head", "Choose somebody of the unit’s own force.")
        elif not head.is_active:
            self.add_error("head", f"{head.display} does not serve; choose somebody who does.")
        return data


class AddressesField(forms.CharField):
    """E-mail addresses, one to a line."""

    widget = forms.Textarea(attrs={"rows": 4, "cols": 40, "spellcheck": "false"})

    def __init__(self, *, base_field: Any = None, max_length: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)  # what a model's array says of its elements is said here

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        lines = value if isinstance(value, list) else str(value or "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def validate(self, value: Any) -> None:
        super().validate(value)
        for address in value:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(f"“{address}” is not an e-mail address.") from None

    def run_validators(self, value: Any) -> None:
        """Each address has been looked at by itself."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self.to_python(initial) != self.to_python(data)


class ForceForm(forms.ModelForm):
    """All that the desk may change of a force: who decides what nobody inside may, who keeps its checkpoints."""

    class Meta:
        model = Force
        fields = ("outside_department", "outside_body", "checkpoint_addresses")
        field_classes: ClassVar = {"checkpoint_addresses": AddressesField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {
            "outside_department": StandardsDepartment.objects.exclude(forces=self.instance),
            "outside_body": OversightBody.objects.filter(forces=self.instance),
        }
        for name in choices.keys() & self.fields.keys():
            self.fields[name].queryset = choices[name]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        refusal = why_not_outside(
            self.instance, data.get("outside_department"), data.get("outside_body")
        )
        if refusal:
            raise ValidationError(refusal)
        return data
