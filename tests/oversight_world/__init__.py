"""A made-up world of declarations for the figures of oversight, written as rows: small, or a nation's.

`small(seed)` has few cases and every odd corner; `national()` has a nation's, of ten years, by COPY.
The same seed gives the same world. That its rows could have come of the actions is checked by
tests/registers/oversight/test_world.py.
"""
