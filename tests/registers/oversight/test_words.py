"""Keys of figures in words."""

from registers.oversight.words import of_key


def test_a_key_is_said_in_words() -> None:
    assert of_key("hospitality|declined|in_time") == "Hospitality, declined, in time"
    assert of_key("with_psd|17") == "With PSD"
    assert of_key("17") == ""
