"""The forms of the media contacts register."""
