#!/bin/sh
# Process 1 of the machine, on the host's root, which it only reads: makes a root of tmpfs around what the host shares,
# and moves there. The kernel passes on OUT.
export PATH=/usr/sbin:/usr/bin:/sbin:/bin
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=755 root /mnt
cd /mnt || exit
mkdir -p usr etc lab proc sys dev run tmp root home opt mnt out vm var/lib/dpkg var/log var/tmp var/cache var/empty
chmod 1777 tmp var/tmp
for top in bin sbin lib lib64; do ln -s usr/$top $top; done
ln -s /run var/run

mount -t hostfs -o ro,/usr usr usr
# A copy, not an overlay: a node lays two overlays over one another, and the kernel knows no third.
cp -a /etc/. etc/
mkdir -p var/lib/dpkg/alternatives
cp -a /var/lib/dpkg/alternatives/. var/lib/dpkg/alternatives/
mount -t hostfs -o "$OUT" out out
mount -t ext4 -o noatime /dev/ubda lab

mount --move /proc proc
mount --move /sys sys
mount --move /dev dev
# Not switch_root: that would delete what lies in the old root.
mount --move . /
exec chroot . /bin/sh /out/guest.sh
