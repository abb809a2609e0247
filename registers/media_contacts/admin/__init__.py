"""The press office’s and PSD’s pages of the desk."""
