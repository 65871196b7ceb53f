import { describe, expect, it } from 'vitest';
import type { Happening } from '../../src/domain/journal.js';
import { foldJournal } from '../../src/journal/fold.js';
import { readJournal } from '../../src/journal/read.js';
import { cartFindings, cartHappenings, cartView, writeCartSession } from '../support/session-view.js';

const fold = (happenings: Happening[]) => foldJournal(readJournal(writeCartSession(happenings)).events);
const upTo = (type: Happening['type']) => {
  const all = cartHappenings();
  return all.slice(0, all.findIndex((event) => event.type === type) + 1);
};

describe('foldJournal', () => {
  it('gives back the findings in the order of the walk', () => {
    const view = cartView();
    expect(view.findings.map(({ check, outcome }) => [check, outcome])).toEqual(
      cartFindings.map(({ check, outcome }) => [check, outcome]),
    );
    expect(view.state).toBe('ended');
    expect(view.cost?.requests).toBe(9);
    expect(view.pauses).toEqual([{ from: expect.any(String), to: expect.any(String) }]);
  });

  it('knows the check that was running when the process died', () => {
    const view = fold(upTo('check.started'));
    expect(view.running.map(({ node, run }) => [node, run])).toEqual([['source', 1]]);
    expect(view.state).toBe('running');
  });

  it('lets go of it when another process resumes', () => {
    const resumed: Happening = {
      type: 'session.resumed',
      actor: 'tool',
      data: { machine: 'laptop', version: '0.1.0' },
    };
    expect(fold([...upTo('check.started'), resumed]).running).toEqual([]);
  });

  it('keeps both runs of a check that was repeated, and one of a run that was told twice', () => {
    const [found] = cartFindings;
    const again: Happening = {
      type: 'check.finished',
      actor: 'tool',
      data: { ...(found as (typeof cartFindings)[0]), run: 2 },
    };
    const { findings } = fold([...upTo('check.finished'), again, again]);
    expect(findings.map(({ node, run }) => [node, run])).toEqual([
      ['source', 1],
      ['source', 2],
    ]);
  });

  it('is paused without an end', () => {
    expect(fold(upTo('session.paused'))).toMatchObject({ state: 'paused', pauses: [{ from: expect.any(String) }] });
  });

  it('is open again after a resume of an ended session', () => {
    const resumed: Happening = {
      type: 'session.resumed',
      actor: 'tool',
      data: { machine: 'laptop', version: '0.1.0' },
    };
    expect(fold([...cartHappenings(), resumed])).toMatchObject({ state: 'running', ended: null, cost: null });
  });

  it('has no header for an empty journal', () =>
    expect(foldJournal([])).toMatchObject({ header: null, root: '0'.repeat(64) }));

  const probe = { kind: 'probe-pod', namespace: 'shop', pod: 'net-triage-a', container: 'probe' } as const;
  const created: Happening = {
    type: 'resource.created',
    actor: 'tool',
    data: { ...probe, uid: 'u', image: 'busybox', expires: '2026-11-21T11:30:00.000Z' },
  };
  const removed = (outcome: 'left' | 'removed'): Happening => ({
    type: 'resource.removed',
    actor: 'tool',
    data: { ...probe, outcome },
  });
  it.each([
    ['is there', [created], [undefined]],
    ['is told of again by a process that goes on', [created, created], [undefined]],
    ['has gone', [created, removed('removed')], ['removed']],
    ['could not be removed', [created, removed('left')], ['left']],
    ['could be removed later', [created, removed('left'), removed('removed')], ['removed']],
    ['has gone, and another came', [created, removed('removed'), created], ['removed', undefined]],
    ['was never told of', [removed('removed')], []],
  ])('knows of what was put into the cluster whether it %s', (_, happenings, outcomes) => {
    const { made } = fold([...upTo('check.finished'), ...happenings]);
    expect(made.map(({ removal }) => removal?.outcome)).toEqual(outcomes);
  });
});
