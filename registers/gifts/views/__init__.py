"""The gifts register's pages: parse, scope, call one action, go on."""
