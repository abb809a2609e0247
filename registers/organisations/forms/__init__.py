"""The desk's forms about organisations: they give shape to what was typed and decide nothing."""
