/** A drawing as strokes: what undo and redrawing at any size need. */

export interface StrokePoint {
  x: number;
  y: number;
  width: number;
}
export type Stroke = readonly StrokePoint[];

/** Side of the square that strokes are drawn in, in its own units. */
export const PAD = 280;
/** As thick, against a digit that fills the pad, as the strokes of MNIST's digits. */
const BRUSH = 24;

/** Pens tell their pressure; a mouse tells 0.5, and a finger often 0. */
export const brushWidth = (pointerType: string, pressure: number): number =>
  pointerType === 'pen' && pressure > 0 ? BRUSH * (0.6 + 0.8 * pressure) : BRUSH;

type Pen = Pick<
  CanvasRenderingContext2D,
  'beginPath' | 'moveTo' | 'lineTo' | 'stroke' | 'lineWidth' | 'lineCap' | 'lineJoin'
>;

export function drawStroke(pen: Pen, stroke: Stroke): void {
  pen.lineCap = 'round';
  pen.lineJoin = 'round';
  stroke.forEach((point, index) => {
    const before = stroke[index - 1] ?? point;
    pen.lineWidth = point.width;
    pen.beginPath();
    pen.moveTo(before.x, before.y);
    // A canvas leaves out lines of no length; the shortest one is drawn as a dot, thanks to its round ends.
    pen.lineTo(point.x + (index === 0 ? 0.01 : 0), point.y);
    pen.stroke();
  });
}
