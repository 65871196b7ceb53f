import { expect, it } from 'vitest';
import { judgeTrace } from '../../src/queries/probes/trace/judge.js';
import { humanReport } from '../../src/report/human.js';
import { pathDrawing } from '../../src/report/path-drawing.js';
import { renderReport } from '../../src/report/render.js';
import { answered, lostAfter, replyLostAfter } from '../queries/probes/trace/recorded-trace.js';
import { shopCatalog as catalog, reportInput } from '../support/report-input.js';
import { cartView } from '../support/session-view.js';

const drawn = (trace: Parameters<typeof judgeTrace>[0], language: 'en' | 'zh-CN' = 'en') =>
  pathDrawing({ catalog, language }, judgeTrace(trace).facts).join('\n');

it('draws a request that is lost on the other node', () => {
  expect(drawn(lostAfter(6))).toMatchInlineSnapshot(`
    "there node-a: + veth2f54113c  + cni0  + flannel.1  + eth0
    there node-b: + eth0  + flannel.1  x cni0  . pod"
  `);
});

it('draws an answer that is lost between the nodes', () => {
  expect(drawn(replyLostAfter(4))).toMatchInlineSnapshot(`
    "there node-a: + veth2f54113c  + cni0  + flannel.1  + eth0
    there node-b: + eth0  + flannel.1  + cni0  + vethd0fd29ba
    back node-b: + vethd0fd29ba  + cni0  + flannel.1  + eth0
    back node-a: x eth0  . flannel.1  . cni0  . veth2f54113c"
  `);
});

it('draws a connection that opened', () => {
  expect(drawn(answered(), 'zh-CN')).toMatchInlineSnapshot(`
    "去程 node-a: + veth2f54113c  + cni0  + flannel.1  + eth0
    去程 node-b: + eth0  + flannel.1  + cni0  + vethd0fd29ba
    回程 node-b: + vethd0fd29ba  + cni0  + flannel.1  + eth0
    回程 node-a: + eth0  + flannel.1  + cni0  + veth2f54113c"
  `);
});

it('draws what nobody listened to', () => {
  const trace = lostAfter(4);
  expect(drawn({ ...trace, seen: trace.seen.slice(0, 1) })).toMatchInlineSnapshot(`
    "there node-a: + veth2f54113c  + cni0  + flannel.1  + eth0
    there node-b: ? uplink"
  `);
});

it('draws nothing for other findings', () => {
  expect(pathDrawing({ catalog, language: 'en' }, { path: '/healthz' })).toEqual([]);
  expect(pathDrawing({ catalog, language: 'en' }, {})).toEqual([]);
});

it('stands in the reports, and no name of a device ends its block', () => {
  const { facts } = judgeTrace(lostAfter(6));
  const path = (facts.path as { device: string }[]).map((point, at) =>
    at === 6 ? { ...point, device: 'br\n```\n# Heading' } : point,
  );
  const view = cartView();
  const findings = view.findings.map((finding, at) => (at === 0 ? { ...finding, facts: { ...facts, path } } : finding));
  const input = reportInput('en', { ...view, findings });
  expect(humanReport(input)).toContain('there node-a: + veth2f54113c + cni0 + flannel.1 + eth0');
  const page = renderReport('md', input);
  expect(page).toContain('    there node-b: + eth0 + flannel.1 x br ``` # Heading . pod');
  expect(page).not.toMatch(/^```\n# Heading/m);
});
