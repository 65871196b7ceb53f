/** The forms a session is told in, by the names that `-o` takes. */
export const formats = ['human', 'short', 'json', 'ndjson', 'yaml', 'junit', 'sarif', 'md', 'html'] as const;
export type Format = (typeof formats)[number];
