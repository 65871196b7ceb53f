import { z } from 'zod';
import type { RunPort } from '../../domain/ports.js';
import { kernelSettings } from '../kernel/kernel-settings.js';
import type { RouteView } from './route-view.js';

/** Settings of one Node that decide whether it hands packets on, by device. */
export const forwardingViewSchema = z.strictObject({
  /** Of the whole node: net.ipv4.ip_forward. Absent where the kernel did not say. */
  forwarding: z.string().optional(),
  devices: z.array(
    z.strictObject({ dev: z.string(), forwarding: z.string().optional(), filter: z.string().optional() }),
  ),
  filter: z.string().optional(),
});
export type ForwardingView = z.infer<typeof forwardingViewSchema>;

// sysctl(8) takes a dot within a name as a slash. What else a device may be called is no word of ours.
const asSetting = (dev: string) => dev.replaceAll('.', '/');
// One query asks for at most sixty settings.
const most = 20;
const isPlain = (dev: string) => /^[A-Za-z0-9_./-]+$/.test(dev);

/** Every device by which packets of the flow can come to this Node, or leave it. */
export const devicesOf = ({
  toPods,
  toNodes,
  tunnels,
}: Pick<RouteView, 'toPods' | 'toNodes' | 'tunnels'>): string[] => {
  const used = [...toPods, ...toNodes].flatMap(({ way: { route } }) => route?.dev ?? []);
  return [...new Set([...used, ...tunnels])].filter(isPlain).slice(0, most);
};

export const forwardingView = async (
  node: RunPort<typeof kernelSettings>,
  devices: readonly string[],
): Promise<ForwardingView> => {
  const of = (dev: string, name: string) => `net.ipv4.conf.${asSetting(dev)}.${name}`;
  const names = devices.flatMap((dev) => [of(dev, 'forwarding'), of(dev, 'rp_filter')]);
  const { values } = await node.run(kernelSettings, {
    names: ['net.ipv4.ip_forward', 'net.ipv4.conf.all.rp_filter', ...names],
  });
  const given = (key: 'forwarding' | 'filter', name: string) =>
    values[name] === undefined ? {} : { [key]: values[name] };
  return {
    ...given('forwarding', 'net.ipv4.ip_forward'),
    ...given('filter', 'net.ipv4.conf.all.rp_filter'),
    devices: devices.map((dev) => ({
      dev,
      ...given('forwarding', of(dev, 'forwarding')),
      ...given('filter', of(dev, 'rp_filter')),
    })),
  };
};
