"""Exit 0 where PostgreSQL answers at TEST_DATABASE_URL, or at its usual place on this machine."""

import os
import sys

import psycopg

DEFAULT = "postgres://postgres@127.0.0.1:5432/postgres"

if __name__ == "__main__":
    try:
        psycopg.connect(os.environ.get("TEST_DATABASE_URL", DEFAULT), connect_timeout=3).close()
    except psycopg.OperationalError:
        sys.exit(1)
