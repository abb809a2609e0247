"""Two people do at one moment what only one can have done, for every verb of matches, organisations and procurement.

Each thread has a connection of its own and calls the real action. Every contest is run CONTESTS times
(an environment setting), and says what is wrong afterwards; nothing, where all is well.
"""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from typing import Any

from django.db import connection

from integrity.audit.models import Event
from integrity.audit.scope import everywhere
from integrity.casework.workflow import Conflict, Denied
from integrity.people.enums import MemberType
from integrity.people.models import User
from registers.crosschecks.enums import Check
from registers.crosschecks.models import Match
from registers.organisations.models import Merge, Organisation
from registers.organisations.policies import roots
from tests import builders, matches, procurement
from tests.builders import NOW, TODAY

CONTESTS = int(os.environ.get("CONTESTS", "2"))
STOOD = ""
ONE, TWO, ANY = (1,), (2,), (1, 2)  # how many of two may stand
WHY = "Because it is so."

type Act = Callable[[], object]


@dataclass
class Contest:
    """What is done at once; how many of it may stand; and what is to be so afterwards."""

    verb: str
    acts: Sequence[Act]
    stand: Sequence[int]
    after: Callable[[Sequence[str]], Iterator[str]] = lambda answers: iter(())
    of_worker: bool = False  # whose jobs begin their own transactions

    def faults(self) -> list[str]:
        answers = at_once(*self.acts, of_worker=self.of_worker)
        stood = answers.count(STOOD)
        found = [f"{stood} stand" for _ in [0] if stood not in self.stand]
        found += [f"{said} is no sentence" for said in answers if said and not said.endswith(".")]
        with everywhere():
            found += self.after(answers)
        return [f"{self.verb}: {fault}; {answers}" for fault in found]


def at_once(*acts: Act, of_worker: bool) -> list[str]:
    """What each is answered, all begun together: nothing where it stood, else the sentence that refuses it."""
    start = threading.Barrier(len(acts), timeout=60)
    answers = ["It was never answered"] * len(acts)

    def run(place: int, act: Act) -> None:
        try:
            start.wait()
            answers[place] = answer_of(act, of_worker=of_worker)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def answer_of(act: Act, *, of_worker: bool) -> str:
    try:
        with nullcontext() if of_worker else everywhere():
            act()
    except (Conflict, Denied) as refusal:
        return str(refusal)
    except Exception as error:
        return f"{type(error).__name__}: {str(error).splitlines()[0]}"
    return STOOD


@dataclass
class Stage:
    """The world, and as many things of each kind as contests ask for."""

    world: builders.World = field(default_factory=builders.world)
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        world = self.world
        self.analysts = [world.reviewer, world.other_reviewer]
        self.buyer = world.procurement_officer
        self.second_buyer = self.person()
        builders.grant(self.second_buyer, "procurement", force=world.northmoor)
        self.contract = procurement.contract(world.northmoor, awarded_on=TODAY)
        for _ in range(CONTESTS * 5):
            matches.lunch(self.person(), on=TODAY - timedelta(next(self.numbers) % 20 + 2))
        matches.run(world.northmoor)
        found = Match.objects.filter(check_name=Check.OFFER_BEFORE_AWARD, contract=self.contract)
        self._matches = list(found.order_by("pk").values_list("pk", flat=True))

    def person(self, **details: Any) -> User:
        given = {"force": self.world.northmoor, **details}
        return builders.person(f"someone_{next(self.numbers)}", **given)

    def contractor(self) -> User:
        return self.person(member_type=MemberType.CONTRACTOR)

    def match(self) -> Match:
        """One that is open, as it stands now."""
        return Match.objects.with_all().get(pk=self._matches.pop())

    def organisation(self) -> Organisation:
        name = f"Alder {next(self.numbers)} Works"
        return matches.organisation(name, self.world.alliance_psd)


def given(by: User, **more: Any) -> dict[str, Any]:
    return {"by": by, "now": NOW, **more}


def events(name: str, about_id: int) -> int:
    return Event.objects.filter(name=name, about_id=about_id).count()


def in_order(_: object = None) -> Iterator[str]:
    """Each record counts as the last of its chain of merges in force, and none is part of itself."""
    chains = Merge.objects.filter(undone_at=None)
    last = roots(dict(chains.values_list("organisation_id", "into_id")))
    parents = {}
    for each in Organisation.objects.all():
        if each.merged_into_id != last.get(each.pk):
            yield f"{each} counts as {each.merged_into_id} and not as {last.get(each.pk)}"
        parents[each.pk] = each.parent_id
        if each.merged_into_id in last:
            yield f"{each} counts as a record that counts as another"
    for pk in parents:
        above, at = {pk}, parents[pk]
        while at is not None and at not in above:
            above.add(at)
            at = parents[at]
        if at is not None:
            yield f"{pk} is a part of itself"


def is_one[T](what: str, found: Sequence[T]) -> Iterator[str]:
    if len(found) != 1:
        yield f"{len(found)} {what}: {found}"
