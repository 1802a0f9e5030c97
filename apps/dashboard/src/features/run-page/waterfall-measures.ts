/** Heights in pixels that the list of steps and what stands around it have to agree on. */
export const AXIS_PX = 32;
export const ROW_PX = 34;
/** Of a row on two lines. */
export const COMPACT_ROW_PX = 52;

/** A list narrower than this has rows on two lines. */
export const COMPACT_BELOW_PX = 620;
