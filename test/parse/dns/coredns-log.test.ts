import fc from 'fast-check';
import { expect, it } from 'vitest';
import { complaintSchema, deathSchema, dnsComplaint, reasonOfDeath } from '../../../src/parse/dns/coredns-log.js';
import { mangled } from '../mangled.js';
import { recorded } from '../recorded.js';

const log = (name: string) => recorded('coredns', name);

it.each([
  ['loop', 'loop-detected', /Loop \(127\.0\.0\.1:\d+ -> :53\) detected for zone "\."/],
  ['typo', 'config-refused', /^Corefile:3 - Error during parsing: Unknown directive 'cachee'$/],
  ['twice', 'config-refused', /^cannot serve dns:\/\/\.:53 - it is already defined$/],
  ['removed', 'config-refused', /^plugin\/kubernetes: Corefile:3 - Error during parsing: unknown property 'upstream'$/],
])('%s: %s', (name, what, line) => {
  const death = reasonOfDeath(log(name));
  expect(death?.what).toBe(what);
  expect(death?.line).toMatch(line);
});

it('knows no reason where CoreDNS only ran', () => expect(reasonOfDeath(log('upstream-timeout'))).toBeUndefined());

it('finds the line that names the question, and who did not answer it', () => {
  expect(dnsComplaint(log('upstream-timeout'), { name: 'WWW.example.com.', outside: true })).toEqual({
    what: 'upstream-silent',
    server: '10.77.0.9',
    line: expect.stringMatching(
      /^\[ERROR\] plugin\/errors: 2 www\.example\.com\. A: (read udp|dial tcp) .*: i\/o timeout$/,
    ),
  });
});

it('leaves out what other questions failed for', () => {
  expect(dnsComplaint(log('upstream-timeout'), { name: 'example.com.', outside: true })).toBeUndefined();
});

const failed = (words: string) => `[INFO] one\n[ERROR] plugin/errors: 2 a.example. AAAA: ${words}\n`;
it.each([
  ['upstream-refuses', '192.0.2.53', 'read udp 10.244.1.2:41234->192.0.2.53:53: read: connection refused'],
  ['upstream-refuses', '2001:db8::53', 'dial tcp [2001:db8::53]:53: connect: no route to host'],
  ['too-many-at-once', '', 'concurrent queries exceeded maximum 1000'],
  ['answer-malformed', '', 'dns: overflow unpacking uint16'],
  ['failed-otherwise', '', 'no healthy proxies'],
])('%s by %s', (what, server, words) => {
  expect(dnsComplaint(failed(words), { name: 'a.example.', outside: true })).toMatchObject({ what, server });
});

it('says that others are refused where all share a way outside', () => {
  const crowd = failed('concurrent queries exceeded maximum 4');
  expect(dnsComplaint(crowd, { name: 'b.example.', outside: true })).toMatchObject({ what: 'others-refused' });
  expect(dnsComplaint(crowd, { name: 'cart.shop.svc.cluster.local.', outside: false })).toBeUndefined();
});

it('hears what it complains of in general', () => {
  expect(dnsComplaint(log('reload-failed'), { name: 'a.example.', outside: true })?.what).toBe('reload-failed');
  const api =
    '[WARNING] plugin/kubernetes: Kubernetes API connection failure: Get "https://10.96.0.1:443/version": dial tcp 10.96.0.1:443: i/o timeout';
  expect(dnsComplaint(api, { name: 'a.example.', outside: true })?.what).toBe('api-lost');
});

it('takes any text', () => {
  const texts = ['loop', 'typo', 'upstream-timeout'].map(log);
  fc.assert(
    fc.property(mangled(texts), (text) => {
      expect(() => deathSchema.optional().parse(reasonOfDeath(text))).not.toThrow();
      expect(() =>
        complaintSchema.optional().parse(dnsComplaint(text, { name: 'www.example.com.', outside: true })),
      ).not.toThrow();
    }),
  );
});
