#!/bin/sh
# The bastion has a network of its own, but the files of the machine: what its sshd needs gets an own layer.
#   bastion.sh SCRATCH_DIR COMMAND...
set -e
scratch=$1
shift
mkdir -p "$scratch"
mount -t tmpfs tmpfs "$scratch"
mkdir "$scratch/etc" "$scratch/work"
mount -t overlay -o "lowerdir=/etc,upperdir=$scratch/etc,workdir=$scratch/work" overlay /etc
mount -t tmpfs tmpfs /run
sh "$(dirname "$0")/ssh-users.sh"
exec "$@"
