import { TOOLS } from '../build/images.ts';
import { across } from '../scenario/across.ts';
import { type Fault, finds } from '../scenario/fault.ts';
import { client, type Manifest } from '../scenario/manifest.ts';
import { replaced } from '../scenario/replaced.ts';

const setting = across({
  namespace: 'customhouse',
  server: 'ledger',
  listens: 8394,
  client: 'broker',
  image: TOOLS,
});
const plain = client('customhouse', { name: 'broker', image: TOOLS, node: 'node-a' });

// Nobody has this address. Without NO_PROXY it is asked for the names of the cluster as well.
const env = ['http_proxy', 'HTTP_PROXY'].map((name) => ({ name, value: 'http://10.0.0.99:3128' }));
const told = (pod: Manifest): Manifest => {
  const { containers, ...spec } = pod.spec as { containers: object[] };
  return { ...pod, spec: { ...spec, containers: containers.map((one) => ({ ...one, env })) } };
};

export const fault: Fault = {
  story:
    'The template got the proxy of the company, so that the program finds its licence server. Since then it finds nothing in the cluster, and every ping and probe works.',
  ...setting,
  inject: replaced(told(plain)),
  heal: replaced(plain),
  symptom: {
    at: { pod: 'broker' },
    request: ['curl', '-s', '-f', '-m', '3', '-o', '/dev/null', 'http://ledger.customhouse.svc/'],
    fails: 'always',
  },
  runs: [finds(['POD-11'], { never: ['SVC-01', 'SVC-02', 'POD-03', 'NP-02'] })],
};
