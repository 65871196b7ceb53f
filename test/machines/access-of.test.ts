import { describe, expect, it } from 'vitest';
import type { ResourceRule } from '../../src/domain/ports.js';
import { writeRight } from '../../src/domain/rights.js';
import type { AnyStep } from '../../src/domain/step.js';
import { rightsFor } from '../../src/machines/access.js';
import { accessOf } from '../../src/machines/access-of.js';

const observing = { level: 'observe', reads: ['services'], runs: [] } as unknown as AnyStep;
const probing = { level: 'probe', reads: ['services'], runs: [{ where: 'pod' }] } as unknown as AnyStep;

const rule = (verbs: readonly string[], resource: string): ResourceRule => ({
  verbs,
  apiGroups: [''],
  resources: [resource],
  resourceNames: [],
});
const read = rule(['get', 'list'], 'services');
const exec = rule(['create'], 'pods/exec');

describe('the rights of each level', () => {
  it.each([
    ['all of them', [read, exec], false, ['yes', 'yes', 'no']],
    ['some of them', [rule(['get'], 'services')], false, ['partly', 'no', 'no']],
    ['none of them', [], false, ['no', 'no', 'no']],
    ['no complete list', [read], true, ['yes', 'unknown', 'no']],
  ])('%s', (_, rules, incomplete, answers) => {
    const access = accessOf([observing, probing], { rules, incomplete }, 'shop');
    expect(access.map(({ answer }) => answer)).toEqual(answers);
  });

  it('counts at a level only what the levels before it do not use', () => {
    const [observe, probe, node] = accessOf([observing, probing], { rules: [read], incomplete: false }, 'shop');
    expect(observe).toMatchObject({ allowed: 2, all: 2, missing: [] });
    expect(probe).toMatchObject({ allowed: 0, all: 1, missing: ['create pods/exec in shop'] });
    expect(node).toMatchObject({ all: 0 });
  });
});

it('takes no right to kinds of a plugin for one that is missing', () => {
  const calico = { ...observing, reads: ['services', 'ippools.crd.projectcalico.org'] } as unknown as AnyStep;
  expect(rightsFor([calico], ['shop']).map(writeRight)).toEqual(['get services in shop', 'list services in shop']);
});

describe('the rights of the ways into a Pod', () => {
  it.each([
    ['exec alone', undefined, ['create pods/exec in shop']],
    [
      'what takes its place',
      ['exec', 'ephemeral', 'node', 'probe-pod'] as const,
      [
        'create pods/exec in shop',
        'patch pods/ephemeralcontainers in shop',
        'create pods in shop',
        'delete pods in shop',
      ],
    ],
    ['none', [], []],
  ])('%s', (_, ways, rights) => {
    const reads = ['get services in shop', 'list services in shop'];
    expect(rightsFor([probing], ['shop'], ways).map(writeRight)).toEqual([...reads, ...rights]);
    expect(rightsFor([observing], ['shop'], ways).map(writeRight)).toEqual(reads);
  });
});
