import { describe, expect, it } from 'vitest';
import type { ResourceRule } from '../../src/domain/ports.js';
import type { AnyStep } from '../../src/domain/step.js';
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
