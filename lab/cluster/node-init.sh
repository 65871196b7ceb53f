#!/bin/sh
# Process 1 of a node. It gives the node its own /etc, /var, /run and /sys, and then only reaps orphans.
#   node-init.sh NAME SCRATCH_DIR RESOLVER
set -e
name=$1 scratch=$2 resolver=$3

mount --make-rprivate /
mount -t sysfs sysfs /sys
mount -t tmpfs tmpfs /sys/fs/cgroup
while IFS=: read -r _ controllers _; do
  case $controllers in
  '') where=unified kind=cgroup2 options= ;;
  name=*) where=${controllers#name=} kind=cgroup options=none,$controllers ;;
  *) where=$controllers kind=cgroup options=$controllers ;;
  esac
  mkdir -p "/sys/fs/cgroup/$where"
  mount -t $kind ${options:+-o "$options"} cgroup "/sys/fs/cgroup/$where"
done </proc/self/cgroup

# An overlay's upper directory may not lie below its lower one, hence the tmpfs.
mount -t tmpfs tmpfs "$scratch"
for top in etc var; do
  mkdir "$scratch/$top" "$scratch/$top.work"
  mount -t overlay -o "lowerdir=/$top,upperdir=$scratch/$top,workdir=$scratch/$top.work" overlay /$top
done
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/lock /run/flannel /etc/cni/net.d /etc/containerd /etc/kube-flannel

hostname "$name"
echo "$name" >/etc/hostname
echo "nameserver $resolver" >/etc/resolv.conf
echo "127.0.0.1 localhost $name" >/etc/hosts
touch /run/node-ready

trap 'exit 0' TERM
while :; do
  sleep 3600 &
  wait $! || true
done
