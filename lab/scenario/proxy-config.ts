import type { Change } from './change.ts';
import type { Facts } from './facts.ts';

const EDIT = `
edit=$1
shift
"$@" get cm kube-proxy -o yaml | sed "$edit" | "$@" replace -f -`;

const sed =
  (edit: string) =>
  ({ kubectl }: Facts) => ['sh', '-c', EDIT, 'edit', edit, ...kubectl(['-n', 'kube-system'])];

export interface Line {
  key: string;
  /** As lab/cluster/kube-proxy.ts writes it. */
  shipped: string;
  value: string;
}

/** One line of kube-proxy's configuration. It reads it at its start, so only on nodes where it is started again. */
export const proxyLine = ({ key, shipped, value }: Line): Change => ({
  at: { net: 'bastion' },
  run: sed(`s#${key}: ${shipped}$#${key}: ${value}#`),
});

export const proxyLineAsShipped = ({ key, shipped, value }: Line): Change =>
  proxyLine({ key, shipped: value.replaceAll('[', '\\[').replaceAll(']', '\\]'), value: shipped });

export const restartProxyOf = (node: string): Change => ({ restart: 'kube-proxy', node });
