import type { Point } from '../../shared/strokes.ts';

/** A point with the pen's width there, in the pad's units: for the eye alone, the network sees every pen as the same. */
export interface InkPoint extends Point {
  width: number;
}

/** As thick, against a digit that fills the pad, as the strokes of MNIST's digits. */
export const USUAL_PEN = 24;
/** In the pad's units: what can still be seen, and what still leaves a digit's holes open. */
export const penWidths = { least: 6, most: 48, step: 2 } as const;

/**
 * Pens tell their pressure; a mouse tells 0.5, and a finger often 0.
 * @param pen the width that was chosen, in the pad's units
 */
export const brushWidth = (pointerType: string, pressure: number, pen: number): number =>
  pointerType === 'pen' && pressure > 0 ? pen * (0.6 + 0.8 * pressure) : pen;

type Canvas = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'stroke' | 'lineWidth' | 'lineCap' | 'lineJoin'
>;

export function drawStroke(canvas: Canvas, stroke: readonly InkPoint[]): void {
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  stroke.forEach((point, index) => {
    const before = stroke[index - 1] ?? point;
    canvas.lineWidth = point.width;
    canvas.beginPath();
    canvas.moveTo(before.x, before.y);
    // A canvas leaves out lines of no length; the shortest one is drawn as a dot, thanks to its round ends.
    canvas.lineTo(point.x + (index === 0 ? 0.01 : 0), point.y);
    canvas.stroke();
  });
}
