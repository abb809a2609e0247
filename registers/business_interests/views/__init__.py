"""The business interests register's pages: parse, scope, call one action, go on."""
