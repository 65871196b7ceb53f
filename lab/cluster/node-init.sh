#!/bin/sh
# Process 1 of a node. It gives the node its own /etc, /usr, /opt, /var, /run and /sys, and then only reaps orphans.
#   node-init.sh NAME SCRATCH_DIR RESOLVER IPTABLES
set -e
name=$1 scratch=$2 resolver=$3 iptables=$4

mount --make-rprivate /
mount -t sysfs sysfs /sys
case $(cat /proc/self/cgroup) in
0::*) mount -t cgroup2 cgroup /sys/fs/cgroup ;;
*) mount -t tmpfs tmpfs /sys/fs/cgroup ;;
esac
while IFS=: read -r _ controllers _; do
  # Version 2 alone stands where those of version 1 have their folder.
  [ ! -e /sys/fs/cgroup/cgroup.controllers ] || break
  case $controllers in
  '') where=unified kind=cgroup2 options= ;;
  name=*) where=${controllers#name=} kind=cgroup options=none,$controllers ;;
  *) where=$controllers kind=cgroup options=$controllers ;;
  esac
  mkdir -p "/sys/fs/cgroup/$where"
  mount -t $kind ${options:+-o "$options"} cgroup "/sys/fs/cgroup/$where"
done </proc/self/cgroup

# A kubelet looks for the clock of its processor, which a kernel without hardware does not know.
[ ! -e /vm/cpuinfo ] || mount --bind /vm/cpuinfo /proc/cpuinfo

# An overlay's upper directory may not lie below its lower one, hence the tmpfs.
mount -t tmpfs tmpfs "$scratch"
overlay() {
  mkdir "$scratch/$1" "$scratch/$1.work"
  mount -t overlay -o "lowerdir=$2,upperdir=$scratch/$1,workdir=$scratch/$1.work" overlay "$2"
}
for top in etc usr opt var; do overlay $top /$top; done
mount -t tmpfs tmpfs /run
mkdir -p /run/netns /run/lock /run/flannel /etc/cni/net.d /etc/containerd /usr/lib/modules /opt/cni/bin

# Where every distribution of Kubernetes has its CNI plugins; a fault may take one away from this node alone.
mkdir "$scratch/cni" "$scratch/cni.work"
mount -t overlay -o "lowerdir=/usr/lib/cni,upperdir=$scratch/cni,workdir=$scratch/cni.work" overlay /opt/cni/bin

# These belong to the whole machine. Those that a kubelet sets, and does not start without, are files of the node's own.
for tree in kernel vm; do
  mount --bind /proc/sys/$tree /proc/sys/$tree
  mount -o remount,bind,ro /proc/sys/$tree
done
mkdir "$scratch/sysctl"
for key in vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops \
  kernel/keys/root_maxkeys kernel/keys/root_maxbytes; do
  own=$scratch/sysctl/${key##*/}
  cat "/proc/sys/$key" >"$own"
  mount --bind "$own" "/proc/sys/$key"
done

for tool in iptables ip6tables; do
  update-alternatives --set $tool "/usr/sbin/$tool-$iptables" >/dev/null
done
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
