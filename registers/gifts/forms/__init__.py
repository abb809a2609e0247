"""The forms of the gifts register: shape and coercion; they never decide."""
