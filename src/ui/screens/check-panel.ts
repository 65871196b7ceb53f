import { looked } from '../../domain/finding.js';
import { isStepNode, type Target } from '../../domain/runbook.js';
import { pathDrawing } from '../../report/path-drawing.js';
import { ruleDrawing } from '../../report/rule-drawing.js';
import { findingSentence } from '../../report/sentence.js';
import { seriesDrawing } from '../../report/series-drawing.js';
import { seconds } from '../clock-text.js';
import { byHand, reportInput, targetWords, titleOf } from '../facts.js';
import { glyphsOf, isPlain } from '../marks.js';
import { blank, fitted, hanging, paragraph, type Row, row, selectedRow, span, spread } from '../row.js';
import { runningState, type Subject } from '../subject.js';
import type { State } from '../theme.js';
import type { View } from '../view.js';
import { wrapCommand } from '../wrap.js';
import { predictRows } from './predict.js';
import { stateSpans } from './trail.js';

export interface PanelSize {
  readonly width: number;
  readonly height: number;
}

/** Routes that lead to the same place are one line: what matters is where the walk goes. */
const routesByTarget = (view: View, { node: name, check }: Subject) => {
  const node = view.look?.runbook?.nodes[name];
  if (!node || !isStepNode(node)) return [];
  const results = view.catalog.steps[check]?.step.outcomes ?? {};
  const routes = [...Object.entries(node.on), ['', node.otherwise] as const];
  const groups = Map.groupBy(routes, ([, target]) => JSON.stringify(target));
  return [...groups.values()].map((group) => ({
    target: group[0]?.[1] as Target,
    outcomes: group.map(([outcome]) => outcome),
    states: [...new Set(group.map(([outcome]): State => results[outcome] ?? 'error'))],
  }));
};

/** What each result would lead to. */
export const followRows = (view: View, subject: Subject, width: number): Row[] => {
  const { say, appearance } = view;
  return routesByTarget(view, subject).flatMap(({ states, target }) => {
    const words = states.map((state) => say(`report.result.${state}`)).join(' ');
    const label = [span(`${say('ui.check.if', { results: words })} ${glyphsOf(appearance).arrow} `)];
    return hanging(label, targetWords(view, target), { width, wide: appearance.wide });
  });
};

export const resultRows = (view: View, { finding }: Subject, width: number): Row[] => {
  if (!finding) return [];
  const sentence = findingSentence(reportInput(view), finding);
  return hanging(stateSpans(view, finding.result), sentence, {
    width,
    tone: looked(finding) ? 'strong' : 'plain',
    wide: view.appearance.wide,
  });
};

/** Every result the check knows, as its sentence stands in the text file. */
export const outcomeRows = (view: View, { check }: Subject, width: number): Row[] => {
  const found = view.catalog.steps[check];
  return Object.entries(found?.text[view.language].outcomes ?? {}).flatMap(([outcome, sentence]) =>
    hanging(
      [...stateSpans(view, found?.step.outcomes[outcome] ?? 'error'), span(' ')],
      sentence.replaceAll(/\{[^}]*\}/g, '...'),
      { width, wide: view.appearance.wide },
    ),
  );
};

const timing = (view: View, { running, finding }: Subject) => {
  if (running && view.pending?.done) return view.say('ui.predict.done');
  if (running)
    return view.say('ui.check.elapsed', {
      elapsed: seconds(view.now - running.startedAt),
      limit: seconds(running.limitMs),
    });
  return finding ? seconds(finding.durationMs) : '';
};

export const commandRows = (view: View, subject: Subject, width: number): Row[] =>
  wrapCommand(byHand(view, subject.check, subject.finding), width - 2, view.appearance.wide).map((line, at) =>
    row(`${at === 0 ? '$ ' : '  '}${line}`),
  );

/** Sections of a panel, the last ones first to give way. Never cut inside a command. */
export const stacked = (sections: readonly (readonly Row[])[], height: number): Row[] => {
  const rows: Row[] = [];
  for (const section of sections) {
    const gap = rows.length === 0 ? [] : [blank];
    if (section.length > 0 && rows.length + gap.length + section.length <= height) rows.push(...gap, ...section);
  }
  return rows;
};

