import { judgeTrace } from '../../../../src/queries/probes/trace/judge.js';

export const outcome = (trace: Parameters<typeof judgeTrace>[0]) => judgeTrace(trace).outcome;

export const hop = (trace: Parameters<typeof judgeTrace>[0]) => {
  const { facts } = judgeTrace(trace);
  return [`${facts['last-device']}@${facts['last-node']}`, `${facts['next-device']}@${facts['next-node']}`];
};
