"""The forms of the business interests register: shape and coercion; they never decide."""
