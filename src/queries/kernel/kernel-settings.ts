import { z } from 'zod';
import { defineQuery } from '../../domain/query.js';
import { parseSettings } from '../../parse/kernel/settings.js';

// "net.ipv4.conf.flannel/1.rp_filter": in a name that has dots itself, sysctl(8) takes them as slashes.
const settingSchema = z.string().regex(/^[a-z0-9_]+(\.[A-Za-z0-9_/-]+)+$/);

/** Settings of the kernel by their sysctl names. One that this kernel does not have is left out of the answer. */
export const kernelSettings = defineQuery({
  name: 'kernel-settings',
  where: 'anywhere',
  level: 'probe',
  limit: 5,
  args: z.strictObject({ names: z.array(settingSchema).min(1).max(60) }),
  variants: [{ tool: 'sysctl', argv: ({ names }) => ['sysctl', '-e', ...names] }],
  parse: ({ stdout }) => parseSettings(stdout),
});
