import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseProxyConfig } from '../../../src/parse/rules/proxy-config.js';
import step from '../../../src/steps/kube-proxy/proxy-mode-is-as-configured.js';
import { ran } from '../../support/fake-world.js';
import { flow, from, lookIn, proxyConfig } from './lobby.js';

const look = (mode: string, config: string) =>
  lookIn(
    step,
    'proxy-mode-is-as-configured',
  )({
    flow: flow(from('guest'), 'node-b', 30_080),
    on: (query) => ran(query === 'kube-proxy-config' ? config : `${mode}\n200\n`, { tool: 'curl' }),
  });
const recorded = proxyConfig('default');

it.each([
  ['as-configured', 'iptables', recorded],
  ['as-configured', 'nftables', proxyConfig('nft')],
  ['fell-back', 'iptables', recorded.replace('"Mode":"iptables"', '"Mode":"ipvs"')],
  ['not-told', 'iptables', ''],
  ['not-told', '', recorded],
])('%s', async (outcome, mode, config) => expect(await look(mode, config)).toMatchObject({ outcome }));

it('raises no alarm where no mode is configured', async () => {
  const silent = recorded.replace('"Mode":"iptables"', '"Mode":""');
  expect(await look('iptables', silent)).toMatchObject({ outcome: 'as-configured' });
});

it('reads what the recorded kube-proxies say', () => {
  expect(parseProxyConfig(proxyConfig('no-localhost'))).toEqual({
    mode: 'iptables',
    nodePortAddresses: [],
    localhostNodePorts: false,
    ipvsTcpTimeout: 0,
  });
  expect(parseProxyConfig(recorded.replace('"TCPTimeout":"0s"', '"TCPTimeout":"15m30s"'))).toMatchObject({
    ipvsTcpTimeout: 930,
  });
});

it('never throws, whatever it reads', () => {
  fc.assert(fc.property(fc.string(), (text) => parseProxyConfig(text) === undefined));
  fc.assert(
    fc.property(fc.nat(), fc.string({ maxLength: 20 }), (at, put) => {
      const cut = at % recorded.length;
      const read = parseProxyConfig(recorded.slice(0, cut) + put + recorded.slice(cut + 5));
      return read === undefined || Array.isArray(read.nodePortAddresses);
    }),
  );
});
