import type { Chart } from 'chart.js';
import type { CurveRange } from '../../shared/curve-view.ts';

/** What a pointer does on a chart. The wheel alone is the page's: it scrolls. */

export interface GestureActions {
  /** The pointer is there on the horizontal axis; null: nowhere any more. */
  point(x: number | null): void;
  /** Closer or farther, by a factor of the width; `x` stays where it is. */
  zoom(factor: number, x: number): void;
  /** A box was drawn; `y` is null where it was flat, and means the width alone. */
  frame(x: CurveRange, y: CurveRange | null): void;
  /** What is seen moves on by a share of the width. */
  pan(share: number): void;
  /** All of it. */
  reset(): void;
  /** The box that is being drawn, in px of the chart; null: none is. */
  showBox(box: Box | null): void;
}

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Less is a click, px. */
const LEAST_DRAG = 6;
/** A box that is lower means the width alone, px. */
const LEAST_HEIGHT = 14;
/** A turn of the wheel makes 100 of most mice, and a fifth of the width. */
const ZOOM_BY_WHEEL = Math.log(1.25) / 100;

interface Drag {
  pointer: number;
  from: { x: number; y: number };
  last: number;
  pans: boolean;
}

/** @returns what takes it all back */
export function hearGestures(
  chart: Chart,
  frame: HTMLElement,
  actions: GestureActions,
): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  let drag: Drag | null = null;
  const at = (event: MouseEvent): { x: number; y: number } => {
    const { left, top } = chart.canvas.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const xAt = (pixel: number): number => chart.scales.x?.getValueForPixel(pixel) ?? NaN;
  const yAt = (pixel: number): number => chart.scales.y?.getValueForPixel(pixel) ?? NaN;
  const boxTo = ({ from }: Drag, to: { x: number; y: number }): Box => {
    const { left, right, top, bottom } = chart.chartArea;
    const within = (value: number, least: number, most: number): number =>
      Math.min(Math.max(value, least), most);
    const [x0, x1] = [from.x, to.x].map((x) => within(x, left, right)).toSorted((a, b) => a - b);
    const [y0, y1] = [from.y, to.y].map((y) => within(y, top, bottom)).toSorted((a, b) => a - b);
    const height = (y1 ?? 0) - (y0 ?? 0);
    const isFlat = height < LEAST_HEIGHT;
    return {
      left: x0 ?? 0,
      width: (x1 ?? 0) - (x0 ?? 0),
      top: isFlat ? top : (y0 ?? 0),
      height: isFlat ? bottom - top : height,
    };
  };
  const end = (): void => {
    drag = null;
    actions.showBox(null);
  };

  frame.addEventListener(
    'wheel',
    (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const turn = Math.min(Math.max(event.deltaY, -300), 300);
      actions.zoom(Math.exp(turn * ZOOM_BY_WHEEL), xAt(at(event).x));
    },
    { signal, passive: false },
  );
  frame.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0) return;
      const from = at(event);
      drag = { pointer: event.pointerId, from, last: from.x, pans: event.shiftKey };
      frame.setPointerCapture(event.pointerId);
    },
    { signal },
  );
  frame.addEventListener(
    'pointermove',
    (event) => {
      const to = at(event);
      if (!drag) {
        actions.point(xAt(to.x));
        return;
      }
      if (drag.pans) {
        const { left, right } = chart.chartArea;
        actions.pan((drag.last - to.x) / (right - left));
        drag.last = to.x;
      } else if (Math.abs(to.x - drag.from.x) > LEAST_DRAG) actions.showBox(boxTo(drag, to));
    },
    { signal },
  );
  frame.addEventListener(
    'pointerup',
    (event) => {
      if (drag && !drag.pans && Math.abs(at(event).x - drag.from.x) > LEAST_DRAG) {
        const { left, top, width, height } = boxTo(drag, at(event));
        const isFlat = height >= chart.chartArea.bottom - chart.chartArea.top;
        actions.frame(
          { from: xAt(left), to: xAt(left + width) },
          isFlat ? null : { from: yAt(top + height), to: yAt(top) },
        );
      }
      end();
    },
    { signal },
  );
  frame.addEventListener('pointercancel', end, { signal });
  frame.addEventListener('pointerleave', () => drag ?? actions.point(null), { signal });
  frame.addEventListener('dblclick', () => actions.reset(), { signal });
  frame.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !drag) return;
      event.stopPropagation();
      end();
    },
    { signal },
  );
  return () => stop.abort();
}
