import { stringify } from 'yaml';
import { escapeMarkdown } from '../clean/escape.js';
import type { Report } from '../domain/report.js';
import type { ReportInput } from './catalog.js';
import type { Format } from './format.js';
import { failurePage, htmlReport } from './html.js';
import { humanReport } from './human.js';
import { jsonReport } from './json.js';
import { junitReport } from './junit.js';
import { markdownReport } from './markdown.js';
import { ndjsonReport } from './ndjson.js';
import { plain } from './plain.js';
import { sarifReport } from './sarif.js';
import { type Speaker, say } from './say.js';
import { checkTitle, findingSentence } from './sentence.js';
import { shortReport } from './short.js';

const indented = (report: Report) => `${JSON.stringify(report, null, 2)}\n`;

const sentencesOf = (input: ReportInput) => {
  const sentences = input.session.findings.map((finding) => findingSentence(input, finding));
  return (index: number) => sentences[index] ?? '';
};

const junitOf = (input: ReportInput) => junitReport(jsonReport(input), { sentence: sentencesOf(input) });

const sarifOf = (input: ReportInput) =>
  sarifReport(jsonReport(input), {
    sentence: sentencesOf(input),
    title: (id) => checkTitle(input, id),
    language: input.language,
  });

const renderers: Readonly<Record<Format, (input: ReportInput) => string>> = {
  human: humanReport,
  short: shortReport,
  json: (input) => indented(jsonReport(input)),
  ndjson: (input) => ndjsonReport(jsonReport(input)),
  yaml: (input) => stringify(jsonReport(input)),
  junit: junitOf,
  sarif: sarifOf,
  md: markdownReport,
  html: htmlReport,
};

/** One whole document about a session. */
export const renderReport = (format: Format, input: ReportInput) => renderers[format](input);

/** The documents that lie in every bundle. */
export const bundleReports = (input: ReportInput) =>
  (['md', 'json', 'html'] as const).map((format) => ({ name: `report.${format}`, text: renderReport(format, input) }));

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
    sarif: () => sarifReport(report, { sentence: () => '', language: speaker.language }),
    md: () => `${escapeMarkdown(sentenceOf(speaker, report))}\n`,
    html: () => failurePage(speaker.language, sentenceOf(speaker, report)),
  };
  return written[format]();
};
