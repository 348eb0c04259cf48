/** People in the lane, hours of the soak, and starts of each app. */
const WHOLE = { people: 300, hours: 8, starts: 5 } as const;

const asked = {
  people: process.env['LANE_PEOPLE'],
  hours: process.env['LANE_HOURS'],
  starts: process.env['LANE_STARTS'],
};

/** How much is measured: all of it, or less for a trial. */
export const SIZE = {
  people: Number(asked.people ?? WHOLE.people),
  hours: Number(asked.hours ?? WHOLE.hours),
  starts: Number(asked.starts ?? WHOLE.starts),
};

/** A trial's figures are printed, and not kept. */
export const isTrial = Object.values(asked).some((one) => one !== undefined);
