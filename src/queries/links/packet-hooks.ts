import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parsePacketHooks } from '../../parse/links/packet-hooks.js';
import { deviceSchema } from '../scripts/arguments.js';
import { shell } from '../scripts/tries.js';

const script = `echo "== net"; bpftool -j net 2>/dev/null; echo
for dev do
  for way in ingress egress; do echo "== $dev $way"; tc filter show dev "$dev" "$way" 2>/dev/null; done
  echo "== $dev xdp"; ip link show dev "$dev" 2>/dev/null
done`;

/** The programs that look at packets of some devices before or after the packet rules do. */
export const packetHooks = defineQuery({
  name: 'packet-hooks',
  where: 'node',
  level: 'node',
  limit: 8,
  args: z.strictObject({ devices: z.array(deviceSchema).min(1).max(12) }),
  variants: [{ tool: 'tc', root: true, argv: ({ devices }) => shell(script, devices) }],
  parse: ({ stdout }) => parsePacketHooks(stdout),
});
