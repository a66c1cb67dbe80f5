import { escapeMarkup } from '../../shared/escape-markup.ts';

/** A picture as a list of shapes, which is written as SVG and painted as PNG alike. */

export type Shape = PathShape | TextShape;

interface PathShape {
  kind: 'path';
  /** As of an SVG path. */
  d: string;
  stroke?: string;
  fill?: string;
  width?: number;
  dash?: readonly number[];
  /** Nothing of it is seen outside the plot. */
  isClipped?: boolean;
}

interface TextShape {
  kind: 'text';
  x: number;
  /** The middle of the line. */
  y: number;
  text: string;
  fill: string;
  anchor: 'start' | 'middle' | 'end';
  isStrong?: boolean;
}

export interface ShapePicture {
  /** In points. */
  width: number;
  height: number;
  ground: string;
  family: string;
  /** What a clipped shape is seen within. */
  plot: { left: number; top: number; right: number; bottom: number };
  shapes: readonly Shape[];
  /** What it shows, for whoever does not see it. */
  title: string;
}

const TEXT_SIZE = 11;
const TITLE_SIZE = 13;

function shapeSvg(shape: Shape): string {
  if (shape.kind === 'text') {
    const { x, y, text, fill, anchor, isStrong = false } = shape;
    const strong = isStrong ? ` font-weight="600" font-size="${TITLE_SIZE}"` : '';
    return `<text x="${x}" y="${y}" fill="${escapeMarkup(fill)}" text-anchor="${anchor}" dominant-baseline="central"${strong}>${escapeMarkup(text)}</text>`;
  }
  const { d, stroke, fill, width = 1, dash = [], isClipped = false } = shape;
  return [
    `<path d="${d}" fill="${escapeMarkup(fill ?? 'none')}"`,
    stroke === undefined ? '' : ` stroke="${escapeMarkup(stroke)}" stroke-width="${width}"`,
    dash.length === 0 ? '' : ` stroke-dasharray="${dash.join(' ')}"`,
    isClipped ? ' clip-path="url(#plot)"' : '',
    '/>',
  ].join('');
}

/** @returns an SVG file's text */
export function shapesSvg(picture: ShapePicture): string {
  const { width, height, ground, family, plot, shapes, title } = picture;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeMarkup(family)}" font-size="${TEXT_SIZE}" stroke-linejoin="round">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<clipPath id="plot"><rect x="${plot.left}" y="${plot.top}" width="${plot.right - plot.left}" height="${plot.bottom - plot.top}"/></clipPath>`,
    `<rect width="${width}" height="${height}" fill="${escapeMarkup(ground)}"/>`,
    ...shapes.map(shapeSvg),
    '</svg>\n',
  ].join('\n');
}

/**
 * Paints the same.
 * @param scale points of the canvas for each of the picture's
 */
export function paintShapes(
  context: OffscreenCanvasRenderingContext2D,
  picture: ShapePicture,
  scale: number,
): void {
  const { width, height, ground, family, plot, shapes } = picture;
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.lineJoin = 'round';
  context.textBaseline = 'middle';
  for (const shape of shapes) {
    context.save();
    if (shape.kind === 'text') {
      context.font = shape.isStrong ? `600 ${TITLE_SIZE}px ${family}` : `${TEXT_SIZE}px ${family}`;
      context.fillStyle = shape.fill;
      context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
      context.fillText(shape.text, shape.x, shape.y);
    } else {
      if (shape.isClipped) {
        context.beginPath();
        context.rect(plot.left, plot.top, plot.right - plot.left, plot.bottom - plot.top);
        context.clip();
      }
      const path = new Path2D(shape.d);
      if (shape.fill !== undefined) {
        context.fillStyle = shape.fill;
        context.fill(path);
      }
      if (shape.stroke !== undefined) {
        context.strokeStyle = shape.stroke;
        context.lineWidth = shape.width ?? 1;
        context.setLineDash([...(shape.dash ?? [])]);
        context.stroke(path);
      }
    }
    context.restore();
  }
}
