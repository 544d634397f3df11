#!/bin/sh
# Run once while the image is built: starts the editor, asks for its page and ends it, so that Node keeps
# what it compiled in NODE_COMPILE_CACHE. Saves a fifth of the processor time of a start. Node keys the cache by
# user, so this runs as the candidate's.
set -u
export HOME=/tmp/warm
socket=/tmp/warm/ide.sock
mkdir -p "$HOME"
node /opt/ide/out/node/entry.js --config /etc/worksample/code-server.yaml --socket "$socket" /workspace &
ide=$!
waited=0
until curl -s -o /dev/null --unix-socket "$socket" http://ide/healthz || [ "$waited" -ge 60 ]; do
  sleep 1
  waited=$((waited + 1))
done
curl -s -o /dev/null --max-time 60 --unix-socket "$socket" 'http://ide/?folder=/workspace'
kill -TERM "$ide"
wait "$ide"
rm -rf "$HOME"
ls "$NODE_COMPILE_CACHE"/*/* > /dev/null
