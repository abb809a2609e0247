"""The filter of a page of figures. It is sent by GET, so that the page's address is the filter."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from integrity.casework.clocks import add_months
from integrity.people.enums import RankBand
from integrity.people.models import Force, OversightBody, Unit
from integrity.ui.forms import GovukForm
from registers.oversight.asking import Asked
from registers.oversight.spans import Period, year_of

BEFORE_THAT = "The last day comes before the first. Change one of them."
EARLIEST = date(2000, 1, 1)
LONGEST = 10  # years ahead
KEPT = ("measure", "key", "pile", "board")  # what the entries behind a figure are found by


def twelve_months(today: date) -> Period:
    """The month that a day is in and the eleven before it: what pages show unless told."""
    last = add_months(today.replace(day=1), 1) - date.resolution
    return Period(add_months(today.replace(day=1), -11), last)


def choice(label: str, everything: str, names: Sequence[tuple[str, str]]) -> forms.ChoiceField:
    """One of several, or everything."""
    return forms.ChoiceField(label=label, required=False, choices=[("", everything), *names])


class FilterForm(GovukForm):
    """Which force, period, unit and group of ranks; whatever is left empty is everything."""

    starts_on = forms.DateField(
        label="From", required=False, widget=forms.DateInput({"type": "date"})
    )
    ends_on = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))
    form_method = "get"
    submit_label = "Show"
    submit_style = "secondary"
    mark_optional = False

    def __init__(
        self,
        said: Mapping[str, str],
        *,
        forces: Sequence[Force],
        today: date,
        board: OversightBody | None = None,
        narrow: bool = True,
    ) -> None:
        self.forces, self.today, self.board = list(forces), today, board
        data = {**{name: said.get(name, "") for name in ("force", "unit", "band")}}
        days = {name: said.get(name, "") for name in ("from", "to")}
        data |= days if any(days.values()) else self.usual_days()
        kept = {name: said[name] for name in KEPT if said.get(name)}
        self.said = {name: said.get(name, "") for name in data}
        self.units = self._units(data["force"], data["unit"]) if narrow else []
        if not any(str(unit.pk) == data["unit"] for unit in self.units):
            data["unit"] = ""  # of another of their forces, chosen before this one
        super().__init__({**data, **kept})
        if len(self.forces) > 1:
            names = [(force.code, force.name) for force in self.forces]
            self.fields["force"] = choice("Force", "All forces", names)
        if self.units:
            names = [(str(unit.pk), unit.name) for unit in self.units]
            self.fields["unit"] = choice("Unit", "All units", names)
        if narrow:
            self.fields["band"] = choice("Group of ranks", "All ranks and grades", RankBand.choices)
        for name in kept:
            self.fields[name] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.order_fields(("force", "starts_on", "ends_on", "unit", "band"))

    def usual_days(self) -> dict[str, str]:
        """The days of the period that is shown where nobody asked for another."""
        usual = self.period(None, None)
        return {"from": usual.starts_on.isoformat(), "to": usual.ends_on.isoformat()}

    def add_prefix(self, field_name: str) -> str:
        """The days stand in the address as ``from`` and ``to``."""
        return {"starts_on": "from", "ends_on": "to"}.get(field_name, field_name)

    def _units(self, code: str, named: str) -> list[Unit]:
        """The units of the force that is chosen, or the only one, or the one whose unit is named."""
        chosen = [force.pk for force in self.forces if force.code == code or len(self.forces) == 1]
        if chosen:
            return list(Unit.objects.filter(force__in=chosen))
        if not named.isdecimal():
            return []
        beside = Unit.objects.filter(pk=int(named[:18]), force__in=self.forces)
        return list(Unit.objects.filter(force__in=beside.values("force")))

    @property
    def names_a_stranger(self) -> bool:
        """Whether an address names a unit of none of these forces, which does not exist for its reader."""
        named = self.said["unit"]
        if not named or any(str(unit.pk) == named for unit in self.units):
            return False
        theirs = Unit.objects.filter(force__in=self.forces)
        return not (named.isdecimal() and theirs.filter(pk=int(named[:18])).exists())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", BEFORE_THAT)
        return cleaned

    def asked(self) -> Asked:
        """What was asked; where the form was refused, what pages show unless told."""
        said = self.cleaned_data if self.is_valid() else {}
        unit = next((u for u in self.units if str(u.pk) == said.get("unit")), None)
        of_unit = unit.force_id if unit else 0
        chosen = [f for f in self.forces if of_unit == f.pk or f.code == said.get("force")]
        band = RankBand(said["band"]) if said.get("band") else None
        return Asked(
            forces=chosen or self.forces,
            period=self.period(said.get("starts_on"), said.get("ends_on")),
            board=self.board,
            unit=unit,
            band=band,
            every_force=not chosen,
        )

    @property
    def narrows(self) -> bool:
        """Whether an address says anything that could be cleared."""
        return any(self.said.values())

    def period(self, first: date | None, last: date | None) -> Period:
        if first is None and last is None:
            return twelve_months(self.today)
        last = last or max(first or self.today, self.today)
        last = min(max(last, EARLIEST), add_months(self.today, 12 * LONGEST))
        first = first or add_months(last, -12) + date.resolution
        return Period(min(max(first, EARLIEST), last), last)

    def presets(self) -> list[tuple[str, Period]]:
        """The periods that are asked for most, each a link."""
        this_year = year_of(self.today)
        quarter = add_months(self.today.replace(day=1), -((self.today.month - 1) % 3) - 3)
        return [
            ("Last 12 months", twelve_months(self.today)),
            ("Last quarter", Period(quarter, add_months(quarter, 3) - date.resolution)),
            ("This financial year", Period(this_year, add_months(this_year, 12) - date.resolution)),
            ("Last financial year", Period(add_months(this_year, -12), this_year - date.resolution)),
            ("Ten years", Period(add_months(this_year, -108), add_months(this_year, 12) - date.resolution)),
        ]  # fmt: skip
