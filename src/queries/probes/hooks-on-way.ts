import { z } from 'zod';
import { CannotLook } from '../../domain/cannot-look.js';
import type { FlowPod } from '../../domain/flow-pods.js';
import type { RunPort } from '../../domain/ports.js';
import { packetHooksSchema } from '../../parse/links/packet-hooks.js';
import { ipLinks } from '../links/ip-links.js';
import { packetHooks } from '../links/packet-hooks.js';
import { routeTo } from '../links/route-to.js';
import { readable } from './readable-rows.js';

export const hooksOnWaySchema = z.strictObject({ devices: z.array(z.string()), hooks: packetHooksSchema.shape.hooks });
export type HooksOnWay = z.infer<typeof hooksOnWaySchema>;

type Node = RunPort<typeof ipLinks | typeof routeTo | typeof packetHooks>;

// More ports of a bridge than this belong to Pods of others, and a product that hooks one hooks all.
const mostPorts = 4;
const most = 12;

/**
 * The programs on the devices of one Node that packets between these Pods pass: where they leave and come in, what
 * carries the tunnel, and ports of the bridge.
 * @throws CannotLook where the programs cannot be listed
 */
export const hooksOnWay = async (node: Node, pods: readonly FlowPod[], address: string): Promise<HooksOnWay> => {
  const asked = pods.filter((pod) => !pod.host && pod.address !== '');
  const [links, ...ways] = await Promise.all([
    node.run(ipLinks, {}).then((said) => readable(said, 'The network devices')),
    ...asked.map((pod) => node.run(routeTo, { address: pod.address })),
  ]);
  const left = [...new Set(ways.flatMap(({ route }) => route?.dev || []))];
  const uplink = links
    .filter(({ addresses }) => addresses.some((one) => one.address === address))
    .map(({ name }) => name);
  const below = links.filter(({ name }) => left.includes(name)).flatMap(({ tunnel }) => tunnel?.link ?? []);
  const ports = links.filter(({ master }) => master !== undefined && left.includes(master)).slice(0, mostPorts);
  const there = new Set(links.map(({ name }) => name));
  const devices = [...new Set([...left, ...uplink, ...below, ...ports.map(({ name }) => name)])]
    .filter((name) => there.has(name))
    .slice(0, most);
  if (devices.length === 0) return { devices, hooks: [] };
  const said = await node.run(packetHooks, { devices });
  if (!said.understood) throw new CannotLook('tool-missing', 'The programs on the devices could not be listed.');
  return { devices, hooks: said.hooks.filter(({ device }) => devices.includes(device)) };
};
