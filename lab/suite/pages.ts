import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Lab } from '../cluster/plan.ts';
import { must } from '../machine/run.ts';
import type { NamedFault } from '../scenario/find.ts';
import { Browser } from './browser.ts';
import type { Stage } from './play-case.ts';
import { program } from './program.ts';

const LANGUAGES = ['en', 'zh-CN'] as const;
const SCREENS = [
  { width: 360, scheme: 'light' },
  { width: 360, scheme: 'dark' },
  { width: 1280, scheme: 'light' },
  { width: 1280, scheme: 'dark' },
] as const;

// Runs in the page. Contrast as WCAG 2 defines it, of everything that is drawn as text.
const LOOK = `(() => {
  const light = (colour) => {
    const [red, green, blue] = colour.match(/[\\d.]+/g).map(Number)
      .map((part) => part / 255).map((part) => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const below = (element) => {
    const { backgroundColor } = getComputedStyle(element);
    if (!/, 0\\)$|transparent/.test(backgroundColor)) return backgroundColor;
    return element.parentElement ? below(element.parentElement) : 'rgb(255, 255, 255)';
  };
  const faint = [...document.querySelectorAll('p, li, td, th, h1, h2, h3, a, code, pre')].filter((element) => {
    const [high, low] = [light(getComputedStyle(element).color), light(below(element))].sort((a, b) => b - a);
    return (high + 0.05) / (low + 0.05) < 4.5;
  });
  const named = (link) => document.getElementById(decodeURIComponent(link.getAttribute('href').slice(1)));
  return {
    language: document.documentElement.lang,
    wider: Math.max(0, document.scrollingElement.scrollWidth - innerWidth),
    drawings: [...document.querySelectorAll('svg')].filter((one) => one.getBoundingClientRect().height > 20).length,
    fetched: performance.getEntriesByType('resource').map(({ name }) => name),
    scripts: document.scripts.length,
    nowhere: [...document.querySelectorAll('a[href^="#"]')].filter((link) => !named(link)).map((link) => link.hash),
    faint: faint.map((element) => element.tagName + ' ' + element.textContent.slice(0, 40)),
    background: below(document.body),
  };
})()`;

const lookSchema = z.strictObject({
  language: z.string(),
  /** How far the page reaches beyond the screen, in pixels. */
  wider: z.number(),
  drawings: z.int(),
  fetched: z.array(z.string()),
  scripts: z.int(),
  nowhere: z.array(z.string()),
  faint: z.array(z.string()),
  background: z.string(),
});

/** The page of the newest session about a flow. */
async function pageOf(lab: Lab, fault: NamedFault, language: string): Promise<string> {
  const state = join(lab.dir, 'state');
  const about = `-${fault.flow.to.split('/').at(-1)?.split(':')[0]}`;
  const id =
    (await readdir(join(state, 'net-triage/sessions')))
      .filter((name) => name.endsWith(about))
      .toSorted()
      .at(-1) ?? about;
  const told = ['session', 'export', id, '-o', 'html', '--lang', language, '--state-dir', state];
  const file = join(lab.dir, `page-${language}.html`);
  await writeFile(file, await must(program(lab, told)));
  return file;
}

async function lookAt(browser: Browser, file: string, language: string): Promise<string[]> {
  const grounds = new Set<string>();
  const wrong: string[] = [];
  for (const screen of SCREENS) {
    await browser.show(file, screen);
    const { background, drawings, ...seen } = lookSchema.parse(await browser.read(LOOK));
    grounds.add(background);
    const wanted = { language, wider: 0, fetched: [], scripts: 0, nowhere: [], faint: [] };
    const differs = Object.entries(wanted).filter(
      ([name, value]) => JSON.stringify(seen[name as keyof typeof seen]) !== JSON.stringify(value),
    );
    const where = `${screen.width} px, ${screen.scheme}`;
    wrong.push(...differs.map(([name]) => `${where}: ${name} is ${JSON.stringify(seen[name as keyof typeof seen])}`));
    if (drawings < 2) wrong.push(`${where}: ${drawings} drawings, and not the way and the record`);
  }
  if (grounds.size < 2) wrong.push('light and dark look the same');
  return [...wrong, ...browser.complaints];
}

/** What a recorder has seen is published: a phone and a desk, light and dark, in both languages. */
export async function readPages({ lab, tally }: Stage, fault: NamedFault): Promise<void> {
  if (fault.name !== 'now-and-then-one-server-hangs') return;
  for (const language of LANGUAGES)
    await tally.prove(`${fault.name}: the page in ${language} is readable in a browser`, async () => {
      const file = await pageOf(lab, fault, language);
      const browser = await Browser.open(lab);
      try {
        return await lookAt(browser, file, language);
      } finally {
        await browser.close();
      }
    });
}
