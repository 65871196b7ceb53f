import { z } from 'zod';

const hookSchema = z.strictObject({
  device: z.string(),
  /** Where it sees the packet; `xdp` comes before everything else. */
  way: z.enum(['ingress', 'egress', 'xdp']),
  /** Of the program, as its author named it; at most fifteen characters (BPF_OBJ_NAME_LEN). */
  name: z.string(),
  /** Of the program in this kernel; 0 where nobody tells. */
  id: z.int(),
});
export type PacketHook = z.infer<typeof hookSchema>;
export const packetHooksSchema = z.strictObject({ hooks: z.array(hookSchema), understood: z.boolean() });
export type PacketHooks = z.infer<typeof packetHooksSchema>;

type Way = PacketHook['way'];

const netSchema = z
  .array(
    z.object({
      xdp: z.array(z.object({ devname: z.string(), id: z.int() })).default([]),
      tc: z
        .array(
          z.object({
            devname: z.string(),
            kind: z.string(),
            name: z.string().default(''),
            id: z.int().optional(),
            prog_id: z.int().optional(),
          }),
        )
        .default([]),
    }),
  )
  .min(1);

/** `bpftool -j net`. Only it sees programs attached the newer way (tcx, Linux 6.6). */
const inNet = (line: string): PacketHook[] => {
  try {
    const [net] = netSchema.parse(JSON.parse(line));
    const early = (net?.xdp ?? []).map(({ devname, id }) => ({ device: devname, way: 'xdp' as const, name: '', id }));
    const late = (net?.tc ?? []).map(({ devname, kind, name, id, prog_id }) => ({
      ...{ device: devname, way: kind.endsWith('egress') ? ('egress' as const) : ('ingress' as const), name },
      id: id ?? prog_id ?? 0,
    }));
    return [...early, ...late];
  } catch {
    return [];
  }
};

// "filter protocol all pref 49152 bpf chain 0 handle 0x1 edr:[*fsobj] direct-action not_in_hw id 97 name edr_sensor_in tag …"
const filter = /^filter .* bpf .*\bhandle \S+ (\S+) .*?\bid (\d{1,9})(?: name (\S+))?/;
// "    prog/xdp id 99 name packet_guard tag 614b434cd8324ecc jited"
const early = /^\s+prog\/xdp id (\d{1,9})(?: name (\S+))?/;

interface Place {
  readonly device: string;
  readonly way: Way;
}

const inLine = (text: string, { device, way }: Place): PacketHook[] => {
  const line = text.slice(0, 500);
  if (way === 'xdp') {
    const [, id, name = ''] = early.exec(line) ?? [];
    return id === undefined ? [] : [{ device, way, name, id: Number(id) }];
  }
  const [, file = '', id, name] = filter.exec(line) ?? [];
  return id === undefined ? [] : [{ device, way, name: name ?? file, id: Number(id) }];
};

/** The same program in two lists is one; the list that knows its name counts. */
const joined = (hooks: readonly PacketHook[]): PacketHook[] => {
  const found = new Map<string, PacketHook>();
  for (const hook of hooks) {
    const key = `${hook.device} ${hook.way} ${hook.id}`;
    if (!found.get(key)?.name) found.set(key, hook);
  }
  return [...found.values()];
};

/** Lists of `tc filter show`, of `ip link show`, and of `bpftool net` where that is there. */
export const parsePacketHooks = (text: string): PacketHooks => {
  const own: PacketHook[] = [];
  const net: PacketHook[] = [];
  let at: Place | 'net' | undefined;
  let devices = 0;
  for (const line of text.split('\n')) {
    // "== eth0 ingress", "== net"
    const [, device = '', way] = /^== (\S+)(?: (ingress|egress|xdp))?$/.exec(line) ?? [];
    if (device !== '') at = way ? { device, way: way as Way } : 'net';
    else if (at === 'net') net.push(...inNet(line));
    else if (at) own.push(...inLine(line, at));
    devices += /^\d+: /.test(line) ? 1 : 0;
  }
  return { hooks: joined([...own, ...net]), understood: devices > 0 };
};
