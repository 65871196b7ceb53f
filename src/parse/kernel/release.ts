/** "6.18.44-fc-v669", "5.4.0-150-generic"; undefined where it is no version. */
export const parseRelease = (text: string): { release: string; major: number; minor: number } | undefined => {
  const [, release, major, minor] = /^((\d{1,4})\.(\d{1,4})\S*)\s*$/.exec(text.trim()) ?? [];
  return release === undefined
    ? undefined
    : { release: release.slice(0, 80), major: Number(major), minor: Number(minor) };
};
