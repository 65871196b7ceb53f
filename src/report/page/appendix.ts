import type { Facts } from '../../domain/finding.js';
import type { SessionHeader } from '../../domain/journal.js';
import type { ReportInput } from '../catalog.js';
import { hiddenLines, leftoverLines, madeLines } from '../made.js';
import { say } from '../say.js';
import { findingSentence } from '../sentence.js';
import { type Block, bullets, heading, paragraph, type Section, table } from './block.js';
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
    ...['appendix.cluster', 'appendix.access', 'appendix.tool'].map((key) => say(input, key, facts)),
    say(input, header.clock_skew_ms === null ? 'appendix.clock-unmeasured' : 'appendix.clock', facts),
    say(input, 'appendix.allowed', {
      rights: header.access.allowed.length > 0 ? header.access.allowed : say(input, 'none'),
    }),
    say(input, 'appendix.denied', {
      rights: header.access.denied.length > 0 ? header.access.denied : say(input, 'none'),
    }),
  ];
};

const cost = (input: ReportInput) => {
  const spent = input.session.cost;
  return spent ? [say(input, 'appendix.cost', { ...spent })] : [];
};

const log = (input: ReportInput) => {
  const heads = ['UTC', say(input, 'check'), say(input, 'result'), say(input, 'statement'), say(input, 'evidence')];
  const rows = input.session.findings.map((finding) => [
    ...[utcTime(finding.at), `${finding.check} (${finding.node}.${finding.run})`],
    ...[say(input, `result.${finding.result}`), findingSentence(input, finding), [{ evidence: finding.evidence }]],
  ]);
  return rows.length > 0 ? table(heads, rows) : paragraph(say(input, 'none'));
};

const redaction = (input: ReportInput) => {
  const profile = input.session.header?.redaction.profile ?? '?';
  if (!input.redactions) return say(input, 'appendix.redaction-profile', { profile });
  const masked = input.redactions.map(({ rule, count }) => `${rule} ${count}`);
  return say(input, 'appendix.redaction', { profile, masked: masked.length > 0 ? masked : say(input, 'none') });
};

const leftovers = (input: ReportInput) => {
  const left = leftoverLines(input);
  if (left.length > 0) return bullets(left);
  return paragraph(say(input, input.session.made.length > 0 ? 'appendix.all-gone' : 'appendix.no-leftovers'));
};

/** Nothing is said where nothing was made. */
const putThere = (input: ReportInput): Block[] => {
  const made = [...madeLines(input), ...hiddenLines(input)];
  return made.length > 0 ? [heading(say(input, 'made')), bullets(made)] : [];
};

export const appendix: Section = {
  key: 'section.appendix',
  blocks: (input) => [
    bullets([...environment(input), ...cost(input), redaction(input)]),
    heading(say(input, 'appendix.log')),
    log(input),
    heading(say(input, 'evidence')),
    { kind: 'evidence' },
    ...putThere(input),
    heading(say(input, 'appendix.leftovers')),
    leftovers(input),
    heading(say(input, 'root')),
    paragraph([{ code: input.session.root }]),
    paragraph(say(input, 'appendix.root-note')),
  ],
};
