import { describe, expect, it } from 'vitest';
import type { Resource } from '../../src/domain/resource.js';
import type { Made } from '../../src/domain/session-view.js';
import { renderReport } from '../../src/report/render.js';
import { reportInput } from '../support/report-input.js';

const about = { uid: 'u', image: 'busybox:1', expires: '2026-11-21T11:30:00.000Z', namespace: 'shop' };
const probe: Resource = { ...about, kind: 'probe-pod', pod: 'net-triage-a', container: 'probe' };
const added: Resource = { ...about, kind: 'ephemeral-container', pod: 'web-1', container: 'net-triage-b' };
const made = (resource: Resource, outcome?: 'removed' | 'ended' | 'left'): Made => ({
  ...{ ...resource, seq: 3, at: '2026-11-21T11:00:00.000Z' },
  ...(outcome ? { removal: { ...resource, outcome, why: 'denied' } } : {}),
});
const render = (format: 'human' | 'md', list: readonly Made[], language: 'en' | 'zh-CN' = 'en') => {
  const input = reportInput(language);
  return renderReport(format, { ...input, session: { ...input.session, made: list } });
};

describe('what was put into the cluster', () => {
  it('is told with what became of it, and what could not be seen from there', () => {
    const text = render('human', [made(probe, 'removed'), made(added, 'ended')]);
    expect(text).toContain('probe pod shop/net-triage-a (busybox:1): removed');
    expect(text).toContain('container net-triage-b (busybox:1) in Pod shop/web-1: ended; its entry stays');
    expect(text).toContain('What a probe pod does not see: the address, the sockets');
    expect(render('human', [])).not.toContain('Put into the cluster');
  });

  it.each([
    [
      'could not be removed',
      made(probe, 'left'),
      /Left in the cluster\n\n- probe pod shop\/net\\?-triage\\?-a .*still there: denied/,
    ],
    [
      'was there when the process ended',
      made(probe),
      /Left in the cluster\n\n- .*kubectl .*n shop delete pod net\\?-triage\\?-a/,
    ],
    ['has gone', made(probe, 'removed'), /Left in the cluster\n\nWhat was put into the cluster has been removed/],
  ])('and what of it %s, is in the postmortem', (_, one, words) => {
    expect(render('md', [one])).toMatch(words);
  });

  it('has words in Chinese', () => {
    expect(render('human', [made(probe, 'removed')], 'zh-CN')).toContain(
      '探测 Pod shop/net-triage-a (busybox:1): 已删除',
    );
  });
});
