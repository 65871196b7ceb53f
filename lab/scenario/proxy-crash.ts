import type { Change, Condition } from './change.ts';
import { type Line, proxyLine, proxyLineAsShipped, restartProxyOf } from './proxy-config.ts';
import { rolledOut } from './rolled-out.ts';

interface Crash {
  node: string;
  /** Of the server that moves meanwhile. */
  namespace: string;
  server: string;
  line: Line;
}

interface Crashed {
  inject: Change[];
  until: Condition;
  heal: Change[];
}

/** kube-proxy of one node ends at its start, because of one line of its configuration, and the server gets another address. */
export const crashed = ({ node, namespace, server, line }: Crash): Crashed => ({
  inject: [
    proxyLine(line),
    {
      kubectl: [
        ...['-n', 'kube-system', 'delete', 'pods', '-l', 'k8s-app=kube-proxy'],
        ...['--field-selector', `spec.nodeName=${node}`, '--grace-period=1'],
      ],
    },
    { kubectl: ['-n', namespace, 'rollout', 'restart', `deploy/${server}`] },
    rolledOut(namespace, `deploy/${server}`),
  ],
  until: { get: ['pods', '-n', 'kube-system', '-l', 'k8s-app=kube-proxy'], shows: /CrashLoopBackOff/ },
  heal: [proxyLineAsShipped(line), restartProxyOf(node)],
});
