import { describe, expect, it } from 'vitest';
import { beforehand, leftWords, removalLine, resourceWords } from '../../src/commands/made-words.js';
import type { Resource } from '../../src/domain/resource.js';

const about = { uid: 'u', image: 'busybox:1', expires: '2026-11-21T11:30:00.000Z', namespace: 'shop' };
const probe: Resource = { ...about, kind: 'probe-pod', pod: 'net-triage-a', container: 'probe' };
const added: Resource = { ...about, kind: 'ephemeral-container', pod: 'web-1', container: 'net-triage-a' };
const gone = ({ kind, namespace, pod, container }: Resource) => ({ kind, namespace, pod, container });

describe('what is said of a thing in the cluster', () => {
  it.each([
    [
      { type: 'resource.created', data: added },
      /^Added container net-triage-a of pod shop\/web-1 .* until that Pod is deleted\.$/,
    ],
    [
      { type: 'resource.created', data: probe },
      /^Created probe pod shop\/net-triage-a .*ends by itself at 2026-11-21T11:30/,
    ],
    [
      { type: 'resource.removed', data: { ...gone(probe), outcome: 'removed' } },
      /^Removed probe pod shop\/net-triage-a\.$/,
    ],
    [{ type: 'resource.removed', data: { ...gone(added), outcome: 'ended' } }, /^Ended container .* its entry stays/],
    [
      { type: 'resource.removed', data: { ...gone(probe), outcome: 'left', why: 'denied' } },
      /^Left probe pod .*: denied Remove it with: kubectl --context 'a b' -n shop delete pod net-triage-a$/,
    ],
    [{ type: 'resource.removed', data: { ...gone(added), outcome: 'left', why: 'denied' } }, /: denied$/],
  ] as const)('%j', (event, words) => expect(resourceWords(event, 'a b')).toMatch(words));

  it('is what a person can copy', () => {
    expect(removalLine(probe, null)).toBe('kubectl -n shop delete pod net-triage-a');
    expect(leftWords(probe, 'lab')).toContain('kubectl --context lab -n shop delete pod net-triage-a');
    expect(leftWords(added, 'lab')).not.toContain('kubectl');
  });
});

describe('what is said before anything is made', () => {
  it.each([
    [['ephemeral', 'probe-pod'], /added to that Pod.*probe pod with its labels.*--pod-access\.$/s, /node pod/],
    [['debug'], /started as a node pod.*rights of root.*--node-access\.$/s, /probe pod/],
  ])('for %j', (ways, words, others) => {
    const said = beforehand('busybox:1', ways);
    expect(said).toMatch(words);
    expect(said).not.toMatch(others);
  });
});
