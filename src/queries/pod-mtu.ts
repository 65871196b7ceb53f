import { z } from 'zod';
import { defineQuery } from '../domain/query.js';
import { shell } from './scripts/tries.js';

// The shell alone: every image that can be asked at all has one.
const script = `for device in /sys/class/net/*; do
  { read -r mtu <"$device/mtu" && printf '%s %s\\n' "\${device##*/}" "$mtu"; } 2>/dev/null
done
exit 0`;

// "eth0 1450"
const row = /^([\w.@:-]{1,15}) (\d{2,6})$/;

/** The MTU of every device of a Pod, by its name. */
export const podMtu = defineQuery({
  name: 'pod-mtu',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({}),
  variants: [{ tool: 'sh', argv: () => shell(script, []) }],
  parse: ({ stdout }): Record<string, number> =>
    Object.fromEntries(
      stdout.split('\n').flatMap((line) => {
        const [, name, mtu] = row.exec(line) ?? [];
        return name ? [[name, Number(mtu)]] : [];
      }),
    ),
});
