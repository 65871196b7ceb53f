import { z } from 'zod';

export const realServerSchema = z.strictObject({
  address: z.string(),
  port: z.int(),
  weight: z.int(),
  /** Connections it has now. */
  active: z.int(),
  inactive: z.int(),
});
export const virtualServerSchema = z.strictObject({
  protocol: z.string(),
  address: z.string(),
  port: z.int(),
  scheduler: z.string(),
  /** Seconds for which a client stays with its server; 0 where it does not. */
  persistent: z.int(),
  real: z.array(realServerSchema),
});
export type VirtualServer = z.infer<typeof virtualServerSchema>;

export interface VirtualServers {
  readonly servers: readonly VirtualServer[];
  /** False where the kernel has no IPVS. */
  readonly there: boolean;
  readonly strange: readonly string[];
}

// "TCP  0A606402:0050 rr  ", "TCP  [2001:0db8:0000:0000:0000:0000:0000:0001]:0050 rr persistent 10800 FFFFFFFF"
const virtual = /^(TCP|UDP|SCTP) +(\S+):([0-9A-F]{4}) +(\S+)(.*)$/;
// "  -> 0AF4020B:1F90      Masq    1      0          1         "
const real = /^ +-> +(\S+):([0-9A-F]{4}) +\S+ +(-?\d+) +(\d+) +(\d+)/;

const four = (hex: string) => (hex.match(/../g) ?? []).map((part) => Number.parseInt(part, 16)).join('.');

/** As people write it, with the zeros left out. */
const six = (text: string) => URL.parse(`http://[${text}]/`)?.hostname.slice(1, -1) ?? text;

const addressOf = (text: string) => (text.startsWith('[') ? six(text.slice(1, -1)) : four(text));

/** `/proc/net/ip_vs`; addresses and ports are written in hexadecimal digits. */
export const parseVirtualServers = (text: string, exitCode: number): VirtualServers => {
  const servers: VirtualServer[] = [];
  const strange: string[] = [];
  for (const line of text.split('\n')) {
    const [, protocol, address = '', port = '', scheduler = '', more = ''] = virtual.exec(line) ?? [];
    const member = real.exec(line);
    const seconds = /persistent (\d+)/.exec(more)?.[1];
    if (protocol)
      servers.push({
        protocol: protocol.toLowerCase(),
        address: addressOf(address),
        port: Number.parseInt(port, 16),
        scheduler,
        persistent: Number(seconds ?? 0),
        real: [],
      });
    else if (member && servers.length > 0) {
      const [, at = '', its = '', weight, active, inactive] = member;
      const counts = { weight: Number(weight), active: Number(active), inactive: Number(inactive) };
      servers.at(-1)?.real.push({ address: addressOf(at), port: Number.parseInt(its, 16), ...counts });
    } else if (!/^(IP Virtual|Prot |\s+-> RemoteAddress|FWM |\s*$)/.test(line) && strange.length < 10)
      strange.push(line.slice(0, 200));
  }
  return { servers, there: exitCode === 0, strange };
};
