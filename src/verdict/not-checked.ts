import { type Finding, looked } from '../domain/finding.js';
import { backbone, type Stage } from '../domain/stage.js';
import type { NotChecked } from '../domain/verdict.js';

const unlooked = (finding: Finding): NotChecked => ({
  check: finding.check,
  stage: finding.stage,
  reason: finding.reason ?? { code: 'bug', detail: '' },
});

const once = (list: readonly NotChecked[]) => [
  ...new Map(list.map((item) => [`${item.check}/${item.reason.code}`, item])).values(),
];

/** What could not be looked at, and the stations of the backbone that nobody visited. */
export const notChecked = (latest: readonly Finding[], stagesBuilt: readonly Stage[]): NotChecked[] => {
  const visited = new Set(latest.map(({ stage }) => stage));
  const missed = backbone.filter((stage) => !visited.has(stage));
  return [
    ...once(latest.filter((finding) => !looked(finding)).map(unlooked)),
    ...missed.map(
      (stage): NotChecked => ({
        check: `stage:${stage}`,
        stage,
        reason: { code: stagesBuilt.includes(stage) ? 'not-reached' : 'not-built', detail: '' },
      }),
    ),
  ];
};
