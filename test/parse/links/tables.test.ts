import { describe, expect, it } from 'vitest';
import { parseFlannelSubnet } from '../../../src/parse/links/flannel-subnet.js';
import { parseForwardingEntries } from '../../../src/parse/links/forwarding-entries.js';
import { parseNeighbours } from '../../../src/parse/links/neighbours.js';
import { parseRouteTo } from '../../../src/parse/links/route-to.js';
import { parseRoutes } from '../../../src/parse/links/routes.js';
import { parseRules } from '../../../src/parse/links/rules.js';
import { corpus } from '../corpus.js';
import { recorded } from '../recorded.js';

const node = 'plain/healthy/node-b';
const sound = { understood: true, strange: [] };

describe('routes', () => {
  const viaTunnel = { type: 'unicast', to: '10.244.2.0/24', gateway: '10.244.2.0', dev: 'flannel.1', table: 'main' };

  it('are the same from JSON and from text', () => {
    const json = parseRoutes(corpus(`${node}/ip-route.json`));
    const text = parseRoutes(corpus(`${node}/ip-route.txt`));
    expect(json).toMatchObject(sound);
    expect(json.rows).toContainEqual(viaTunnel);
    const v4 = (rows: typeof json.rows) => rows.filter(({ to }) => !to.includes(':'));
    expect(v4(text.rows)).toEqual(v4(json.rows));
    expect(text.rows.length).toBe(json.rows.length);
  });

  it('lead by the nodes where nothing is wrapped', () => {
    expect(parseRoutes(corpus('routed/healthy/node-b/ip-route.json')).rows).toContainEqual({
      ...{ type: 'unicast', to: '10.244.1.0/24', gateway: '10.0.0.13', dev: 'eth0', table: 'main' },
    });
  });

  it('can refuse, and have no device then', () => {
    const { rows } = parseRoutes(recorded('ip-busybox', 'route'));
    expect(rows.map(({ type, to, dev }) => [type, to, dev])).toEqual([
      ['unicast', 'default', 'cni0'],
      ['unicast', '10.244.1.0/24', 'cni0'],
      ['unicast', '10.244.1.0/24', 'eth0'],
      ['prohibit', '10.244.7.0/24', ''],
      ['unreachable', '10.244.8.0/24', ''],
      ['blackhole', '10.244.9.0/24', ''],
    ]);
  });

  it('say which line they did not understand', () => {
    expect(parseRoutes('default via 10.0.0.1 dev eth0\nand now to something else')).toMatchObject({
      understood: true,
      strange: ['and now to something else'],
    });
  });
});

describe('the way to one address', () => {
  const asked = (name: string) => {
    const stderr = ['blackhole', 'unreachable', 'prohibit', 'none'].includes(name)
      ? recorded('ip', `route-get-${name}.stderr`)
      : '';
    return parseRouteTo(recorded('ip', `route-get-${name}`).split('\n')[0] ?? '', stderr);
  };

  it.each([
    ['link', 'route'],
    ['local', 'route'],
    ['default', 'route'],
    ['text', 'route'],
    ['blackhole', 'refused'],
    ['unreachable', 'refused'],
    ['prohibit', 'refused'],
    ['none', 'none'],
  ])('%s is %s', (name, word) => expect(asked(name).class).toBe(word));

  it('names device and source', () => {
    expect(asked('link').route).toMatchObject({ to: '10.244.1.9', dev: 'cni0', source: '10.244.1.1' });
    expect(asked('local').route).toMatchObject({ type: 'local', dev: 'lo' });
    expect(parseRouteTo(recorded('ip-busybox', 'route-get'), '').route).toMatchObject({ dev: 'cni0' });
  });

  it('is unknown where the tool is', () => expect(parseRouteTo('', 'sh: ip: not found').class).toBe('not-understood'));
});

describe('neighbours', () => {
  it('are the same from JSON and from text', () => {
    const json = parseNeighbours(corpus(`${node}/ip-neigh.json`));
    expect(json).toMatchObject(sound);
    expect(json.rows).toContainEqual({
      ...{ address: '10.244.2.0', dev: 'flannel.1', mac: '32:de:82:86:e3:2b', state: 'PERMANENT' },
    });
    expect(parseNeighbours(corpus(`${node}/ip-neigh.txt`)).rows).toEqual(json.rows);
  });

  it('may be none at all', () => expect(parseNeighbours('[]')).toEqual({ rows: [], ...sound }));

  it('are read from busybox', () => {
    expect(parseNeighbours(recorded('ip-busybox', 'neigh')).rows).toEqual([
      { address: '10.244.1.9', dev: 'cni0', mac: '02:00:00:00:00:09', state: 'PERMANENT' },
    ]);
  });
});

it('forwarding entries are the same from JSON and from text', () => {
  const json = parseForwardingEntries(corpus(`${node}/bridge-fdb.json`));
  expect(json).toMatchObject(sound);
  expect(json.rows).toContainEqual({ mac: '3e:05:19:16:0d:72', dev: 'flannel.1', to: '10.0.0.11' });
  expect(parseForwardingEntries(corpus(`${node}/bridge-fdb.txt`)).rows).toEqual(json.rows);
});

describe('rules', () => {
  it('are the same from JSON, from text and from busybox', () => {
    const rows = [
      { priority: 0, from: 'all', table: 'local' },
      { priority: 32766, from: 'all', table: 'main' },
      { priority: 32767, from: 'all', table: 'default' },
    ];
    expect(parseRules(corpus(`${node}/ip-rule.json`))).toEqual({ rows, ...sound });
    expect(parseRules(corpus(`${node}/ip-rule.txt`))).toEqual({ rows, ...sound });
    expect(parseRules(recorded('ip-busybox', 'rule'))).toEqual({ rows, ...sound });
  });

  it('reads the mark that a rule wants, as AWS writes it, in both forms', () => {
    const json = parseRules(recorded('ip', 'rule-aws-marked'));
    expect(json.rows).toContainEqual({ priority: 1024, from: 'all', mark: '0x80/0x80', table: 'main' });
    expect(parseRules(recorded('ip', 'rule-aws-marked-text')).rows).toEqual(json.rows);
  });

  it('name ranges', () => {
    const { rows } = parseRules(recorded('ip', 'rule-policy'));
    expect(rows).toContainEqual({ priority: 510, from: '10.244.1.0/24', table: '2' });
    expect(rows).toContainEqual({ priority: 512, from: '10.0.1.7', to: '10.0.0.0/16', table: '2' });
  });

  it('are never none', () => expect(parseRules('').understood).toBe(false));
});

describe('the lease file of flannel', () => {
  it('names range and subnet', () => {
    expect(parseFlannelSubnet(corpus(`${node}/flannel-subnet.txt`))).toEqual({
      ...{ present: true, network: '10.244.0.0/16', subnet: '10.244.1.1/24', mtu: 1450, strange: [] },
    });
  });

  it('may be absent', () => expect(parseFlannelSubnet('')).toEqual({ present: false, strange: [] }));
});
