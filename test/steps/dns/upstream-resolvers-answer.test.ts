import { expect, it } from 'vitest';
import { CannotLook } from '../../../src/domain/cannot-look.js';
import type { JsonObject } from '../../../src/domain/json.js';
import step from '../../../src/steps/dns/upstream-resolvers-answer.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';
import { corefile, dnsShop, type Heard, hears, plainCorefile, toHost } from './dns-shop.js';

const look = looking(step, 'upstream-resolvers-answer');
const ofNode = '192.0.2.53';
const other = '192.0.2.54';
const stub = `${plainCorefile}shop.example:53 {\n    forward . 192.0.2.7\n}\n`.replace(
  'forward . 192',
  'forward shop.example 192',
);
const seen = (heard: Heard, text = plainCorefile) =>
  look(
    { ...dnsShop, configmaps: [corefile(text)] },
    { flow: toHost, answers: { node: hears({ nameservers: [ofNode], ...heard }) } },
  );
const at =
  (server: string, word: string) =>
  (asked: string): string =>
    asked === server ? word : 'found';

it.each([
  ['answer', {}, plainCorefile],
  ['some-silent', { nameservers: [ofNode, other], udp: at(other, 'timeout') }, plainCorefile],
  ['some-refuse', { udp: at(ofNode, 'refused') }, plainCorefile],
  ['silent', { udp: at(ofNode, 'timeout') }, plainCorefile],
  ['zone-silent', { udp: at('192.0.2.7', 'timeout') }, stub],
  ['stub-resolver', { nameservers: ['127.0.0.53'] }, plainCorefile],
  ['none', {}, plainCorefile.replace(/ +forward.*\n/, '')],
] as [string, Heard, string][])('%s', async (outcome, heard, text) => {
  const found = await seen(heard, text);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('asks for the name of the flow, and names zone and servers', async () => {
  const found = await seen({ udp: at('192.0.2.7', 'timeout') }, stub);
  expect(found.facts).toMatchObject({ zones: ['shop.example.'], failing: ['192.0.2.7'], nodes: ['node-a', 'node-b'] });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
  const asked = found.calls.flatMap((call) =>
    call.port === 'node' && call.query === 'resolve-name' ? [call.args.name] : [],
  );
  expect(new Set(asked)).toEqual(new Set(['www.example.com.', 'shop.example.']));
});

it('partly-seen', async () => {
  const node = (query: string, args: JsonObject, name: string) => {
    if (name === 'node-b') throw new CannotLook('lost', 'no way in');
    return hears({ nameservers: [ofNode] })(query, args);
  };
  const found = await look(dnsShop, { flow: toCart, answers: { node } });
  expect(found).toMatchObject({ outcome: 'partly-seen', facts: { unseen: ['node-b'] } });
});

it('accuses nobody of servers that the programs of a node cannot ask', async () => {
  expect((await seen({}, plainCorefile.replace('/etc/resolv.conf', 'tls://192.0.2.1 192.0.2.2:5353'))).outcome).toBe(
    'none',
  );
});

it('says nothing without a Corefile', async () => {
  const answers = { node: hears() };
  await expect(look({ ...dnsShop, configmaps: [] }, { flow: toCart, answers })).rejects.toThrow(CannotLook);
});
