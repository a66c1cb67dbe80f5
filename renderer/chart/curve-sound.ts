import { formatCount } from '../../shared/format.ts';
import type { CurveQuantity, CurveRange } from '../../shared/curve-view.ts';
import { linesOf, type CurveData, type CurvePoint } from './curve.ts';
import { quantityTexts } from './curve-texts.ts';

/** So many notes are heard as a melody. */
const MOST_NOTES = 60;

/**
 * Lets a curve be heard: what is high sounds high. Its keys are those of chart2music, which is read when it is first wanted.
 * @param element that takes the focus and the keys
 * @param spoken where it says what is heard
 * @returns what takes it back
 */
export async function soundCurve(
  element: HTMLElement,
  spoken: HTMLElement,
  quantity: CurveQuantity,
  data: CurveData,
  shown: CurveRange,
): Promise<() => void> {
  const { c2mChart } = await import('chart2music');
  const { heading, format } = quantityTexts[quantity];
  const { smooth, validation } = linesOf(data, shown, MOST_NOTES);
  const seen = (points: readonly CurvePoint[]) =>
    points.filter(({ x }) => x >= shown.from && x <= shown.to).map(({ x, y }) => ({ x, y }));
  const heard = [
    [quantity === 'rate' ? 'Rate' : 'Training', seen(smooth)] as const,
    ['Validation', seen(validation)] as const,
  ].filter(([, points]) => points.length > 0);
  const { err, data: sound } = c2mChart({
    type: 'line',
    title: heading,
    data: Object.fromEntries(heard.map(([name, points]) => [name, points])),
    element,
    cc: spoken,
    axes: {
      x: { label: 'Step', format: (step) => `step ${formatCount(step)}` },
      y: { label: heading, format },
    },
  });
  if (err !== null) throw new Error(err);
  element.focus();
  return () => sound?.cleanUp();
}
