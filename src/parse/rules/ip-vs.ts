import { z } from 'zod';
import { addressOf } from './hex-address.js';

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

const virtualIn = (line: string): VirtualServer | undefined => {
  const [, protocol, address = '', port = '', scheduler = '', more = ''] = virtual.exec(line) ?? [];
  if (protocol === undefined) return undefined;
  return {
    protocol: protocol.toLowerCase(),
    address: addressOf(address),
    port: Number.parseInt(port, 16),
    scheduler,
    persistent: Number(/persistent (\d+)/.exec(more)?.[1] ?? 0),
    real: [],
  };
};

const realIn = (line: string): VirtualServer['real'][number] | undefined => {
  const [, address, port = '', weight, active, inactive] = real.exec(line) ?? [];
  if (address === undefined) return undefined;
  const counts = { weight: Number(weight), active: Number(active), inactive: Number(inactive) };
  return { address: addressOf(address), port: Number.parseInt(port, 16), ...counts };
};

const isHead = (line: string) => /^(IP Virtual|Prot |\s+-> RemoteAddress|FWM |\s*$)/.test(line);

/** `/proc/net/ip_vs`; addresses and ports are written in hexadecimal digits. */
export const parseVirtualServers = (text: string, exitCode: number): VirtualServers => {
  const servers: VirtualServer[] = [];
  const strange: string[] = [];
  for (const line of text.split('\n')) {
    const server = virtualIn(line);
    const member = realIn(line);
    if (server) servers.push(server);
    else if (member && servers.length > 0) servers.at(-1)?.real.push(member);
    else if (!isHead(line)) strange.push(line.slice(0, 200));
  }
  return { servers, there: exitCode === 0, strange: strange.slice(0, 10) };
};
