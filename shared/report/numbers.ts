/** A loss in four digits, as precise as a report is: what it tells may be compared with another. */
export const lossText = (value: number): string => String(Number(value.toPrecision(4)));
