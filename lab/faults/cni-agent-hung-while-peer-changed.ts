import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { freeze, thaw } from '../scenario/freeze.ts';
import { http } from '../scenario/requests.ts';

export const fault: Fault = {
  story:
    'flanneld of one node hangs. Meanwhile another node was installed anew and has a new tunnel address; everybody heard of it but this one.',
  ...across({ namespace: 'outpost', server: 'radio', listens: 8311, client: 'scout', on: 'node-b', from: 'node-a' }),
  disturbs: 'cluster',
  inject: [
    freeze('node-a', 'flanneld'),
    { at: { node: 'node-b' }, run: ['ip', 'link', 'del', 'flannel.1'] },
    // With this annotation flannel would take its old hardware address again.
    { kubectl: ['annotate', 'node', 'node-b', 'flannel.alpha.coreos.com/backend-data-'] },
    { restart: 'flannel', node: 'node-b' },
  ],
  heal: [thaw('node-a', 'flanneld')],
  symptom: { at: { pod: 'scout' }, request: http('radio', 80), fails: 'always' },
  proof: 'nodes',
  runs: [
    finds(['CNI-15', 'CNI-12'], {
      beside: ['CNI-12', 'CNI-15'],
      never: ['SVC-01', 'SVC-03', 'POD-03'],
    }),
  ],
};
