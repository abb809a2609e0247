"""Every figure is what an independent recount of the records says, in worlds that change."""

import pytest
from django.db import connection, transaction

from tests.oversight_world.comparing import differences
from tests.oversight_world.faults import FAULTS, planted
from tests.oversight_world.make import small
from tests.oversight_world.rows import insert
from tests.plugins.database import as_superuser

SEEDS = range(1, 31)  # `python -m tests.benchmarks.oversight_recounts` counts a thousand
TRIED = 6  # so many worlds at most show a fault


@pytest.mark.django_db
@pytest.mark.parametrize("seed", SEEDS)
def test_figures_are_what_the_records_say(seed: int) -> None:
    assert differences(seed, steps=3, asks=1) == []


@pytest.mark.django_db
@pytest.mark.parametrize("fault", FAULTS)
def test_a_line_of_the_facts_that_is_turned_round_is_seen(fault: str) -> None:
    with as_superuser(connection.settings_dict["NAME"]) as superuser, planted(superuser, fault):
        assert any(differences(seed) for seed in range(1, TRIED + 1))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_rows_of_a_world_hold_together(seed: int) -> None:
    with transaction.atomic():
        insert(small(seed).rows)
        connection.check_constraints()
        transaction.set_rollback(True)


def test_the_same_seed_gives_the_same_world() -> None:
    assert small(7).rows.take() == small(7).rows.take()
