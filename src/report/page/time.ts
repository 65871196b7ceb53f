const minute = 60_000;

const offsetOf = (offset: string) => {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  if (sign === undefined) return null;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * minute;
};

const written = (moment: number) => new Date(moment).toISOString().slice(0, 19).replace('T', ' ');

/** `2026-11-21 02:14:04Z`; text that is no time comes back as it is. */
export const utcTime = (iso: string) => {
  const moment = Date.parse(iso);
  return Number.isNaN(moment) ? iso : `${written(moment)}Z`;
};

/** The same moment on the clock of the operator, or `-` where that is not known. */
export const localTime = (iso: string, utcOffset: string) => {
  const moment = Date.parse(iso);
  const offset = offsetOf(utcOffset);
  return Number.isNaN(moment) || offset === null ? '-' : written(moment + offset);
};
