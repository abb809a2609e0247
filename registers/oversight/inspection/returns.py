"""Puts the return together: for each force, for all of them, and for the bodies that oversee them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

from integrity.people.models import Force, OversightBody
from integrity.ui.exports import workbook
from integrity.ui.tables import Cell, Table
from registers.business_interests.models import ListedOccupation
from registers.oversight.asking import Asked
from registers.oversight.enums import Measure
from registers.oversight.ground import Grounds, grounds
from registers.oversight.inspection import arrangements, counted, recorded
from registers.oversight.inspection.arrangements import Look
from registers.oversight.inspection.parts import Of, Part, side_by_side
from registers.oversight.inspection.places import place_of
from registers.oversight.inspection.recorded import Recorded
from registers.oversight.marks import key
from registers.oversight.reading import Figures, figures
from registers.oversight.seen import Audience, Seen

MEASURES = [measure for measure in Measure if measure != Measure.PROVIDERS]
ALL = "all"


@dataclass(frozen=True, slots=True)
class Return:
    """The return over a period: ``whole`` of all its forces together, then each, then each body."""

    asked: Asked
    whole: Of
    forces: Sequence[Of]
    bodies: Sequence[Of]

    def on_page(self, *, of_psd: bool) -> Sequence[Table]:
        """What the page shows: all the forces together, each figure leading to what is behind it."""
        place = partial(place_of, asked=self.asked, of_psd=of_psd)
        return [part.table(place) for part in self.whole.parts]

    @property
    def title(self) -> str:
        return f"Inspection return, {self.asked.period.words}"


def inspection_return(asked: Asked, *, trusted: frozenset[int] | None, today: date) -> Return:
    """Every figure of the return. ``trusted`` are the forces whose investigations the reader may know of.

    None: all of them, for a command.
    """
    found = figures(asked, MEASURES, by_force=True, buckets=())
    stands_on = grounds(asked)
    kept = recorded.read(asked.force_ids, asked.body_ids, asked.period, today=today)
    occupations = _occupations(found)
    seen = Seen(asked, found.of_forces(), stands_on, Audience.PSD, today)

    def of(forces: Sequence[Force], seen: Seen, code: str, name: str) -> Of:
        keys = [force.pk for force in forces]
        may = trusted is None or trusted.issuperset(keys)
        return Of(code, name, _parts(seen, Look(kept, keys, asked.period, may), occupations))

    return Return(
        asked,
        of(
            asked.forces, seen, ALL, "All forces" if len(asked.forces) > 1 else str(asked.forces[0])
        ),
        [
            of([force], _of_force(seen, found, force), force.code, force.name)
            for force in asked.forces
        ],
        _bodies(asked, found, kept, today),
    )


def _parts(seen: Seen, look: Look, occupations: Mapping[str, str]) -> Sequence[Part]:
    return [
        counted.gifts(seen),
        arrangements.registers_kept(look),
        counted.applications(seen),
        counted.against_guidance(seen, occupations),
        counted.investigations(seen) if look.trusted else counted.not_yours(),
        counted.media(seen),
        arrangements.social_media(look),
        arrangements.staff(look),
        arrangements.policies(look),
        arrangements.oversight(look),
    ]


def _of_force(seen: Seen, found: Figures, force: Force) -> Seen:
    """The same of one force alone."""
    alone = replace(seen.grounds, forces=[force.pk])
    return replace(
        seen, asked=seen.asked.of(force), figures=found.of_force(force.pk), grounds=alone
    )


def _bodies(asked: Asked, found: Figures, kept: Recorded, today: date) -> list[Of]:
    """What oversight bodies' own people entered (HMIC 2012, p. 24: 112 entries by authorities)."""
    made = []
    for body in asked.bodies:
        since = kept.policies.get(("body", body.pk, "gifts"))
        asks = {(body.pk, "gifts"): since} if since else {}
        rows = [row for row in found.rows if row.body_id == body.pk]
        seen = Seen(
            replace(asked, forces=(), bodies=(body,)),
            Figures(asked, rows, found.buckets),
            Grounds(asks, {}, {}, [body.pk]),
            Audience.PSD,
            today,
        )
        made.append(Of(body.code, body.name, [counted.gifts(seen, "B")]))
    return made


def _occupations(found: Figures) -> dict[str, str]:
    """The names of the listed occupations against which something was approved."""
    numbers = [key for key in found.by_part(Measure.AGAINST_GUIDANCE, 0) if key]
    names = ListedOccupation.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {str(pk): name for pk, name in names}


def bodies_of(forces: Sequence[Force]) -> list[OversightBody]:
    """The bodies that oversee any of some forces."""
    return list(OversightBody.objects.filter(forces__in=forces).distinct())


# --- as files -------------------------------------------------------------------------------------


def tables(made: Return) -> list[Table]:
    """A table for each part, with a row for every line of every force; the bodies' own last."""
    everybody = [made.whole, *made.forces] if len(made.forces) > 1 else [made.whole]
    found = [side_by_side(everybody, at) for at in range(len(made.whole.parts))]
    if made.bodies:
        found.append(replace(side_by_side(made.bodies, 0), title="Entries of oversight bodies"))
    return found


def as_workbook(made: Return, *, made_at: datetime) -> bytes:
    return workbook(tables(made), title=made.title, made_at=made_at, key=key(public=False))


def as_json(made: Return) -> dict[str, Any]:
    """Everything by code and reference, as the command prints it."""
    period = made.asked.period
    return {
        "from": period.starts_on.isoformat(),
        "to": period.ends_on.isoformat(),
        "all": _json(made.whole),
        "forces": {each.code: _json(each) for each in made.forces},
        "oversight_bodies": {each.code: _json(each) for each in made.bodies},
    }


def _json(of: Of) -> dict[str, Any]:
    return {
        line.ref: {
            "title": line.title,
            "part": part.title,
            "definition": line.definition,
            "source": line.source,
            "then": line.then,
            **{
                _name(column): _value(cell)
                for column, cell in zip(part.columns, line.cells, strict=True)
            },
        }
        for part in of.parts
        for line in part.lines
    }


def _name(column: str) -> str:
    return column.lower().replace(" ", "_")


def _value(cell: Cell) -> Any:
    """A number as it is; pounds and other decimals as plain strings; a mark as its words."""
    match cell.value:
        case Decimal():
            return str(cell.value)
        case date():
            return cell.value.isoformat()[:10]
        case None:
            return cell.shown
    return cell.value
