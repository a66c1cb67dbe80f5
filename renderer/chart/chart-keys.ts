/** What a key does on a chart that has the focus. */
export type ChartKeyAction =
  | { type: 'move'; by: -1 | 1; unit: 'point' | 'epoch' }
  | { type: 'end'; by: -1 | 1 }
  | { type: 'zoom'; factor: number }
  | { type: 'pan'; share: number }
  | { type: 'reset' }
  | { type: 'leave' };

type Press = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** Of a zoom by key or button. */
export const ZOOM_IN = 0.5;
export const ZOOM_OUT = 2;
const PAN = 0.25;

/** @returns null: it is none of the chart's */
export function chartKeyAction(press: Press): ChartKeyAction | null {
  const { key, shiftKey, altKey } = press;
  if (press.ctrlKey || press.metaKey) return null;
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight': {
      const by = key === 'ArrowLeft' ? -1 : 1;
      if (altKey) return { type: 'pan', share: by * PAN };
      return { type: 'move', by, unit: shiftKey ? 'epoch' : 'point' };
    }
    case 'Home':
      return { type: 'end', by: -1 };
    case 'End':
      return { type: 'end', by: 1 };
    case '+':
    case '=':
      return { type: 'zoom', factor: ZOOM_IN };
    case '-':
    case '_':
      return { type: 'zoom', factor: ZOOM_OUT };
    case '0':
      return { type: 'reset' };
    case 'Escape':
      return { type: 'leave' };
    default:
      return null;
  }
}

export const chartKeysHelp =
  'Left and right arrow: from point to point; with Shift: by epoch. Home and End: to the first and the last. Plus and minus: closer and farther. Alt with an arrow: along. 0: the whole run.';
