import { PAD, type Point, type Stroke } from './strokes.ts';

/** Digits for who has not drawn one yet, written by hand as lines of the pen. */
export interface SampleDigit {
  name: string;
  strokes: readonly Stroke[];
}

/** Points on an ellipse, by its middle and half axes in hundredths of the pad, from one angle to another in degrees, clockwise from the right. */
function arc(
  [x, y]: readonly [number, number],
  [across, down]: readonly [number, number],
  from: number,
  to: number,
): Point[] {
  const steps = 16;
  return Array.from({ length: steps + 1 }, (_, k) => {
    const angle = ((from + ((to - from) * k) / steps) * Math.PI) / 180;
    return at(x + across * Math.cos(angle), y + down * Math.sin(angle));
  });
}

const at = (x: number, y: number): Point => ({ x: (x * PAD) / 100, y: (y * PAD) / 100 });

export const sampleDigits: readonly [SampleDigit, ...SampleDigit[]] = [
  {
    name: '3',
    strokes: [[...arc([47, 36], [15, 15], 200, 440), ...arc([47, 66], [18, 16], 270, 510)]],
  },
  { name: '7', strokes: [[at(30, 26), at(66, 23), at(58, 42), at(46, 78)]] },
  {
    name: '2',
    strokes: [
      [...arc([48, 38], [17, 16], 190, 380), at(56, 56), at(44, 68), at(33, 77), at(68, 75)],
    ],
  },
  { name: '0', strokes: [arc([50, 50], [18, 27], 280, 645)] },
  {
    name: '4',
    strokes: [
      [at(40, 22), at(34, 40), at(30, 54), at(50, 55), at(70, 53)],
      [at(62, 24), at(60, 50), at(57, 80)],
    ],
  },
];
