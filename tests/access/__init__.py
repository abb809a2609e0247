"""Who may open what: every route, asked by every kind of person about every kind of thing."""
