"""The parts of the return that say what a force does about integrity, force by force."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from integrity.casework.enums import SignOffCapacity
from integrity.casework.registry import registers
from integrity.ui.tables import Cell, number, of_day, text
from registers.governance.models import ForceStatement
from registers.investigations.enums import Behaviour
from registers.oversight.inspection.parts import NOT_SHOWN, Line, Part, one
from registers.oversight.inspection.recorded import Recorded, signed_by
from registers.oversight.spans import Period

P20, P21, P22, P24, P25, P29, P34 = (
    f"HMIC 2012, p. {page}" for page in (20, 21, 22, 24, 25, 29, 34)
)
NOT_STATED = text("not stated")


@dataclass(frozen=True, slots=True)
class Look:
    """One force, or several together, over a period; ``trusted`` may know of investigations."""

    recorded: Recorded
    forces: Sequence[int]
    period: Period
    trusted: bool

    @property
    def alone(self) -> int | None:
        """The one force, where there is only one."""
        return self.forces[0] if len(self.forces) == 1 else None

    def number(self, what: str) -> Sequence[Cell]:
        return one(number(self.recorded.number(what, self.forces)))

    def trusted_number(self, what: str) -> Sequence[Cell]:
        return self.number(what) if self.trusted else one(NOT_SHOWN)

    def stated(self, of: Callable[[ForceStatement], Cell]) -> Sequence[Cell]:
        """What one force states; of several, how many state anything."""
        if self.alone is None:
            many = sum(1 for force in self.forces if force in self.recorded.after)
            return one(text(f"stated by {many} of {len(self.forces)}"))
        statement = self.recorded.after.get(self.alone)
        return one(of(statement) if statement else NOT_STATED)

    def forces_that(self, holds: Callable[[ForceStatement], bool]) -> Sequence[Cell]:
        """Yes or no of one force; of several, how many."""
        if self.alone is not None:
            return self.stated(lambda each: text("yes" if holds(each) else "no"))
        kept = [self.recorded.after[each] for each in self.forces if each in self.recorded.after]
        return one(number(sum(map(holds, kept))))


def registers_kept(look: Look) -> Part:
    """Single register, declines recorded, sign-offs and cross-checks (HMIC 2012, pp. 24 and 25)."""
    lines = [
        Line("R1", "A single register of gifts and hospitality",
             look.forces_that(lambda each: each.single_register),
             "Whether the force keeps one register, as it states.", P24, "30 of 44"),
        *_signed(look),
        Line("R4", "Registers compared with each other and with contracts, last",
             _compared(look),
             "The last day on which every cross-check ran over everything the force has here.", P25,
             "28 of 44 in some form"),
        Line("R5", "Matches found", look.trusted_number("matches_found"),
             "Matches between registers found in the period.", P25),
        Line("R6", "Matches decided", look.trusted_number("matches_decided"),
             "Matches that an analyst disposed of in the period.", P25),
        Line("R7", "Hospitality compared with contractors",
             look.forces_that(lambda each: each.compares_with_contractors),
             "As the force states.", P25, "13 of 44"),
        Line("R8", "Second jobs compared with suppliers",
             look.forces_that(lambda each: each.compares_with_suppliers),
             "As the force states.", P29, "21 of 44"),
        Line("R9", "Nil returns", look.number("nil_returns"),
             "Times in the period that a unit’s head said that there was nothing.", P24),
    ]  # fmt: skip
    return Part("registers", "Registers", ("Number",), lines)


def _compared(look: Look) -> Sequence[Cell]:
    found = look.recorded.compared_at
    if look.alone is not None:
        when = found.get(look.alone)
        return one(of_day(when) if when else text("never"))
    return one(text(f"{sum(1 for each in look.forces if each in found)} of {len(look.forces)}"))


def _signed(look: Look) -> list[Line]:
    """Registers signed off for the whole period, by their owner and by the oversight body."""
    lines = []
    for ref, capacity, who in (
        ("R2", SignOffCapacity.REGISTER_OWNER, "their owner"),
        ("R3", SignOffCapacity.OVERSIGHT_BODY, "the oversight body"),
    ):
        slugs = [each.slug for each in registers() if each.for_sign_off is not None]
        whole = sum(
            1
            for force in look.forces
            for slug, day in signed_by(capacity, look.recorded, force).items()
            if slug in slugs and day >= look.period.ends_on
        )
        lines.append(
            Line(
                ref,
                f"Registers signed off by {who}",
                one(text(f"{whole} of {len(slugs) * len(look.forces)}")),
                "Registers that are signed off up to the last day of the period.",
                P24,
                "all checked",
            )
        )
    return lines


def staff(look: Look) -> Part:
    """Counter-corruption staff and their change (HMIC 2012, p. 20)."""
    lines = [
        Line("C1", "Counter-corruption staff",
             look.stated(lambda each: _fte(each.counter_corruption_staff)),
             "Full-time equivalents on the last day of the period, as the force states.", P20),
        Line("C2", "Change since the first day", _change(look),
             "The same, less what stood on the first day of the period.", P20,
             "fewer in 9, more in 6 of 44"),
        Line("C3", "Led by", look.stated(lambda each: text(each.led_by)),
             "The rank or grade of whoever leads them.", P20),
        Line("C4", "Headcount",
             look.stated(lambda each: text(f"{each.headcount:,} ({each.headcount_source})")
                         if each.headcount else NOT_STATED),
             "People of the force, with the source that it gives.", "Ours"),
    ]  # fmt: skip
    return Part("staff", "Counter-corruption", ("Number",), lines)


def _fte(staff: Decimal) -> Cell:
    return Cell(f"{staff.normalize():f}", staff)


def _change(look: Look) -> Sequence[Cell]:
    if look.alone is None:
        changes = [_changed(look.recorded, force) for force in look.forces]
        known = [each for each in changes if each is not None]
        fewer, more = sum(1 for e in known if e < 0), sum(1 for e in known if e > 0)
        return one(text(f"fewer in {fewer}, more in {more} of {len(known)}"))
    found = _changed(look.recorded, look.alone)
    return one(NOT_STATED if found is None else Cell(f"{found.normalize():+f}", found))


def _changed(recorded: Recorded, force: int) -> Decimal | None:
    before, after = recorded.before.get(force), recorded.after.get(force)
    if before is None or after is None:
        return None
    return after.counter_corruption_staff - before.counter_corruption_staff


def policies(look: Look) -> Part:
    """Policies in force and since when (HMIC 2012, pp. 27 and 28)."""
    lines = []
    for at, register in enumerate((e for e in registers() if e.policies is not None), start=1):
        since = [look.recorded.policy_since(force, register.slug) for force in look.forces]
        known = [day for day in since if day is not None]
        renewed = sum(1 for day in known if look.period.has(day))
        shown = (
            one(of_day(known[0]) if known else text("none"))
            if look.alone is not None
            else one(text(f"in force in {len(known)}, renewed in {renewed} of {len(since)}"))
        )
        lines.append(
            Line(
                f"P{at}",
                f"Policy on {register.name.lower()}, in force since",
                shown,
                "The policy that is in force on the last day of the period.",
                "HMIC 2012, pp. 27–28",
            )
        )
    return Part("policies", "Policies", ("Since",), lines)


def oversight(look: Look) -> Part:
    """Procurement, the press office and governance (HMIC 2012, pp. 21, 29 and 34)."""
    lines = [
        Line("O1", "Purchasing cards held", look.number("cards_after"),
             "Cards open on the last day of the period.", P29),
        Line("O2", "Purchasing cards held at first", look.number("cards_before"),
             "Cards open on the first day of the period. The report found about 100 fewer.", P29),
        Line("O3", "Purchases judged", look.number("purchases_reviewed"),
             "Purchases by card that somebody beyond the holder’s line judged in the period.", P29),
        Line("O4", "of which not right", look.number("purchases_wrong"),
             "Judged not right, or handed to professional standards.", P29),
        Line("O5", "Matters discussed by professional standards and the press office",
             look.number("media_meeting"),
             "Lines of their shared list that were discussed in the period.", P21, "38 of 44 meet"),
        Line("O6", "Weeks sampled for contact with the media", look.number("weeks_sampled"),
             "Officers’ weeks outside the press office that were checked in the period.", P21),
        Line("O7", "Health checks finished", look.number("health_checks"),
             "Integrity health checks of the force finished in the period.", P34, "44 of 44"),
        Line("O8", "Action plan: open", look.number("plan_open"), "Items open now.", P34),
        Line("O9", "Action plan: overdue", look.number("plan_overdue"),
             "Open items that are past their day.", P34),
        Line("O10", "Action plan: closed", look.number("plan_closed"),
             "Items closed with evidence.", P34),
    ]  # fmt: skip
    return Part("oversight", "Procurement, press office and governance", ("Number",), lines)


def social_media(look: Look) -> Part:
    """Posts that should not stand, by what is wrong with them (HMIC 2012, p. 22)."""
    then = {"offensive": "132", "protocol": "119", "negativity": "70", "extreme": "36"}
    lines = [
        Line("N1", "Posts found", look.trusted_number("posts"),
             "Posts recorded in an investigation, by the day they were found.", P22, "357"),
        *(
            Line(f"N2.{at}", str(each.label), look.trusted_number(f"posts_{each}"),
                 "The same, of this behaviour.", P22, then[each])
            for at, each in enumerate(Behaviour, start=1)
        ),
    ]  # fmt: skip
    return Part("social-media", "Social media", ("Number",), lines)
