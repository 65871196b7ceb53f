/** One run of the program against one fault, as the tables show it. */
export interface Row {
  fault: string;
  profile: string;
  /** Whose rights, and how far the program might go. */
  run: string;
  expected: string;
  result: string;
  top: string;
  certainty: string;
  /** `below`: silent, as it should be below the level that could prove anything. */
  verdict: 'right' | 'wrong' | 'open' | 'below';
  /** The part of the program that an open row waits for. */
  open: string;
  seconds: number;
  requests: number;
  bytes: number;
  /** Commands that the program ran, in pods and on nodes. */
  commands: number;
  notes: string[];
}
