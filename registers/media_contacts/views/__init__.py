"""The site’s pages of the media contacts register."""
