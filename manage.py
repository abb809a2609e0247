#!/usr/bin/env python
"""Every command of the site. With no DATABASE_URL it starts the embedded PostgreSQL for them."""

import os
import sys

from django.core.management import execute_from_command_line

from integrity.launch import prepare_command
from integrity.postgres_keeper import Problem


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "integrity.settings")
    try:
        prepare_command(sys.argv)
        execute_from_command_line(sys.argv)
    except Problem as problem:
        sys.exit(str(problem))


if __name__ == "__main__":
    main()
