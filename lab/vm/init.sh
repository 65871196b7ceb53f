#!/bin/busybox sh
# Process 1 while the machine has nothing but its initramfs: makes a root of tmpfs around what the host shares, and moves there.
b=/bin/busybox
$b mkdir -p /proc /sys /dev /new
$b mount -t proc proc /proc
$b mount -t sysfs sysfs /sys
$b mount -t devtmpfs dev /dev
$b modprobe -a virtio_pci virtio_blk 9pnet_virtio 9p crc32c_generic ext4

$b mount -t tmpfs -o mode=755 root /new
cd /new
$b mkdir -p usr etc lab proc sys dev run tmp root home opt mnt out vm/lib var/lib/dpkg var/log var/tmp var/cache var/empty
$b chmod 1777 tmp var/tmp
for top in bin sbin lib lib64; do $b ln -s usr/$top $top; done
$b ln -s /run var/run

share() { $b mount -t 9p -o "trans=virtio,version=9p2000.L,msize=512000,$3" "$1" "$2"; }
share usr usr ro,cache=loose
# A copy, not an overlay: a node lays two overlays over one another, and the kernel knows no third.
for tree in etc var/lib/dpkg/alternatives; do
  $b mkdir -p from $tree
  share "${tree##*/}" from ro,cache=loose
  $b cp -a from/. $tree/
  $b umount from
done
$b rmdir from
share out out rw,cache=none
# The disk shows itself some time after its driver was loaded.
until [ -b /dev/vda ]; do $b sleep 0.1; done
$b mount -t ext4 -o noatime /dev/vda lab

# Everything that the kernel loads by itself comes through this: the host's /usr has no modules.
$b cp -a /lib/modules vm/lib/
printf '#!/bin/sh\nexec /usr/sbin/modprobe -d /vm "$@"\n' >vm/modprobe
$b chmod 755 vm/modprobe
echo /vm/modprobe >/proc/sys/kernel/modprobe

$b mount --move /proc proc
$b mount --move /sys sys
$b mount --move /dev dev
exec $b switch_root /new /bin/sh /out/guest.sh
