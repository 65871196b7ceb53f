import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePathMtu } from '../../parse/kernel/path-mtu.js';
import { hostSchema } from '../scripts/arguments.js';
import { shell } from '../scripts/tries.js';

// Sizes of whole packets: of VPNs, of overlays over 1,500 bytes, of Ethernet, and of the jumbo frames of clouds.
const sizes = [
  600, 1280, 1320, 1350, 1370, 1400, 1410, 1420, 1430, 1440, 1450, 1460, 1480, 1500, 1501, 8951, 9000, 9001, 9002,
];

// Two echoes each, so that a packet that is lost by chance is no threshold. IPv6 carries 20 bytes more of header.
const script = `host=$1; shift
case $host in *:*) header=48 ;; *) header=28 ;; esac
one() {
  said=$(ping -n -M "do" -c 2 -i 0.3 -W 1 -s "$(($1 - header))" "$host" 2>&1 </dev/null); code=$?
  printf 'size %s exit=%s %.600s\\n' "$1" "$code" "$(printf '%s ' $said)"
}
set -f
for size do one "$size" & done
wait`;

/** Echoes that no router may take apart, of many sizes at once: where do they stop, and does anybody say so. */
export const pathMtu = defineQuery({
  name: 'path-mtu',
  where: 'anywhere',
  level: 'probe',
  limit: 10,
  args: z.strictObject({ host: hostSchema }),
  variants: [{ tool: 'ping', argv: ({ host }) => shell(script, [host, ...sizes]) }],
  parse: ({ stdout }) => parsePathMtu(stdout),
});
