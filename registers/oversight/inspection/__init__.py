"""The inspection return: every figure of the 2012 report, by its definition there, for a force or all."""
