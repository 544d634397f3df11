#!/bin/sh
# Runs in new mount, network, process, IPC and host-name namespaces, as root; ends as an unprivileged user in a root
# directory that holds only what is named here. All arguments come from run-confined.ts.
#   enter.sh <new root> <user id> <scratch directory> [<read-only path> ...] -- <limits of prlimit> -- <command>
set -eu
new_root=$1 user=$2 scratch=$3
shift 3

# A place for the mount: directories for directories, an empty file for a file.
make_place() {
  if [ -d "$1" ]; then mkdir -p "$new_root$1"; else mkdir -p "$new_root$(dirname "$1")"; : > "$new_root$1"; fi
}
show() {
  make_place "$1"
  mount -o bind,ro,nosuid,nodev "$1" "$new_root$1"
}

mount -t tmpfs -o size=4m,mode=0755,nosuid none "$new_root"
show /usr
for directory in /bin /sbin /lib /lib64; do
  if [ -L "$directory" ]; then ln -s "$(readlink "$directory")" "$new_root$directory"
  elif [ -d "$directory" ]; then show "$directory"; fi
done
for file in /etc/ld.so.cache /dev/null /dev/zero /dev/random /dev/urandom; do
  [ ! -e "$file" ] || { make_place "$file"; mount --bind "$file" "$new_root$file"; }
done
while [ "$1" != -- ]; do show "$1"; shift; done
shift
make_place "$scratch"
mount -o bind,nosuid,nodev,noexec "$scratch" "$new_root$scratch"
mkdir -p "$new_root/proc" "$new_root/.before"
mount -t proc -o ro,nosuid,nodev,noexec proc "$new_root/proc"

limits=""
while [ "$1" != -- ]; do limits="$limits $1"; shift; done
shift
cd "$new_root"
pivot_root . .before
# What was mounted before is let go, so that nothing here holds on to a workspace.
umount -l /.before
rmdir /.before
mount -o remount,ro,nosuid,mode=0755 /
cd "$scratch"
# shellcheck disable=SC2086 -- several words on purpose
exec prlimit $limits setpriv --reuid "$user" --regid "$user" --clear-groups --no-new-privs \
  --bounding-set=-all --inh-caps=-all --ambient-caps=-all --pdeathsig KILL -- "$@"
