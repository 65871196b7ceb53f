import { z } from 'zod';

export const flannelSubnetSchema = z.strictObject({
  /** False where there is no such file. */
  present: z.boolean(),
  network: z.string().optional(),
  /** The address the bridge gets, with its length: `10.244.1.1/24`. */
  subnet: z.string().optional(),
  mtu: z.int().optional(),
  strange: z.array(z.string()),
});
export type FlannelSubnet = z.infer<typeof flannelSubnetSchema>;

// "FLANNEL_SUBNET=10.244.1.1/24"
const row = /^(FLANNEL_\w+)=(.*)$/;

const known = (values: ReadonlyMap<string, string>) => {
  const [network, subnet, mtu] = ['NETWORK', 'SUBNET', 'MTU'].map((name) => values.get(`FLANNEL_${name}`));
  return {
    ...(network === undefined ? {} : { network }),
    ...(subnet === undefined ? {} : { subnet }),
    ...(mtu !== undefined && /^\d{1,6}$/.test(mtu) ? { mtu: Number(mtu) } : {}),
  };
};

/** `/run/flannel/subnet.env`, which flanneld writes and its CNI plugin reads. */
export const parseFlannelSubnet = (text: string): FlannelSubnet => {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const values = new Map(
    lines.flatMap((line) =>
      [row.exec(line)].flatMap((match) => (match ? [[match[1] ?? '', match[2] ?? ''] as const] : [])),
    ),
  );
  const strange = lines
    .filter((line) => !row.test(line))
    .map((line) => line.slice(0, 200))
    .slice(0, 10);
  return { present: lines.length > 0, ...known(values), strange };
};
