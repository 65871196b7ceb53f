# Process 1 of the machine that has its root: what a distribution's init would do, then the order that the host has left.
export PATH=/lab/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb
export LAB_PROFILE=ipvs LAB_PREFIX=nl LAB_DIR=/lab/state XDG_CACHE_HOME=/lab/cache
mkdir -p /dev/pts /dev/shm
mount -t devpts -o gid=5,mode=620,ptmxmode=666 devpts /dev/pts
mount -t tmpfs shm /dev/shm
mount -t tmpfs run /run
mount -t tmpfs tmp /tmp
mkdir -p /run/netns /run/lock
mount -t cgroup2 cgroup /sys/fs/cgroup
hostname lab-vm
# The pages that it shares with a program are strange to this kernel ("Bad page map"), and Node.js asks for it.
echo 2 >/proc/sys/kernel/io_uring_disabled
ip link set lo up

. /out/order
cp /out/cpuinfo /vm/cpuinfo
# The repository at its own place, with what is written there going nowhere.
mkdir -p "$REPOSITORY" /vm/repository /vm/upper /vm/work
mount -t hostfs -o "ro,$REPOSITORY" repository /vm/repository
mount -t overlay -o lowerdir=/vm/repository,upperdir=/vm/upper,workdir=/vm/work overlay "$REPOSITORY"
cd "$REPOSITORY" || exit
echo "vm: kernel $(uname -r) up after $(cut -d' ' -f1 /proc/uptime) s"
code=0
if [ "$ORDER" ]; then
  node lab/vm/inside.ts $ORDER </dev/null
  code=$?
fi
if [ "$PROMPT" ]; then
  echo 'vm: the end of this shell is the end of the machine'
  TERM=$PROMPT busybox setsid busybox cttyhack bash
fi
echo "vm: exit $code"
sync
echo o >/proc/sysrq-trigger
while :; do sleep 1; done
