import { across } from '../scenario/across.ts';
import type { Facts } from '../scenario/facts.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { http } from '../scenario/requests.ts';

// The brackets keep a search from finding itself; the oldest is the one that the lab started.
const controllers = ({ lab }: Facts) => `[k]ube-controller-manager --kubeconfig ${lab.dir}/controllers.kubeconfig`;
const WITHOUT_RANGES = `
pid=$(pgrep -o -f "$1")
set -- $(tr '\\0' ' ' </proc/$pid/cmdline | sed 's/ --allocate-node-cidrs//') --secure-port=0
kill -STOP $pid
exec "$@"`;
// A Node that joins says nothing of flannel, which writes its annotations when it runs.
const JOIN_ANEW = `
kept=$1
shift
"$@" get node node-c -o yaml >"$kept"
sed '/podCIDR/d; /^  - 10\\.244\\./d; /flannel.alpha.coreos.com/d' "$kept" | "$@" replace --force -f -`;
const RETURN = `
kept=$1
shift
"$@" replace --force -f "$kept"`;

const asAdmin = (script: string) => ({
  at: { net: 'bastion' } as const,
  run: ({ lab, kubectl }: Facts) => ['sh', '-c', script, 'node', `${lab.dir}/conf/node-c.kept.yaml`, ...kubectl([])],
});
const flannels = ['-l', 'app=flannel', '--field-selector', 'spec.nodeName=node-c', '--grace-period=1'];

const named = finds(['CNI-04'], {
  beside: ['CNI-03', 'CNI-15', 'POD-01', 'SVC-02'],
  never: ['SVC-01', 'SVC-03', 'POD-03', 'CNI-02'],
});

export const fault: Fault = {
  story:
    'The controller manager was moved, and on the way it lost the flag to give out ranges. Nobody noticed until a node was made anew.',
  ...across({ namespace: 'acreage', server: 'meadow', listens: 8361, client: 'surveyor', on: 'node-c' }),
  disturbs: 'cluster',
  inject: [
    { at: { net: 'cp' }, keep: (facts) => ['sh', '-c', WITHOUT_RANGES, 'controllers', controllers(facts)] },
    {
      at: { net: 'cp' },
      run: (facts) => [
        'timeout',
        '20',
        'sh',
        '-c',
        'until [ "$(pgrep -c -f "$1")" = 2 ]; do sleep 0.1; done',
        'two',
        controllers(facts),
      ],
    },
    asAdmin(JOIN_ANEW),
    { at: { node: 'node-c' }, run: ['rm', '/run/flannel/subnet.env'] },
    { kubectl: ['-n', 'kube-flannel', 'delete', 'pods', ...flannels] },
    { remove: 'pods -l app=meadow' },
  ],
  until: { get: ['events'], shows: /subnet\.env/ },
  heal: [
    asAdmin(RETURN),
    { at: { net: 'cp' }, run: (facts) => ['sh', '-c', 'kill -CONT $(pgrep -o -f "$1")', 'go', controllers(facts)] },
    { restart: 'flannel', node: 'node-c' },
  ],
  symptom: { at: { pod: 'surveyor' }, request: http('meadow', 80), fails: 'always' },
  runs: [named, { ...named, level: 'node' }],
};
