import { z } from 'zod';

export const containerProcessSchema = z.strictObject({
  /** Absent where the runtime knows no running container of that name, or was not understood. */
  pid: z.int().optional(),
  message: z.string(),
});
export type ContainerProcess = z.infer<typeof containerProcessSchema>;

const inspectSchema = z.object({ info: z.object({ pid: z.int().min(2) }) });

const pidOf = (text: string | undefined) =>
  text !== undefined && /^\d{1,9}$/.test(text) && Number(text) > 1 ? Number(text) : undefined;

const fromCrictl = (stdout: string) => {
  try {
    return inspectSchema.parse(JSON.parse(stdout)).info.pid;
  } catch {
    return undefined;
  }
};

// "7b0a1095821a9a6f69c6bb7ada1787215672fa6f98f85846b0da82ef74819833    456    RUNNING"
const fromCtr = (stdout: string, container: string) => {
  const row = stdout.split('\n').find((line) => line.startsWith(`${container} `));
  const [, pid, status] = row?.trim().split(/\s+/) ?? [];
  return status === 'RUNNING' ? pidOf(pid) : undefined;
};

// "group 456": the first is the oldest, and the first process of the container unless numbers wrapped around.
const fromGroups = (stdout: string) => {
  const pids = stdout.split('\n').flatMap((line) => pidOf(/^group (\d+)$/.exec(line)?.[1]) ?? []);
  return pids.length > 0 ? Math.min(...pids.slice(0, 1000)) : undefined;
};

interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly tool: string;
}

/** What crictl, ctr, or the process table says of one container. */
export const parseContainerProcess = ({ stdout, stderr, tool }: Said, container: string): ContainerProcess => {
  const readers: Record<string, () => number | undefined> = {
    crictl: () => fromCrictl(stdout),
    ctr: () => fromCtr(stdout, container),
  };
  const pid = (readers[tool] ?? (() => fromGroups(stdout)))();
  return { ...(pid === undefined ? {} : { pid }), message: stderr.trim().slice(0, 200) };
};
