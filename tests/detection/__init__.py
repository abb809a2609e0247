"""A made-up force with planted schemes, and a judge that says how many the cross-checks found."""
