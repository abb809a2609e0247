"""What a page is asked for: of which forces, over which period, of which unit and group of ranks.

It is the page's address, so that somebody else who may see it can be shown the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from integrity.people.enums import RankBand
from integrity.people.models import Force, OversightBody, Unit
from registers.oversight.spans import Period


@dataclass(frozen=True, slots=True)
class Asked:
    """The forces whose figures are read, and what they are narrowed to.

    ``bodies`` are oversight bodies whose own entries are read; ``board`` is the one for whose members
    it is read, who are told no names. ``every_force`` says that nobody chose
    among the reader's forces, so that the address need not name them.
    """

    forces: Sequence[Force]
    period: Period
    bodies: Sequence[OversightBody] = ()
    board: OversightBody | None = None
    unit: Unit | None = None
    band: RankBand | None = None
    every_force: bool = True
    without: Sequence[int] = ()

    @property
    def force_ids(self) -> list[int]:
        return [force.pk for force in self.forces]

    @property
    def body_ids(self) -> list[int]:
        return [body.pk for body in self.bodies]

    @property
    def query(self) -> str:
        """The filter as it stands in an address, without its question mark."""
        return urlencode(self.parameters)

    @property
    def parameters(self) -> Mapping[str, str]:
        found = {
            "from": self.period.starts_on.isoformat(),
            "to": self.period.ends_on.isoformat(),
            "force": "" if self.every_force or not self.forces else self.forces[0].code,
            "unit": str(self.unit.pk) if self.unit else "",
            "band": str(self.band or ""),
            "board": self.board.code if self.board else "",
        }
        return {name: value for name, value in found.items() if value}

    def over(self, period: Period) -> "Asked":
        return replace(self, period=period)

    def of(self, force: Force) -> "Asked":
        """The same of one force alone."""
        return replace(self, forces=[force], every_force=False)

    def including(self, bodies: Sequence[OversightBody]) -> "Asked":
        """The same with what these bodies' own people entered."""
        return replace(self, bodies=bodies)
