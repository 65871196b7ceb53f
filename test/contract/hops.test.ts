import { describe, expect, it } from 'vitest';
import { find } from '../../src/catalog/find.js';
import { load } from '../../src/catalog/load.js';
import { hops, sharingSchema } from '../../src/domain/sharing.js';
import { sharedKinds } from '../../src/sharing/reading.js';

const { catalog } = load(await find());
const causes = Object.values(catalog.causes);

describe('the hops that causes declare', () => {
  it.each(hops)('%s is declared by a cause', (hop) => {
    expect(causes.filter((cause) => cause.hop === hop).length).toBeGreaterThan(0);
  });

  it.each(hops.filter((hop) => hop !== 'none'))('%s has a sentence', (hop) => {
    expect(Object.keys(catalog.phrases)).toContain(`report.sharing.hop.${hop}`);
  });

  it.each(sharingSchema.shape.groups.element.shape.kind.options)('%s have a name', (kind) => {
    expect(Object.keys(catalog.phrases)).toContain(`report.sharing.kind.${kind}`);
  });

  it('ask for no right that the checks do not ask for at the lowest level', () => {
    const reads = Object.values(catalog.steps).flatMap(({ step }) => (step.level === 'observe' ? step.reads : []));
    expect(reads).toEqual(expect.arrayContaining([...sharedKinds]));
  });
});
