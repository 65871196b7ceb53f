import { onNode } from '../cluster/node.ts';
import { NETWORK } from '../cluster/plan.ts';
import { eventually } from '../machine/eventually.ts';
import { must } from '../machine/run.ts';
import { deployment, type Manifest, service, web } from '../scenario/manifest.ts';
import { answers, ask, endpointOf, here, hostOf, ingress, logged, NAMESPACE, settled } from './ingress-stage.ts';
import type { Proof, Stage } from './proof.ts';

export const changes: readonly (readonly [string, Proof])[] = [
  ['follows endpoints within two seconds', follows],
  ['a rollout loses no request', rollsOut],
  ['its webhook refuses what would not work', refuses],
  ['no Ingress can be written while the API server cannot reach it', unreachable],
  ['the PROXY protocol has to be spoken on both sides', proxyProtocol],
];

async function follows(stage: Stage): Promise<string[]> {
  const pod = ['get', 'pods', '-l', 'app=cart', '-o', 'jsonpath={.items[0].status.podIP}'];
  const address = await stage.kubectl.must([...here, ...pod]);
  await stage.kubectl.apply([endpointOf(address, false), ingress('follows', [{ path: '/', to: 'by-hand' }])]);
  const url = `http://${hostOf('follows')}/`;
  const wrong = await answers(stage, url, { code: '503' });
  for (const [ready, code] of [
    [true, '200'],
    [false, '503'],
    [true, '200'],
  ] as const) {
    await stage.kubectl.apply([endpointOf(address, ready)]);
    const start = performance.now();
    await eventually(`${url} gives ${code}`, async () => (await ask(stage, url)).code === code);
    const took = performance.now() - start;
    if (took > 2000) wrong.push(`${code} came after ${took.toFixed()} ms`);
  }
  return wrong;
}

/** Ends gracefully: it answers for two seconds more, as one with a preStop hook does. */
function graceful(version: string): Manifest {
  const lifecycle = { preStop: { sleep: { seconds: 2 } } };
  const pod = { terminationGracePeriodSeconds: 10 };
  const base = deployment(NAMESPACE, web('graceful', 8080, { labels: { version }, lifecycle, pod, replicas: 3 }));
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 0 } };
  return { ...base, spec: { ...(base.spec as object), strategy } };
}

async function rollsOut(stage: Stage): Promise<string[]> {
  const wait = ['rollout', 'status', 'deploy/graceful', '--timeout=60s'];
  const own = service(NAMESPACE, 'graceful', {
    selector: { app: 'graceful' },
    ports: [{ port: 80, targetPort: 8080 }],
  });
  await stage.kubectl.apply([graceful('one'), own, ingress('graceful', [{ path: '/', to: 'graceful' }])]);
  await stage.kubectl.must([...here, ...wait]);
  const url = `http://${hostOf('graceful')}/`;
  const wrong = await settled(stage, url, { code: '200' });
  let over = false;
  const codes = new Map<string, number>();
  const keepAsking = async () => {
    while (!over) {
      const { code } = await ask(stage, url, ['-X', 'POST']); // which nginx does not try twice
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  };
  const asking = keepAsking();
  await stage.kubectl.apply([graceful('two')]);
  await stage.kubectl.must([...here, ...wait]);
  const pods = ['get', 'pods', '-l', 'app=graceful,version=one', '-o', 'name'];
  await eventually('the old pods are gone', async () => (await stage.kubectl.must([...here, ...pods])) === '');
  over = true;
  await asking;
  const all = [...codes].map(([code, count]) => `${count} times ${code}`).join(', ');
  return [...wrong, ...(codes.size === 1 && codes.has('200') ? [] : [all])];
}

async function write(stage: Stage, object: Manifest): Promise<string> {
  const { stderr } = await stage.kubectl.run(['apply', '-f', '-'], { input: JSON.stringify(object) });
  return stderr;
}

async function refuses(stage: Stage): Promise<string[]> {
  const route = [{ path: '/', to: 'cart' }];
  await stage.kubectl.apply([ingress('taken', route)]);
  const wrong = await answers(stage, `http://${hostOf('taken')}/`, { code: '200' });
  const second = ingress('taken', route);
  second.metadata = { ...second.metadata, name: 'second' };
  const denied = 'admission webhook "validate.nginx.ingress.kubernetes.io" denied the request:';
  const double = await write(stage, second);
  const said = `${denied} host "${hostOf('taken')}" and path "/" is already defined in ingress ${NAMESPACE}/taken`;
  if (!double.includes(said)) wrong.push(`the second gets ${double}`);
  const bad = await write(stage, ingress('bad', route, { annotations: { 'proxy-buffer-size': 'large' } }));
  if (!bad.includes(denied) || !bad.includes('[emerg] ')) wrong.push(`the bad one gets ${bad}`);
  return wrong;
}

// As a firewall that lets a control plane reach the kubelets of its nodes and nothing else.
const FIREWALL = ['FORWARD', '-s', NETWORK.apiServer, '-p', 'tcp', '--dport', '8443', '-j', 'DROP'];

async function unreachable(stage: Stage): Promise<string[]> {
  const change = async (how: string) => must(await onNode(stage.lab, 'node-a', ['iptables', '-w', how, ...FIREWALL]));
  const late = ingress('late', [{ path: '/', to: 'cart' }]);
  await change('-I');
  const failed = await write(stage, late);
  await change('-D');
  const said = 'failed calling webhook "validate.nginx.ingress.kubernetes.io"';
  const wrong = failed.includes(said) && failed.includes('context deadline exceeded') ? [] : [`it gets ${failed}`];
  const after = await write(stage, late);
  return [...wrong, ...(after === '' ? [] : [`afterwards it gets ${after}`])];
}

async function proxyProtocol(stage: Stage): Promise<string[]> {
  const set = (data: object) => [
    'patch',
    'configmap',
    'ingress-nginx-controller',
    '--type=json',
    '-p',
    JSON.stringify(data),
  ];
  const config = async (value: object) =>
    stage.kubectl.must(['-n', 'ingress-nginx', ...set([{ op: 'add', path: '/data', value }])]);
  await stage.kubectl.apply([ingress('announced', [{ path: '/', to: 'cart' }])]);
  const url = `http://${hostOf('announced')}/`;
  const wrong = await answers(stage, url, { code: '200' });
  await config({ 'use-proxy-protocol': 'true' });
  wrong.push(...(await settled(stage, url, { code: '000' })));
  wrong.push(...(await logged(stage, /broken header: "GET \/ HTTP\/1.1/)));
  const spoken = await ask(stage, url, ['--haproxy-protocol']);
  if (spoken.code !== '200') wrong.push(`with the header it gives ${spoken.code} ${spoken.error}`);
  await config({});
  return [...wrong, ...(await answers(stage, url, { code: '200' }))];
}
