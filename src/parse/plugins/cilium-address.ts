import { z } from 'zod';

export const ciliumAddressSchema = z.strictObject({
  /** `absent`: no entry, not even of a range, covers the address. */
  class: z.enum(['known', 'absent', 'not-understood']),
  identity: z.int().optional(),
  /** The Node behind which the address lies, where packets to it are wrapped; empty where they are not. */
  tunnel: z.string(),
  message: z.string(),
});
export type CiliumAddress = z.infer<typeof ciliumAddressSchema>;

// "10.42.0.51 maps to identity identity=15773 encryptkey=0 tunnelendpoint=192.168.1.13 nodeid=2"
const known = /^\S+ maps to identity .*?\bidentity=(\d{1,10})\b/m;
const tunnel = /\btunnelendpoint=([\da-fA-F.:]+)/;
const absent = /^\S+ does not map to any identity|^No entries found/m;

/** `cilium-dbg bpf ipcache get ADDRESS` */
export const parseCiliumAddress = (stdout: string, stderr: string): CiliumAddress => {
  const said = `${stdout}\n${stderr}`;
  const message = said.trim().slice(0, 200);
  const [, identity] = known.exec(stdout) ?? [];
  if (identity !== undefined) {
    const end = tunnel.exec(stdout)?.[1] ?? '';
    return {
      class: 'known',
      identity: Number(identity),
      tunnel: end === '0.0.0.0' || end === '::' ? '' : end,
      message,
    };
  }
  return { class: absent.test(said) ? 'absent' : 'not-understood', tunnel: '', message };
};
