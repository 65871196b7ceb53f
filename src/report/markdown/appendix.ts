import { codeSpan, escapeMarkdown } from '../../clean/escape.js';
import type { Facts } from '../../domain/finding.js';
import type { SessionHeader } from '../../domain/journal.js';
import type { ReportInput } from '../catalog.js';
import { hiddenLines, leftoverLines, madeLines } from '../made.js';
import { say } from '../say.js';
import { findingSentence } from '../sentence.js';
import { bullets, bulletsOrNone, evidenceLinks, type Section, table, text } from './page.js';
import { utcTime } from './time.js';

const environmentFacts = ({
  target,
  access,
  tool,
  tree,
  clock_skew_ms: skew,
  tz,
  utc_offset: offset,
}: SessionHeader): Facts => ({
  ...{ context: target.context ?? '-', cluster: target.cluster ?? '-', api: target.api_host ?? '-' },
  ...{ kubernetes: target.k8s_version ?? '-', namespaces: target.namespaces, level: access.level },
  ...{ version: tool.version, tree: tree.id, sha256: tree.sha256, skew: skew ?? '?', tz, offset },
});

const environment = (input: ReportInput) => {
  const { header } = input.session;
  if (!header) return [];
  const facts = environmentFacts(header);
  return [
    ...['appendix.cluster', 'appendix.access', 'appendix.tool', 'appendix.clock'].map((key) => text(input, key, facts)),
    text(input, 'appendix.allowed', {
      rights: header.access.allowed.length > 0 ? header.access.allowed : say(input, 'none'),
    }),
    text(input, 'appendix.denied', {
      rights: header.access.denied.length > 0 ? header.access.denied : say(input, 'none'),
    }),
  ];
};

const cost = (input: ReportInput) => {
  const spent = input.session.cost;
  return spent ? [text(input, 'appendix.cost', { ...spent })] : [];
};

const log = (input: ReportInput) => {
  const heads = ['UTC', text(input, 'check'), text(input, 'result'), text(input, 'statement'), text(input, 'evidence')];
  const rows = input.session.findings.map((finding) => [
    ...[escapeMarkdown(utcTime(finding.at)), escapeMarkdown(`${finding.check} (${finding.node}.${finding.run})`)],
    ...[
      text(input, `result.${finding.result}`),
      escapeMarkdown(findingSentence(input, finding)),
      evidenceLinks(input, finding.evidence),
    ],
  ]);
  return rows.length > 0 ? table(heads, rows) : text(input, 'none');
};

const files = (input: ReportInput) =>
  (input.evidence ?? []).map(({ id, sha256 }) => `${evidenceLinks(input, [id])} ${codeSpan(sha256)}`);

const redaction = (input: ReportInput) => {
  const profile = input.session.header?.redaction.profile ?? '?';
  const masked = (input.redactions ?? []).map(({ rule, count }) => `${rule} ${count}`);
  return text(input, 'appendix.redaction', { profile, masked: masked.length > 0 ? masked : say(input, 'none') });
};

const leftovers = (input: ReportInput) => {
  const left = leftoverLines(input).map(escapeMarkdown);
  if (left.length > 0) return bullets(left);
  return text(input, input.session.made.length > 0 ? 'appendix.all-gone' : 'appendix.no-leftovers');
};

/** Nothing is said where nothing was made. */
const putThere = (input: ReportInput) => {
  const made = [...madeLines(input), ...hiddenLines(input)].map(escapeMarkdown);
  return made.length > 0 ? [`### ${text(input, 'made')}`, bullets(made)] : [];
};

export const appendix: Section = {
  key: 'section.appendix',
  blocks: (input) => [
    bullets([...environment(input), ...cost(input), redaction(input)]),
    `### ${text(input, 'appendix.log')}`,
    log(input),
    `### ${text(input, 'evidence')}`,
    bulletsOrNone(input, files(input)),
    ...putThere(input),
    `### ${text(input, 'appendix.leftovers')}`,
    leftovers(input),
    `### ${text(input, 'root')}`,
    codeSpan(input.session.root),
    text(input, 'appendix.root-note'),
  ],
};
