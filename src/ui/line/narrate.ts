import { utcClock } from '../../domain/utc-clock.js';
import { findingSentence } from '../../report/sentence.js';
import { seconds } from '../clock-text.js';
import { reportInput, titleOf } from '../facts.js';
import { runningCheck } from '../subject.js';
import type { View } from '../view.js';

/** What has been told so far. */
export interface Told {
  readonly findings: number;
  readonly started: string;
  readonly paused: boolean;
  /** When the last line about a running check was told. */
  readonly at: number;
}

export const nothingTold: Told = { findings: 0, started: '', paused: false, at: 0 };

const heartbeatMs = 10_000;

const results = (view: View, from: number): string[] =>
  (view.look?.trail ?? []).slice(from).map((finding, at) =>
    view.say('ui.line.result', {
      number: from + at + 1,
      word: view.say(`report.result.${finding.result}`),
      sentence: findingSentence(reportInput(view), finding),
    }),
  );

const pauseLines = ({ say, look }: View, told: Told): string[] => {
  if (!look || look.paused === told.paused) return [];
  return [say(look.paused ? 'ui.line.paused' : 'ui.line.resumed')];
};

/** That a check has started, and from then on at most every ten seconds that it still runs. */
const runningLines = (view: View, told: Told): { lines: string[]; started: string } => {
  const { look, say, now } = view;
  const running = runningCheck(view);
  if (!look || !running) return { lines: [], started: told.started };
  const started = `${running.node}.${running.run}`;
  const limit = seconds(running.limitMs);
  if (started !== told.started) {
    const facts = {
      number: look.trail.length + 1,
      title: titleOf(view, running.check),
      time: utcClock(running.startedAt),
      limit,
    };
    return { lines: [say('ui.line.started', facts)], started };
  }
  const isDue = now - told.at >= heartbeatMs;
  return { lines: isDue ? [say('ui.line.still', { elapsed: seconds(now - running.startedAt), limit })] : [], started };
};

/** The lines that are new, and what has been told after them. */
export const narrate = (view: View, told: Told): { lines: string[]; told: Told } => {
  const { look, now } = view;
  if (!look) return { lines: [], told };
  const running = runningLines(view, told);
  return {
    lines: [...results(view, told.findings), ...pauseLines(view, told), ...running.lines],
    told: {
      findings: look.trail.length,
      started: running.started,
      paused: look.paused,
      at: running.lines.length > 0 ? now : told.at,
    },
  };
};
