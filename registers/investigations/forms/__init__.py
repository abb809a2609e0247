"""Forms of investigations: they give shape to what PSD states, and decide nothing."""
