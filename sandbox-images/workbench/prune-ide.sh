#!/bin/sh
# Takes out of code-server what a candidate's workspace must not show or does not need.
# before-install: extensions that ask for an account or a network. after-install: what npm left behind.
set -eu
cd /opt/ide

case "$1" in
  before-install)
    for name in copilot github github-authentication microsoft-authentication tunnel-forwarding; do
      rm -r "lib/vscode/extensions/$name"
    done
    ;;
  after-install)
    find . -name '*.map' -type f -delete
    ;;
esac
