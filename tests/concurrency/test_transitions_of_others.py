"""Each verb of declarants, supervisors and peers, raced; a file of its own for the second worker."""

from collections.abc import Callable

import pytest

from tests.concurrency.races import ON_THE_DESK, VERBS, measured

pytestmark = pytest.mark.django_db(transaction=True)


def test_each_transition_of_others_has_one_winner_and_three_are_told_why_not(
    record_property: Callable[[str, object], None],
) -> None:
    figure, faults = measured([verb for verb in VERBS if verb not in ON_THE_DESK], "of others")
    record_property("measured", figure)
    assert not faults, "\n".join(faults[:20])