/** Where the packets of a traced connection were seen. */
export const pathRows = (view: View, { finding }: Subject, width: number): Row[] =>
  (finding ? pathDrawing(reportInput(view), finding.facts) : []).flatMap((line) =>
    paragraph(line, width, { wide: view.appearance.wide }),
  );

/** Every way of a recording over time, also while it is made. */
export const seriesRows = (view: View, { finding, running }: Subject, width: number): Row[] => {
  const facts = finding?.facts ?? running?.soFar;
  const { wide } = view.appearance;
  const drawing = facts && seriesDrawing(facts, { width, plain: isPlain(view.appearance) });
  if (!drawing) return [];
  const rows = drawing.rows.map(({ label, cells, tail }) => [
    span(`${label}  `),
    ...cells.map(({ text, failed }) => span(text, failed ? 'fail' : 'plain')),
    span(`  ${tail}`),
  ]);
  return [...rows, row(drawing.axis)].map((line) => fitted(line, width, wide));
};

/** The policy that decides, with its rule marked. */
export const ruleRows = (view: View, { finding }: Subject, width: number): Row[] => {
  const drawing = finding && ruleDrawing(finding.facts);
  if (!drawing) return [];
  const { wide } = view.appearance;
  const { pointer } = glyphsOf(view.appearance);
  return [
    row(drawing.policy, 'strong'),
    ...drawing.lines.map(({ text, marked }) =>
      fitted(row(`${marked ? pointer : ' '} ${text}`, marked ? 'strong' : 'plain'), width, wide),
    ),
  ];
};

const headRows = (view: View, subject: Subject, width: number): Row[] => {
  const { wide } = view.appearance;
  const text = view.catalog.steps[subject.check]?.text[view.language];
  return [
    ...paragraph(`${subject.number} ${titleOf(view, subject.check)}`, width, { tone: 'strong', wide }),
    spread(subject.running ? stateSpans(view, runningState(view)) : [], row(timing(view, subject)), { width, wide }),
    ...(subject.finding ? resultRows(view, subject, width) : paragraph(text?.question ?? '', width, { wide })),
  ];
};

/** Question, why, what follows from each answer, and the same by hand. */
export const checkPanel = (view: View, subject: Subject, { width, height }: PanelSize): Row[] => {
  const { say, catalog, language, appearance } = view;
  const { wide } = appearance;
  const text = catalog.steps[subject.check]?.text[language];
  const under = (heading: string, rows: readonly Row[]): Row[] => [row(say(heading), 'strong'), ...rows];
  return stacked(
    [
      headRows(view, subject, width),
      predictRows(view, subject, width),
      seriesRows(view, subject, width),
      pathRows(view, subject, width),
      ruleRows(view, subject, width),
      view.look?.reviewing && subject.finding ? paragraph(say('ui.check.review'), width, { wide }) : [],
      under('ui.check.why', paragraph(text?.why ?? '', width, { wide })),
      under('ui.check.by-hand', commandRows(view, subject, width)),
      under('ui.check.follows', followRows(view, subject, width)),
      under('ui.check.outcomes', outcomeRows(view, subject, width)),
      under(
        'ui.check.reading',
        (text?.reading ?? []).flatMap((url) => paragraph(url, width, { wide })),
      ),
    ],
    height,
  );
};

/** A question of the runbook to the operator, with its numbered answers. */
export const questionPanel = (view: View, { width, height }: PanelSize): Row[] => {
  const { look, language, ui, appearance, say } = view;
  const question = look?.asking?.question;
  if (!question) return [];
  const { wide } = appearance;
  const answers = Object.entries(question.answers).flatMap(([, phrase], at): Row[] => {
    const isChosen = ui.chosen === at;
    const label = [span(` ${isChosen ? glyphsOf(appearance).pointer : ' '} ${at + 1}  `)];
    const lines = hanging(label, phrase[language], { width, wide });
    return isChosen ? lines.map((line) => selectedRow(line, width, wide)) : lines;
  });
  return stacked(
    [
      paragraph(question.ask[language], width, { tone: 'strong', wide }),
      answers,
      paragraph(say('ui.ask.hint'), width, { wide }),
    ],
    height,
  );
};
