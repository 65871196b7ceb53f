/** The lab talks on stdout, one line at a time. */
export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const complain = (line: string): void => void process.stderr.write(`${line}\n`);

// `… | head` closes the pipe early; what was begun still has to be finished and taken down.
process.stdout.on('error', () => {});
