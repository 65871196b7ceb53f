import { within } from '../cluster/plan.ts';
import { must } from '../machine/run.ts';
import { answers, ask, endpointOf, hostOf, ingress, logged, settled } from './ingress-stage.ts';
import type { Proof, Stage } from './proof.ts';

export const failures: readonly (readonly [string, Proof])[] = [
  ['503 where nobody is ready, and where there is no Service', unready],
  ['502 where connections are refused, after three tries', refused],
  ['504 where they are lost, after as many', lost],
  ['504 where the answer takes too long, until the annotation allows it', slow],
  ['502 where headers are too big, until the annotation allows them', bigHeader],
  ['413 for a body that is too big, until the annotation allows it', bigBody],
  ['502 where a connection that was kept ends in the moment of use, for POST alone', hasty],
  ['400 where https is expected, until the annotation says so', secure],
];

const tries = (address: string, code: string) =>
  new RegExp(
    `\\[lab-ingress-\\S+-80\\] \\[\\] ${address}, ${address}, ${address} 0, 0, 0 \\S+ \\S+ \\S+ ${code}, ${code}, ${code} `,
  );

async function unready(stage: Stage): Promise<string[]> {
  await stage.kubectl.apply([
    ingress('unready', [
      { path: '/nobody', to: 'nobody' },
      { path: '/missing', to: 'missing' },
    ]),
  ]);
  return [
    ...(await answers(stage, `http://${hostOf('unready')}/nobody`, { code: '503' })),
    ...(await answers(stage, `http://${hostOf('unready')}/missing`, { code: '503' })),
    ...(await logged(stage, /Service "lab-ingress\/nobody" does not have any active Endpoint\./)),
    ...(await logged(stage, /Error obtaining Endpoints for Service "lab-ingress\/missing": no object matching key/)),
  ];
}

async function refused(stage: Stage): Promise<string[]> {
  await stage.kubectl.apply([ingress('refused', [{ path: '/', to: 'refused' }])]);
  const why =
    /connect\(\) failed \(111: Connection refused\) while connecting to upstream, client: \S+, server: refused\.shop\.example, request: "GET \/ HTTP\/1.1", upstream: "http:\/\/10\.244\.\d+\.\d+:8081\/", host: "refused\.shop\.example"/;
  return [
    ...(await answers(stage, `http://${hostOf('refused')}/`, { code: '502' })),
    ...(await logged(stage, why)),
    ...(await logged(stage, tries('10\\.244\\.\\d+\\.\\d+:8081', '502'))),
  ];
}

// The router drops without a word what goes to this address; to others it would say that nobody is there.
const HOLE = '203.0.113.7';

async function lost(stage: Stage): Promise<string[]> {
  const route = (how: string) => must([...within(stage.lab, 'underlay'), 'ip', 'route', how, 'blackhole', HOLE]);
  await stage.kubectl.apply([
    endpointOf(HOLE, true),
    ingress('lost', [{ path: '/', to: 'by-hand' }], { annotations: { 'proxy-connect-timeout': '1' } }),
  ]);
  await route('add');
  const wrong = await answers(stage, `http://${hostOf('lost')}/`, { code: '504' });
  await route('del');
  const why =
    /upstream timed out \(110: Connection timed out\) while connecting to upstream, .* host: "lost\.shop\.example"/;
  return [...wrong, ...(await logged(stage, why)), ...(await logged(stage, tries(`${HOLE}:8080`, '504')))];
}

async function slow(stage: Stage): Promise<string[]> {
  const patience = (seconds: string) =>
    ingress('slow', [{ path: '/', to: 'cart' }], { annotations: { 'proxy-read-timeout': seconds } });
  await stage.kubectl.apply([patience('1')]);
  const url = `http://${hostOf('slow')}/?delay=1500ms`;
  const wrong = await answers(stage, url, { code: '504' });
  wrong.push(
    ...(await logged(
      stage,
      /upstream timed out \(110: Connection timed out\) while reading response header from upstream/,
    )),
  );
  await stage.kubectl.apply([patience('2')]);
  return [...wrong, ...(await answers(stage, url, { code: '200' }))];
}

async function bigHeader(stage: Stage): Promise<string[]> {
  const route = [{ path: '/', to: 'cart' }];
  await stage.kubectl.apply([ingress('header', route)]);
  const url = `http://${hostOf('header')}/?header=6k`;
  const wrong = await answers(stage, url, { code: '502' });
  wrong.push(...(await logged(stage, /upstream sent too big header while reading response header from upstream/)));
  await stage.kubectl.apply([ingress('header', route, { annotations: { 'proxy-buffer-size': '16k' } })]);
  return [...wrong, ...(await answers(stage, url, { code: '200' }))];
}

async function bigBody(stage: Stage): Promise<string[]> {
  const route = [{ path: '/', to: 'cart' }];
  await stage.kubectl.apply([ingress('body', route)]);
  const url = `http://${hostOf('body')}/`;
  const wrong = await answers(stage, url, { code: '200' });
  const more = ['--data', 'x'.repeat(2000)];
  await stage.kubectl.apply([ingress('body', route, { annotations: { 'proxy-body-size': '1k' } })]);
  wrong.push(...(await answers(stage, url, { code: '413', more })));
  return [...wrong, ...(await logged(stage, /client intended to send too large body: 2000 bytes/))];
}

async function hasty(stage: Stage): Promise<string[]> {
  await stage.kubectl.apply([ingress('hasty', [{ path: '/', to: 'hasty' }])]);
  const url = `http://${hostOf('hasty')}/`;
  const wrong = await settled(stage, url, { code: '200' });
  const codes = { GET: new Set<string>(), POST: new Set<string>() };
  for (let round = 0; round < 10; round += 1)
    for (const method of ['GET', 'POST'] as const) codes[method].add((await ask(stage, url, ['-X', method])).code);
  if ([...codes.GET].join(',') !== '200') wrong.push(`GET gives ${[...codes.GET].join(', ')}`);
  if (!codes.POST.has('502')) wrong.push(`POST gives ${[...codes.POST].join(', ')}`);
  const why =
    /upstream prematurely closed connection while reading response header from upstream, .* request: "POST \/ HTTP\/1.1"/;
  return [...wrong, ...(await logged(stage, why))];
}

async function secure(stage: Stage): Promise<string[]> {
  const route = [{ path: '/', to: 'secure' }];
  await stage.kubectl.apply([ingress('protocol', route)]);
  const url = `http://${hostOf('protocol')}/`;
  const wrong = await answers(stage, url, { code: '400' });
  await stage.kubectl.apply([ingress('protocol', route, { annotations: { 'backend-protocol': 'HTTPS' } })]);
  return [...wrong, ...(await answers(stage, url, { code: '200' }))];
}
