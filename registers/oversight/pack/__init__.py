"""The board pack: one source for the private and the public version, as a PDF, a workbook and CSV."""
