"""Reading other people's spreadsheets: files to rows, cells to values, headings to fields.

Pure: no models, no database, no request. A register adds its own fields and rows on top
(`registers/gifts/importing.py`).
"""
