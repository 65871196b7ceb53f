import type { ReportInput } from './catalog.js';
import { blockHtml } from './html/block.js';
import { escaped } from './html/escape.js';
import { style } from './html/style.js';
import { postmortem } from './page/postmortem.js';
import { say } from './say.js';

// Nothing may be loaded and nothing run, also where a hole in the escaping were found one day.
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const headOf = (language: string, title: string) => `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<style>${style}</style>
</head>`;

/** The postmortem as one file that opens anywhere, without a script and without a network. */
export const htmlReport = (input: ReportInput) => {
  const { title, head, sections } = postmortem(input);
  const contents = sections.map((section, at) => `<li><a href="#section-${at + 1}">${escaped(section.title)}</a></li>`);
  const parts = sections.map((section, at) => [
    `<section id="section-${at + 1}">`,
    `<h2>${escaped(section.title)}</h2>`,
    ...section.blocks.map((block) => blockHtml(input, block)),
    '</section>',
  ]);
  return [
    headOf(input.language, title),
    '<body>',
    '<main>',
    `<h1>${escaped(title)}</h1>`,
    ...head.map((block) => blockHtml(input, block)),
    `<nav aria-label="${escaped(say(input, 'page.contents'))}">\n<ul>\n${contents.join('\n')}\n</ul>\n</nav>`,
    ...parts.flat(),
    '</main>',
    '</body>',
    '</html>',
    '',
  ].join('\n');
};

/** The page of a run that failed before it had a session. */
export const failurePage = (language: string, sentence: string) =>
  [headOf(language, sentence), '<body>', `<p>${escaped(sentence)}</p>`, '</body>', '</html>', ''].join('\n');
