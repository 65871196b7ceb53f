import { writeEnd } from '../domain/ends.js';
import type { Finding } from '../domain/finding.js';
import { flowWords } from '../domain/flow-words.js';
import { isStepNode, type Target } from '../domain/runbook.js';
import type { SessionView } from '../domain/session-view.js';
import type { SessionLook } from '../machines/look.js';
import type { ReportInput } from '../report/catalog.js';
import { fillCommand } from '../report/command-text.js';
import { causeTitle, checkTitle } from '../report/sentence.js';
import type { View } from './view.js';

type Speaking = Pick<View, 'catalog' | 'language' | 'header' | 'say'> & { readonly look: SessionLook | null };

/** The session as the reports see it, so that screen and report say the same sentences. */
export const reportInput = ({ catalog, language, header, look }: Speaking): ReportInput => ({
  catalog,
  language,
  // The sentences name the flow, the context, the tree, the level, the findings and the verdict, and nothing else.
  session: {
    header: look && {
      ...{ flow: look.flow, target: { context: header.context } },
      ...{ tree: { id: look.runbook?.id ?? '' }, access: { level: header.level } },
    },
    findings: look?.trail ?? [],
    verdict: look?.verdict ?? null,
  } as unknown as SessionView,
});

export const titleOf = (view: Speaking, check: string) => checkTitle(reportInput(view), check);

/** The same check as a line to type, with the values of this flow. */
export const byHand = ({ catalog, language, header, look }: Speaking, check: string, finding?: Finding): string => {
  const template = catalog.steps[check]?.text[language]['by-hand'] ?? '';
  const words = look ? flowWords(look.flow, header.context ?? undefined) : {};
  return fillCommand(template.trim(), { ...words, ...finding?.facts });
};

export const endsOf = (look: SessionLook) => ({ from: writeEnd(look.flow.from), to: writeEnd(look.flow.to) });

/** What the session has asked of the cluster so far. */
export const costWords = ({ say }: Pick<Speaking, 'say'>, { cost }: SessionLook) =>
  say('ui.cost', { requests: cost.requests, kilobytes: Math.ceil(cost.bytes / 1000), commands: cost.commands });

export const nodeTitle = (view: Speaking, name: string): string => {
  const node = view.look?.runbook?.nodes[name];
  if (!node) return name;
  return isStepNode(node) ? titleOf(view, node.step) : node.ask[view.language];
};

/** Where a route leads, in words. */
export const targetWords = (view: Speaking, target: Target): string => {
  if (typeof target === 'string') return nodeTitle(view, target);
  if ('cause' in target)
    return view.say('ui.to.cause', { id: target.cause, title: causeTitle(reportInput(view), target.cause) });
  if ('runbook' in target)
    return view.say('ui.to.runbook', {
      name: view.catalog.runbooks[target.runbook]?.title[view.language] ?? target.runbook,
    });
  return view.say('healthy' in target ? 'ui.to.healthy' : 'ui.to.inconclusive');
};
