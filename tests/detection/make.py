"""The whole world in the order in which its parts need each other."""

from datetime import date

from tests.detection import innocent, ordinary
from tests.detection.planter import Planter
from tests.detection.records import Scheme
from tests.detection.schemes import plant_all, silent_units
from tests.detection.world import World


def make(
    *, declarations: int, rows: int, schemes: int, seed: int, until: date, fault: str = ""
) -> tuple[World, list[Scheme]]:
    """A world of so many declarations and rows, and the schemes planted in it."""
    world = World(seed, until)
    world.people_it(declarations, schemes=schemes, silent=silent_units(schemes))
    ordinary.fill_pools(world, declarations, rows)
    for coincide in innocent.ALL:
        coincide(world, declarations)
    planted = plant_all(Planter(world, fault=fault), schemes)
    ordinary.buy(world, rows)
    ordinary.declare(world, declarations)
    return world, planted
