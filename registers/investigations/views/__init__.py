"""The investigations register's pages for anybody; what PSD works on is on the desk."""
