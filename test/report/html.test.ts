import fc from 'fast-check';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, it } from 'vitest';
import { failurePage, htmlReport } from '../../src/report/html.js';
import { reportInput } from '../support/report-input.js';
import { cartHeader, cartView } from '../support/session-view.js';
import { hostile, poisoned } from './hostile.js';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const calm = cartView();
const contents = {
  'endpoints.1': '{"ready": []}',
  'source.1': '</pre><script>alert(1)</script>',
} as const;
const inputWith = (language: 'en' | 'zh-CN' = 'en', session = calm) => {
  const input = reportInput(language, session);
  const evidence = (input.evidence ?? []).map((file) => ({ ...file, text: contents[file.id as 'source.1'] }));
  return { ...input, evidence };
};

/** As browsers read it, with every mistake they would forgive. */
const opened = (page: string) => {
  const mistakes: string[] = [];
  const document = parse(page, {
    onParseError: ({ code, startLine }) => mistakes.push(`${code} in line ${startLine}`),
  });
  return { document, mistakes };
};

const elements = (node: Node): Element[] => {
  const below = 'childNodes' in node ? node.childNodes.flatMap(elements) : [];
  return 'tagName' in node ? [node, ...below] : below;
};
const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
const attribute = (element: Element, name: string) => element.attrs.find((one) => one.name === name)?.value;

