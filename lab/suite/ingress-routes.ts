import { pki, within } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { answers, ask, DOOR, here, hostOf, ingress, logged, NAMESPACE } from './ingress-stage.ts';
import type { Proof, Stage } from './proof.ts';

export const routes: readonly (readonly [string, Proof])[] = [
  ['leads by host and path to a pod, and logs which', byPath],
  ['tells the Ingress its address, and an event says so', tells],
  ['serves the certificate of a Secret by name, its own to others, and sends http there', byName],
  ['leaves an Ingress of another class alone, and says so', otherClass],
];

async function byPath(stage: Stage): Promise<string[]> {
  await stage.kubectl.apply([
    ingress('paths', [
      { path: '/cart', to: 'cart' },
      { path: '/only', to: 'cart', pathType: 'Exact' },
      { path: '/any', to: 'cart', pathType: 'ImplementationSpecific' },
    ]),
  ]);
  const host = `http://${hostOf('paths')}`;
  const wrong = await answers(stage, `${host}/cart`, { code: '200' });
  for (const path of ['/cart/', '/cart/more', '/only', '/any/more'])
    wrong.push(...(await answers(stage, host + path, { code: '200' })));
  for (const path of ['/', '/cartoon', '/only/more'])
    wrong.push(...(await answers(stage, host + path, { code: '404' })));
  wrong.push(...(await answers(stage, 'http://unknown.example/cart', { code: '404' })));
  const line =
    /"GET \/cart HTTP\/1.1" 200 \d+ "-" "curl\S+" \d+ \S+ \[lab-ingress-cart-80\] \[\] 10\.244\.\d+\.\d+:8080 \d+ \S+ 200 [0-9a-f]{32}/;
  return [...wrong, ...(await logged(stage, line))];
}

async function tells(stage: Stage): Promise<string[]> {
  await stage.kubectl.apply([ingress('address', [{ path: '/', to: 'cart' }])]);
  const address = ['get', 'ingress', 'address', '-o', 'jsonpath={.status.loadBalancer.ingress[0].ip}'];
  const told = await eventually('an address', () => stage.kubectl.must([...here, ...address]));
  const about = ['--field-selector', 'involvedObject.kind=Ingress,involvedObject.name=address'];
  const path = 'jsonpath={.items[0].reason} {.items[0].message} {.items[0].source.component}';
  const event = await stage.kubectl.must([...here, 'get', 'events', ...about, '-o', path]);
  return [
    ...(told.startsWith('10.0.0.') ? [] : [`it is ${told}`]),
    ...(event === 'Sync Scheduled for sync nginx-ingress-controller' ? [] : [`the event is ${event}`]),
  ];
}

async function byName(stage: Stage): Promise<string[]> {
  const host = hostOf('secure');
  const file = (end: string) => pki(stage.lab, `${host}.${end}`);
  const make = ['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  const out = ['-keyout', file('key'), '-out', file('crt'), '-subj', `/CN=${host}`, '-days', '30'];
  await must([...make, ...out, '-addext', `subjectAltName=DNS:${host}`]);
  const keep = ['create', 'secret', 'tls', 'secure', '--cert', file('crt'), '--key', file('key')];
  await stage.kubectl.must([...here, ...keep]);
  const routes = [{ path: '/', to: 'cart' }];
  await stage.kubectl.apply([
    ingress('secure', routes, { tls: [{ hosts: [host], secretName: 'secure' }] }),
    ingress('keyless', routes, { tls: [{ hosts: [hostOf('keyless')], secretName: 'nowhere' }] }),
  ]);
  const wrong = await answers(stage, `http://${host}/`, { code: '308' });
  wrong.push(...(await answers(stage, `https://${host}/`, { code: '200' })));
  if (!(await subject(stage, host)).endsWith(`CN = ${host}`)) wrong.push(`${host} gets ${await subject(stage, host)}`);
  for (const other of [hostOf('keyless'), 'unknown.example']) {
    const name = await subject(stage, other);
    if (!name.endsWith('CN = Kubernetes Ingress Controller Fake Certificate')) wrong.push(`${other} gets ${name}`);
  }
  const lines =
    /Error getting SSL certificate "lab-ingress\/nowhere": local SSL certificate lab-ingress\/nowhere was not found. Using default certificate/;
  return [...wrong, ...(await logged(stage, lines))];
}

async function subject(stage: Stage, host: string): Promise<string> {
  const client = ['openssl', 's_client', '-connect', `${DOOR}:30443`, '-servername', host];
  return /^subject=(.+)$/m.exec(await must([...within(stage.lab, 'ext'), ...client]))?.[1] ?? '';
}

async function otherClass(stage: Stage): Promise<string[]> {
  const route = [{ path: '/', to: 'cart' }];
  await stage.kubectl.apply([ingress('foreign', route, { className: 'nginx-public' })]);
  const ignored = (why: string) =>
    new RegExp(
      `"Ignoring ingress because of error while validating ingress class" ingress="${NAMESPACE}/foreign" error="${why}"`,
    );
  const wrong = await logged(stage, ignored('no object matching key \\\\"nginx-public\\\\" in local store'));
  if ((await ask(stage, `http://${hostOf('foreign')}/`)).code !== '404') wrong.push('it answers');
  await stage.kubectl.apply([ingress('foreign', route)]);
  return [...wrong, ...(await answers(stage, `http://${hostOf('foreign')}/`, { code: '200' }))];
}
