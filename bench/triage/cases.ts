export interface Case {
  title: string;
  /** Without the fault: its working state. */
  broken: boolean;
  /** How many times faster than by hand it should be. */
  target?: number;
}

/** By file name in lab/faults; the states of one are measured in this order, in one namespace. */
export const cases: Readonly<Record<string, readonly Case[]>> = {
  'wrong-selector': [
    { title: 'healthy', broken: false },
    { title: 'wrong-selector', broken: true, target: 3 },
  ],
  'wrong-target-port': [{ title: 'wrong-target-port', broken: true, target: 3 }],
  'local-traffic-policy': [{ title: 'local-traffic-policy', broken: true, target: 5 }],
  'dead-manual-endpoint': [{ title: 'dead-manual-endpoint', broken: true, target: 5 }],
};