describe.each(['en', 'zh-CN'] as const)('the page in %s', (language) => {
  const { document, mistakes } = opened(htmlReport(inputWith(language)));
  const all = elements(document);
  const named = (tag: string) => all.filter(({ tagName }) => tagName === tag);

  it('is HTML without a mistake, and says its language', () => {
    expect(mistakes).toEqual([]);
    expect(named('html').map((root) => attribute(root, 'lang'))).toEqual([language]);
    expect(named('h1')).toHaveLength(1);
    expect(named('h2')).toHaveLength(13);
  });

  it('needs nothing from anywhere, and runs nothing', () => {
    for (const tag of ['script', 'img', 'link', 'iframe', 'object', 'base', 'form']) expect(named(tag)).toEqual([]);
    const places = all.flatMap(({ attrs }) => attrs.filter(({ name }) => ['href', 'src', 'srcset'].includes(name)));
    expect(places.filter(({ value }) => !value.startsWith('#'))).toEqual([]);
    expect(all.flatMap(({ attrs }) => attrs.filter(({ name }) => name.startsWith('on')))).toEqual([]);
    expect(named('style').map(textOf).join('')).not.toMatch(/url\(|@import|@font-face/);
  });

  it('leads every link to a place on the page', () => {
    const ids = all.map((element) => attribute(element, 'id')).filter((id) => id !== undefined);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = named('a').map((link) => attribute(link, 'href')?.slice(1));
    expect(targets.filter((target) => !ids.includes(target ?? ''))).toEqual([]);
    expect(targets.filter((target) => target?.startsWith('evidence-')).length).toBeGreaterThan(4);
  });

  it('gives every column a head and every cell the name of its column, for narrow screens', () => {
    expect(named('th').every((head) => attribute(head, 'scope') === 'col')).toBe(true);
    expect(named('td').every((cell) => attribute(cell, 'data-head'))).toBe(true);
  });

  it('draws the way and marks one station as the place of the fault', () => {
    const [drawing] = named('svg');
    if (!drawing) throw new Error('no drawing');
    const failing = elements(drawing).filter((element) => attribute(element, 'class')?.includes('failing'));
    expect(failing.map(textOf)).toEqual([
      expect.stringContaining(language === 'en' ? 'Service and endpoints' : 'Service'),
    ]);
    expect(attribute(drawing, 'aria-label')).toContain(language === 'en' ? 'it fails here' : '故障在此');
    expect(failing.map((element) => attribute(element, 'class'))).toEqual(['fail failing']);
  });

  it('holds the evidence itself, as text', () => {
    const [, second] = named('details');
    expect(second && textOf(second)).toContain(contents['source.1']);
  });
});

describe('the chart of a recording', () => {
  const cells = { worst: [3, 40, null, 3010, 9], failed: [0, 0, 2, 1, 0], of: 40, bad: 3, median: 3 };
  const rows = [
    { label: '10.96.1.2:80', ...cells },
    { label: `<i>${'very-'.repeat(20)}long</i>`, ...cells, failed: [0, 0, 0, 0, 0], bad: 0 },
  ];
  const [first, ...rest] = calm.findings;
  const facts = { chart: { seconds: 60, rows } };
  const findings = first ? [{ ...first, facts: { ...first.facts, ...facts } }, ...rest] : [];
  const { document, mistakes } = opened(htmlReport(inputWith('en', { ...calm, findings })));
  const chart = elements(document).find((element) => attribute(element, 'class') === 'series');
  const paths = chart ? elements(chart).filter(({ tagName }) => tagName === 'path') : [];

  it('has a row for each way, with its failures as bars of their own', () => {
    expect(mistakes).toEqual([]);
    expect(paths.map((one) => attribute(one, 'class'))).toEqual(['took', 'lost', 'took']);
    const [took = '', lost = '', other = ''] = paths.map((one) => attribute(one, 'd') ?? '');
    expect([took, lost, other].map((one) => one.split('M').length - 1)).toEqual([3, 2, 4]);
    expect(lost).toContain('M144 52v-28h61.2V52z');
  });

  it('draws what takes ten times as long higher, and nothing above its row', () => {
    const heights = [...(attribute(paths[2] as Element, 'd') ?? '').matchAll(/v-([\d.]+)/g)].map(([, h]) => Number(h));
    const [usual = 0, tenfold = 0, late = 0] = heights;
    expect(usual).toBeLessThan(tenfold);
    expect(tenfold).toBeLessThan(late);
    expect(Math.max(...heights)).toBeLessThanOrEqual(28);
  });

  it('cuts long names to the width and says all of them to those who listen', () => {
    const names = chart ? elements(chart).filter((element) => attribute(element, 'class') === 'name') : [];
    expect(names.map(textOf)).toEqual(['10.96.1.2:80', expect.stringMatching(/^<i>very-.*\.\.\.$/)]);
    expect(chart && attribute(chart, 'aria-label')).toContain('long</i>: 0/40');
  });
});

describe('a page', () => {
  it('says on top that an exercise is one', () => {
    const session = { ...calm, header: cartHeader({ mode: 'practice' }) };
    const { document } = opened(htmlReport(inputWith('en', session)));
    const notice = elements(document).find((element) => attribute(element, 'class') === 'notice');
    expect(notice && textOf(notice)).toContain('PRACTICE');
  });

  it('shows the beginning of long evidence and says so', () => {
    const input = inputWith();
    const long = { ...input, evidence: input.evidence.map((file) => ({ ...file, text: 'x'.repeat(30_000) })) };
    expect(htmlReport(long)).toContain('Only the first 20000 of 30000 characters');
  });

  it('draws no place of a fault where none was found', () => {
    const verdict = calm.verdict && { ...calm.verdict, result: 'inconclusive' as const };
    expect(htmlReport(inputWith('en', { ...calm, verdict }))).not.toMatch(/class="\w+ failing"/);
  });

  it('is whole for a session that knows nothing, and for a run that never had one', () => {
    const empty = { ...calm, header: null, findings: [], verdict: null, ended: null, cost: null };
    for (const page of [htmlReport(inputWith('en', empty)), failurePage('en', 'Refused <b>you</b>')])
      expect(opened(page).mistakes).toEqual([]);
  });
});

/** Tags and the attributes that could do something, in the order of the page. */
const skeleton = (page: string) => {
  const { document, mistakes } = opened(page);
  const told = elements(document).map((element) =>
    [
      element.tagName,
      attribute(element, 'id'),
      attribute(element, 'href'),
      ...element.attrs.map(({ name }) => name),
    ].join(' '),
  );
  return { told, mistakes };
};

it('hostile text adds no tag, no attribute and no link', () => {
  const poisonedPage = (text: string) => {
    const input = inputWith('en', poisoned(calm, text));
    return htmlReport({ ...input, evidence: input.evidence.map((file) => ({ ...file, text })) });
  };
  const quiet = skeleton(poisonedPage('cart')).told;
  fc.assert(
    fc.property(hostile, (text) => {
      const { told, mistakes } = skeleton(poisonedPage(text));
      expect(mistakes).toEqual([]);
      expect(told).toEqual(quiet);
    }),
    { numRuns: 60 },
  );
});

it('shows marks that would turn the direction of writing', () => {
  expect(htmlReport(inputWith('en', poisoned(calm, 'cart\u202Etrac')))).not.toContain('\u202E');
});
