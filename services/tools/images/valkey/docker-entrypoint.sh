#!/bin/sh
# Becomes valkey-server, listening on every address and keeping its files in /data. What is passed
# comes last and so wins: `--appendonly yes`, or `valkey-server --save 60 1`.
set -eu

case "${1:-}" in
  -*) set -- valkey-server "$@" ;;
esac

if [ "${1:-}" = valkey-server ]; then
  shift
  set -- valkey-server --bind '* -::*' --protected-mode no --dir /data "$@"
fi

if [ "$1" = valkey-server ] && [ "$(id -u)" = 0 ]; then
  find /data ! -user valkey -exec chown valkey:valkey {} +
  exec setpriv --reuid=valkey --regid=valkey --init-groups "$@"
fi
exec "$@"
