import { expect, it } from 'vitest';
import step from '../../../src/steps/dns/corefile-is-sound.js';
import { looking } from '../look.js';
import { toCart } from '../shop.js';
import { corefile, dnsShop, plainCorefile, replica } from './dns-shop.js';

const look = looking(step, 'corefile-is-sound');
const seen = (text: string) => look({ ...dnsShop, configmaps: [corefile(text)] }, { flow: toCart });
const with_ = (more: string) => plainCorefile.replace('    loop\n', `    loop\n${more}`);

it.each([
  ['sound', plainCorefile],
  ['syntax-error', plainCorefile.replace('cache 30', 'cache 30 }')],
  ['defined-twice', plainCorefile + plainCorefile],
  ['misspelt-plugin', plainCorefile.replace('cache 30', 'cachee 30')],
  ['removed-option', with_('    proxy . 192.0.2.53\n')],
  ['no-kubernetes', plainCorefile.replace(/ +kubernetes.*\n/, '')],
  ['forwards-to-itself', plainCorefile.replace('/etc/resolv.conf', '10.96.0.10')],
  ['forwards-to-itself', plainCorefile.replace('/etc/resolv.conf', '10.244.2.2')],
  ['swallows-names', with_('    hosts {\n        192.0.2.7 old.example\n    }\n')],
  ['unknown-plugin', with_('    shopfront\n')],
  ['no-upstream', plainCorefile.replace(/ +forward.*\n/, '')],
  ['no-cache', plainCorefile.replace(/ +cache.*\n/, '')],
])('%s (%#)', async (outcome, text) => {
  const found = await seen(text);
  expect(found.outcome).toBe(outcome);
  expect(`${found.en} ${found.zh}`).not.toMatch(/\{/);
});

it('no-corefile', async () => {
  expect((await look({ ...dnsShop, configmaps: [] }, { flow: toCart })).outcome).toBe('no-corefile');
});

it('names the worst first and the rest beside it', async () => {
  const { en } = await seen(plainCorefile.replace('cache 30', 'cachee 30').replace('/etc/resolv.conf', '127.0.0.1'));
  expect(en).toBe(
    'ConfigMap coredns, line 6: CoreDNS has no such plugin: cachee (cache). More: forwards-to-itself (5), no-cache (1).',
  );
});

it('finds the ConfigMap by the Pods that mount it, and what it imports in another', async () => {
  const pods = [
    {
      ...replica('rke2-coredns-1', 'node-a', '10.244.1.2'),
      spec: {
        volumes: [
          { name: 'a', configMap: { name: 'rke2-coredns' } },
          { name: 'b', configMap: { name: 'own' } },
        ],
      },
    },
  ];
  const configmaps = [
    corefile(`${plainCorefile}import own/*.server\n`, 'rke2-coredns'),
    corefile('shop.example {\n    whoamii\n}\n', 'own', 'shop.server'),
  ];
  const found = await look({ ...dnsShop, pods, configmaps }, { flow: toCart });
  expect(found).toMatchObject({
    outcome: 'misspelt-plugin',
    facts: { map: 'rke2-coredns', words: 'whoamii (whoami)' },
  });
  expect(found.used.toSorted()).toEqual(step.reads.toSorted());
});

const importing = plainCorefile.replace(/ +kubernetes.*\n/, '    import custom/*.override\n');
const mounting = {
  ...replica('coredns-1', 'node-a', '10.244.1.2'),
  spec: {
    volumes: [
      { name: 'a', configMap: { name: 'coredns' } },
      { name: 'b', configMap: { name: 'own', optional: true } },
    ],
  },
};

it('tells a ConfigMap that is not there from one that nobody lets it read', async () => {
  const pods = [mounting];
  const configmaps = [corefile(importing)];
  expect((await look({ ...dnsShop, pods, configmaps }, { flow: toCart })).outcome).toBe('no-kubernetes');
});

it('accuses nobody of autopath, rewrite and stub domains', async () => {
  const odd = with_(
    '    autopath @kubernetes\n    rewrite stop {\n        name regex (.*)\\.shop {1}.shop.svc.cluster.local answer auto\n    }\n',
  );
  expect((await seen(`${odd}shop.example:53 {\n    errors\n    forward . 192.0.2.7\n}\n`)).outcome).toBe('sound');
});

it('asks for a second ConfigMap only where the first one imports something', async () => {
  const mapsAsked = async (text: string) => {
    // Without a Pod nobody tells which of them is mounted.
    const { calls } = await look({ ...dnsShop, pods: [], configmaps: [corefile(text)] }, { flow: toCart });
    return calls.flatMap((call) => ('kind' in call && call.kind === 'configmaps' && 'name' in call ? call.name : []));
  };
  expect(await mapsAsked(plainCorefile)).toEqual(['coredns']);
  expect(await mapsAsked(importing)).toEqual(['coredns', 'coredns-custom']);
});
