import { type Finding, looked } from '../domain/finding.js';
import { backbone, type Stage } from '../domain/stage.js';
import type { NotChecked } from '../domain/verdict.js';
import type { Seen } from './seen.js';

const unlooked = (finding: Finding): NotChecked => ({
  check: finding.check,
  stage: finding.stage,
  reason: finding.reason ?? { code: 'bug', detail: '' },
});

const once = (list: readonly NotChecked[]) => [
  ...new Map(list.map((item) => [`${item.check}/${item.reason.code}`, item])).values(),
];

/** What answered a Pod that was made like the source: whether it answers the source is open. */
const triedElsewhere = ({ rows }: Pick<Seen, 'rows'>) =>
  rows
    .filter(({ row }) => row.healthy)
    .flatMap(({ findings }) => findings.filter(({ lookAlike }) => lookAlike))
    .map(({ check, stage }): NotChecked => ({ check, stage, reason: { code: 'look-alike', detail: '' } }));

/** What could not be looked at, and the stations of the backbone that nobody visited. */
export const notChecked = (
  { latest, rows }: Pick<Seen, 'latest' | 'rows'>,
  stagesBuilt: readonly Stage[],
): NotChecked[] => {
  const visited = new Set(latest.map(({ stage }) => stage));
  const missed = backbone.filter((stage) => !visited.has(stage));
  return [
    ...once([...latest.filter((finding) => !looked(finding)).map(unlooked), ...triedElsewhere({ rows })]),
    ...missed.map(
      (stage): NotChecked => ({
        check: `stage:${stage}`,
        stage,
        reason: { code: stagesBuilt.includes(stage) ? 'not-reached' : 'not-built', detail: '' },
      }),
    ),
  ];
};
