// Where containerd and CRI-O look by default, and where k3s and RKE2 put theirs.
const configs = [
  '/etc/cni/net.d',
  '/var/lib/rancher/k3s/agent/etc/cni/net.d',
  '/var/lib/rancher/rke2/agent/etc/cni/net.d',
];
const programs = [
  '/opt/cni/bin',
  '/usr/lib/cni',
  '/usr/libexec/cni',
  '/var/lib/rancher/k3s/data/current/bin',
  '/var/lib/rancher/k3s/data/cni',
];

/** Every configuration file with its text, each line behind a bar, then the programs that can be run, by folder. */
export const cniFiles = `for dir in ${configs.join(' ')}; do
  [ -d "$dir" ] || continue
  ls "$dir" >/dev/null || exit 1
  echo "== folder $dir"
  for file in "$dir"/*.conf "$dir"/*.conflist "$dir"/*.json; do
    [ -f "$file" ] || continue
    [ -r "$file" ] || exit 1
    echo "== config $file"; head -c 20000 "$file" | sed 's/^/|/'; echo
  done
done
for dir in ${programs.join(' ')}; do
  [ -d "$dir" ] || continue
  echo "== programs $dir"
  for file in "$dir"/*; do [ -f "$file" ] && [ -x "$file" ] && echo "+\${file##*/}"; done
done
echo "== end"`;
