import { escapeMarkup } from '../../shared/escape-markup.ts';
import { NAME_BELOW, SHAPE_BELOW, type Volume, type VolumePicture } from './volumes.ts';

/** The drawn volumes as a picture of their own, in the colours that they have in the window. */

/** Points around the picture, and of its two lines of text. */
const MARGIN = 16;
const TEXT_SIZE = 11;

export interface VolumeColours {
  ground: string;
  edge: string;
  text: string;
  textMuted: string;
  /** Of the boxes' faces. */
  kinds: Readonly<Record<Volume['kind'], string>>;
  family: string;
}

/** Width and height in points. */
export const sizeOfPicture = ({ width, height }: VolumePicture): readonly [number, number] => [
  Math.ceil(width + 2 * MARGIN),
  Math.ceil(height + 2 * MARGIN),
];

/** @returns an SVG file's text */
export function volumesSvg(picture: VolumePicture, colours: VolumeColours): string {
  const [width, height] = sizeOfPicture(picture);
  const { ground, edge, text, textMuted, kinds, family } = colours;
  const lines = picture.volumes.map(({ left, room, labelDrop, kind, faces, name, shape }) => {
    const middle = left + room / 2;
    const label = (y: number, fill: string, words: string): string =>
      `<text x="${middle}" y="${picture.boxHeight + labelDrop + y}" fill="${escapeMarkup(fill)}">${escapeMarkup(words)}</text>`;
    return [
      `<g fill="${escapeMarkup(kinds[kind])}" stroke="${escapeMarkup(edge)}" stroke-linejoin="round">`,
      ...faces.map((face) => `<path d="${face}"/>`),
      '</g>',
      label(NAME_BELOW, text, name),
      label(SHAPE_BELOW, textMuted, shape),
    ].join('');
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" font-family="${escapeMarkup(family)}" font-size="${TEXT_SIZE}" text-anchor="middle">`,
    `<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${escapeMarkup(ground)}"/>`,
    ...lines,
    '</svg>\n',
  ].join('\n');
}

/**
 * Paints the same.
 * @param context of a canvas of `sizeOfPicture` times `scale`
 */
export function paintVolumes(
  context: OffscreenCanvasRenderingContext2D,
  picture: VolumePicture,
  { ground, edge, text, textMuted, kinds, family }: VolumeColours,
  scale: number,
): void {
  const [width, height] = sizeOfPicture(picture);
  context.scale(scale, scale);
  context.fillStyle = ground;
  context.fillRect(0, 0, width, height);
  context.translate(MARGIN, MARGIN);
  context.font = `${TEXT_SIZE}px ${family}`;
  context.textAlign = 'center';
  context.lineJoin = 'round';
  context.strokeStyle = edge;
  for (const { left, room, labelDrop, kind, faces, name, shape } of picture.volumes) {
    for (const face of faces) {
      const path = new Path2D(face);
      context.fillStyle = kinds[kind];
      context.fill(path);
      context.stroke(path);
    }
    const middle = left + room / 2;
    const below = picture.boxHeight + labelDrop;
    context.fillStyle = text;
    context.fillText(name, middle, below + NAME_BELOW);
    context.fillStyle = textMuted;
    context.fillText(shape, middle, below + SHAPE_BELOW);
  }
}
