import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRedactor, type RedactorOptions } from '../../src/clean/redact.js';
import { CANARIES, EVIDENCE } from './canaries.js';

const names: RedactorOptions['names'] = [
  { kind: 'node', name: 'node-1.shop.example' },
  { kind: 'pod', name: 'cart-7d9f8c6b5-x2x4z' },
  { kind: 'namespace', name: 'shop' },
  { kind: 'namespace', name: 'kube-system' },
];
const strict = () => createRedactor({ profile: 'strict', salt: 'a salt of one bundle', names });

describe('strict profile', () => {
  it('takes no kind with its group for a host', () => {
    const rights = 'get daemonsets.apps, list cronjobs.batch, list networkpolicies.networking.k8s.io';
    expect(strict().text(rights)).toBe(rights);
    expect(strict().text('dial web.apps')).not.toContain('web.apps');
  });

  it('hides packets in hexadecimal, which hold the addresses it hides elsewhere', () => {
    const packet = '1.2 eth0 Out\n\t0x0020:  a98a c000 0202 0000\n\t0x0030:  c000 0201\n';
    expect(strict().text(packet)).not.toMatch(/c000/);
    expect(createRedactor({ profile: 'default', salt: 's' }).text(packet)).toBe(packet);
  });

  it.each(CANARIES)('masks as the default does: %s', (_, text, ...secrets) => {
    for (const secret of secrets) expect(strict().text(text)).not.toContain(secret);
  });

  it.each([
    ['pod shop/cart-7d9f8c6b5-x2x4z on node-1.shop.example', /^pod namespace-\w{8}\/pod-\w{8} on node-\w{8}$/],
    ['system:serviceaccount:shop:cart', /^system:serviceaccount:namespace-\w{8}:cart$/],
    ['cart.shop.svc.cluster.local.', /^cart\.namespace-\w{8}\.svc\.cluster\.local\.$/],
    ['10-244-3-7.shop.pod.cluster.local', /^10-244-x\w{4}-x\w{4}\.namespace-\w{8}\.pod\.cluster\.local$/],
    ['mail ops@shop.example now', /^mail <redacted:e-mail:\w{4}> now$/],
    ['https://payments.bank.example:8443/x', /^https:\/\/host-\w{8}:8443\/x$/],
    ['dial tcp 10.244.3.7:80', /^dial tcp 10\.244\.x\w{4}\.x\w{4}:80$/],
    ['192.168.4.0/24 via 192.168.4.1', /^192\.168\.x\w{4}\.0\/24 via 192\.168\.x\w{4}\.x\w{4}$/],
    ['from 203.0.113.9 to 2606:4700::1111', /^from public-ip-\w{8} to public-ip-\w{8}$/],
    ['[fd00:10:244::7]:80', /^\[fd00:10:x\w{4}::x\w{4}\]:80$/],
  ])('%s', (text, expected) => {
    const once = strict().text(text);
    expect(once).toMatch(expected);
    expect(strict().text(once)).toBe(once);
  });

  it.each([
    'kube-system/coredns default 127.0.0.1 ::1 0.0.0.0/0 ::/0 169.254.169.254 255.255.255.0 224.0.0.1',
    'app.kubernetes.io/name networking.k8s.io/v1 registry.k8s.io /etc/resolv.conf round_trippers.go:466 spec.selector net.core.somaxconn v1.34.2',
    'uid 0b5c7f1e-6e1b-4e6a-9b1a-2f4c8d7e6f5a at 12:34:56 mac 0a:58:0a:f4:01:05 sha256:9f86d081',
  ])('keeps what identifies nobody: %s', (text) => {
    expect(strict().text(text)).toBe(text);
  });

  it('shows that two addresses share a subnet, and only then', () => {
    const { text } = strict();
    const prefix = (address: string) => text(address).split('.').slice(0, 3).join('.');
    expect(prefix('10.244.3.7')).toBe(prefix('10.244.3.9'));
    expect(prefix('10.244.3.7')).not.toBe(prefix('10.244.4.7'));
    expect(text('fd00:10:244:1::7')).toBe(text('fd00:0010:0244:0001:0:0:0:7'));
  });

  it('lets no private or public address through', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom('', ':80', '/32', ',', '.', '"'), (address, after) => {
        const [first = 0, second] = address.split('.').map(Number);
        fc.pre(
          first !== 0 &&
            first !== 127 &&
            first < 224 &&
            !(first === 169 && second === 254) &&
            !address.endsWith('.0.0'),
        );
        expect(strict().text(`x ${address}${after}`)).not.toContain(address);
      }),
    );
  });

  it('learns names from objects, those of references too', () => {
    const value = {
      kind: 'PodList',
      items: [{ metadata: { name: 'pay-1', namespace: 'bank' }, spec: { nodeName: 'n7' } }],
      event: {
        involvedObject: { kind: 'Pod', name: 'pay-2', namespace: 'bank' },
        message: 'pay-1 and pay-2 of bank left n7',
      },
    };
    const redacted = JSON.stringify(strict().value(value));
    expect(redacted).not.toMatch(/pay-|bank|n7/);
    expect(redacted).toContain('"involvedObject"');
  });

  it('never throws and is stable on evidence', () => {
    for (const line of EVIDENCE) {
      const once = strict().text(line);
      expect(strict().text(once)).toBe(once);
    }
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void strict().text(text)));
  });
});
