import type { RouteTo } from '../../parse/links/route-to.js';
import type { WayView } from './way-view.js';

export type WayWord =
  | 'routed'
  | 'no-route'
  | 'refused'
  | 'into-pod-network'
  | 'onto-a-bridge'
  | 'not-forwarded'
  | 'own-address';

const byDevice = ({ podDevices, uplinks, bridges }: WayView, { route }: RouteTo): WayWord => {
  const dev = route?.dev ?? '';
  if (route?.type === 'local') return 'own-address';
  if (podDevices.includes(dev)) return 'into-pod-network';
  // A bridge that is the way out, or has a router behind it, is a network card by another name.
  return route?.gateway === undefined && bridges.includes(dev) && !uplinks.includes(dev) ? 'onto-a-bridge' : 'routed';
};

/** With the answer that decides: that to a packet of the Pod, where the flow starts in one. */
export const wordOfWay = (view: WayView): { outcome: WayWord; way: RouteTo } => {
  const { own, forwarded } = view;
  const way = forwarded ?? own;
  if (way.class === 'none') return { outcome: 'no-route', way };
  // The kernel refuses so too where it forwards nothing, or mistrusts the source: the own route tells them apart.
  if (way.class === 'refused') return { outcome: own.class === 'refused' ? 'refused' : 'not-forwarded', way };
  return { outcome: byDevice(view, way), way };
};

/** `10.0.0.1 eth0`, or what the kernel said instead. */
export const wayInWords = ({ class: spoken, route, message }: RouteTo): string =>
  spoken === 'route' ? `${route?.gateway ?? ''} ${route?.dev ?? ''}`.trim() : message || spoken;
