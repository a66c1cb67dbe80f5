import { formatPrecise } from '../format.ts';

/** A loss in four digits, as precise as a report is: what it tells may be compared with another. */
export const lossText = (value: number): string => formatPrecise(value, 4);
