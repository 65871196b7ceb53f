import { z } from 'zod';

export const processSchema = z.strictObject({
  pid: z.int(),
  name: z.string(),
  /** As `ps` writes it: R, S, D, T … */
  state: z.string(),
  /** Seconds since it started. */
  age: z.int(),
});
export type Process = z.infer<typeof processSchema>;

// "   7342 Ssl      94 kube-proxy"
const row = /^\s*(\d+)\s+(\S+)\s+(\d+)\s+(\S+)/;

interface Read {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** `ps -C … -o pid=,stat=,etimes=,comm=`. It ends with 1 where there is no such process; busybox knows no `-C`. */
export const parseProcesses = ({ stdout, stderr, exitCode }: Read): { processes: Process[]; understood: boolean } => {
  const processes = stdout.split('\n').flatMap((line): Process[] => {
    const [, pid, state = '', age, name = ''] = row.exec(line) ?? [];
    return pid ? [{ pid: Number(pid), state, age: Number(age), name }] : [];
  });
  return {
    processes,
    understood: processes.length > 0 || (exitCode === 1 && stdout.trim() === '' && stderr.trim() === ''),
  };
};
