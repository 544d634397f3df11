#!/bin/bash
# Makes the database on first start, then becomes Postgres. Environment as of the official image:
# POSTGRES_PASSWORD (required), POSTGRES_USER (postgres), POSTGRES_DB (the user's name),
# POSTGRES_INITDB_ARGS, POSTGRES_HOST_AUTH_METHOD.
set -euo pipefail

if [ "${1:0:1}" = "-" ]; then set -- postgres "$@"; fi

# Anything else than the server (psql, a shell) runs as it is.
if [ "$1" != "postgres" ]; then exec "$@"; fi

if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  find "$PGDATA" /var/run/postgresql ! -user postgres -exec chown postgres {} +
  chmod 700 "$PGDATA"
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi

user=${POSTGRES_USER:-postgres}
database=${POSTGRES_DB:-$user}
auth_method=${POSTGRES_HOST_AUTH_METHOD:-scram-sha-256}

initialise() {
  if [ -z "${POSTGRES_PASSWORD:-}" ] && [ "$auth_method" != trust ]; then
    echo "POSTGRES_PASSWORD is not set: a database needs a password for its first user." >&2
    exit 1
  fi
  local initdb_arguments=()
  read -ra initdb_arguments <<< "${POSTGRES_INITDB_ARGS:-}"
  initdb --username="$user" --pwfile=<(printf '%s\n' "${POSTGRES_PASSWORD:-}") "${initdb_arguments[@]}"
  printf '\nhost all all all %s\n' "$auth_method" >> "$PGDATA/pg_hba.conf"

  # A server without TCP, so that nobody takes the half-made database for a ready one.
  pg_ctl start --wait --options="-c listen_addresses=''"
  if [ "$database" != postgres ]; then
    PGPASSWORD=${POSTGRES_PASSWORD:-} psql --no-psqlrc --quiet --username="$user" --dbname=postgres \
      --set=ON_ERROR_STOP=1 --set=name="$database" <<< 'CREATE DATABASE :"name";'
  fi
  pg_ctl stop --wait --mode=fast
  echo "PostgreSQL init process complete; ready for start up."
}

if [ ! -s "$PGDATA/PG_VERSION" ]; then initialise; fi
exec "$@"
