"""Labels as they stand in sentences."""

import pytest

from integrity.ui.wording import within


@pytest.mark.parametrize(
    ("label", "said"),
    [("Declined", "declined"), ("PSD told", "PSD told"), ("With PSD", "with PSD"), ("", "")],
)
def test_a_label_within_a_sentence_keeps_its_initials(label: str, said: str) -> None:
    assert within(label) == said
