import { z } from 'zod';

export const deviceMtuSchema = z.strictObject({
  name: z.string(),
  mtu: z.int(),
  /** `vxlan`, `veth`, `bridge` … ; empty for a card. */
  kind: z.string(),
  up: z.boolean(),
  addresses: z.array(z.string()),
});
export type DeviceMtu = z.infer<typeof deviceMtuSchema>;

// {"ifname":"flannel.1","flags":["BROADCAST","UP"],"mtu":1450,"linkinfo":{"info_kind":"vxlan"},"addr_info":[{"local":"10.244.0.0"}]}
const rowSchema = z.object({
  ifname: z.string(),
  mtu: z.int(),
  flags: z.array(z.string()).default([]),
  linkinfo: z
    .object({ info_kind: z.string().default('') })
    .partial()
    .optional(),
  addr_info: z.array(z.object({ local: z.string().optional() })).default([]),
});

const rowsOf = (text: string): unknown[] => {
  try {
    const said: unknown = JSON.parse(text);
    return Array.isArray(said) ? said : [];
  } catch {
    return [];
  }
};

/** `ip -j -d addr`; undefined where it holds no device. */
export const parseDeviceMtus = (text: string): DeviceMtu[] | undefined => {
  const devices = rowsOf(text).flatMap((row): DeviceMtu[] => {
    const read = rowSchema.safeParse(row);
    if (!read.success) return [];
    const { ifname, mtu, flags, linkinfo, addr_info: held } = read.data;
    const addresses = held.flatMap(({ local }) => local ?? []);
    return [{ name: ifname, mtu, kind: linkinfo?.info_kind ?? '', up: flags.includes('UP'), addresses }];
  });
  return devices.length > 0 ? devices : undefined;
};
