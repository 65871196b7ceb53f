import { stringify } from 'yaml';
import { escapeMarkdown } from '../clean/escape.js';
import type { Report } from '../domain/report.js';
import type { ReportInput } from './catalog.js';
import { humanReport } from './human.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { ndjsonReport } from './ndjson.js';
import { plain } from './plain.js';
import { type Speaker, say } from './say.js';
import { findingSentence } from './sentence.js';
import { shortReport } from './short.js';

export const formats = ['human', 'short', 'json', 'ndjson', 'yaml', 'junit', 'md'] as const;
export type Format = (typeof formats)[number];

const indented = (report: Report) => `${JSON.stringify(report, null, 2)}\n`;

const junitOf = (input: ReportInput) => {
  const sentences = input.session.findings.map((finding) => findingSentence(input, finding));
  return junitReport(jsonReport(input), { sentence: (index) => sentences[index] ?? '' });
};

const renderers: Readonly<Record<Format, (input: ReportInput) => string>> = {
  human: humanReport,
  short: shortReport,
  json: (input) => indented(jsonReport(input)),
  ndjson: (input) => ndjsonReport(jsonReport(input)),
  yaml: (input) => stringify(jsonReport(input)),
  junit: junitOf,
  md: markdownReport,
};

/** One whole document about a session. */
export const renderReport = (format: Format, input: ReportInput) => renderers[format](input);

const sentenceOf = (speaker: Speaker, { error }: Report) => plain(`${say(speaker, 'failed')}: ${error?.message ?? ''}`);

/** The document of a run that failed before it had a session, valid in every format. */
export const renderFailure = (format: Format, report: Report, speaker: Speaker) => {
  const written: Readonly<Record<Format, () => string>> = {
    human: () => `${sentenceOf(speaker, report)}\n`,
    short: () => `${sentenceOf(speaker, report)}\n`,
    json: () => indented(report),
    ndjson: () => ndjsonReport(report),
    yaml: () => stringify(report),
    junit: () => junitReport(report, { sentence: () => '' }),
    md: () => `${escapeMarkdown(sentenceOf(speaker, report))}\n`,
  };
  return written[format]();
};
