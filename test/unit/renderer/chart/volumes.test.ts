import { expect, it } from 'vitest';
import { drawVolumes, drawVolumesIn } from '../../../../renderer/chart/volumes.ts';
import { describeNetwork } from '../../../../renderer/text/layer-words.ts';
import { mnistData, seedNetwork } from '../../../../shared/preset-networks.ts';

const rows = describeNetwork(seedNetwork().layers, mnistData).rows;

/** Width and height of a face. */
function extentOf(face: string): [number, number] {
  const numbers = [...face.matchAll(/-?\d+\.\d/g)].map(([text]) => Number(text));
  const [xs, ys] = [0, 1].map((axis) => numbers.filter((_, k) => k % 2 === axis));
  return [Math.max(...xs!) - Math.min(...xs!), Math.max(...ys!) - Math.min(...ys!)];
}

it('the seed network’s volumes are those of its shapes, dropout left out', () => {
  const { volumes } = drawVolumes(rows);
  expect(volumes.map(({ shape }) => shape)).toEqual([
    ...['28×28×1', '28×28×32', '14×14×32', '14×14×64', '7×7×64', '7×7×128', '4×4×128'],
    ...['2048', '625', '10'],
  ]);
});

it('images are to scale, and a row is a square of as many pixels', () => {
  const { volumes } = drawVolumes(rows);
  const front = (shape: string) =>
    extentOf(volumes.find((volume) => volume.shape === shape)!.faces[0]!);
  expect(front('28×28×32')[1]).toBeCloseTo(2 * front('14×14×64')[1], 0);
  expect(front('28×28×32')[0]).toBeCloseTo(16, 0);
  expect(front('625')[0] / front('28×28×1')[1]).toBeCloseTo(25 / 28, 1);
});

it('columns stand side by side and hold their boxes', () => {
  const { volumes, width } = drawVolumes(rows);
  let at = 0;
  for (const { left, room, faces } of volumes) {
    expect(left).toBe(at);
    at += room;
    for (const face of faces) expect(extentOf(face)[0]).toBeLessThanOrEqual(room);
  }
  expect(at).toBe(width);
});

it('nothing is drawn where the shapes are not known', () => {
  expect(drawVolumes(describeNetwork(seedNetwork().layers, null).rows).volumes).toEqual([]);
});

it('are as large as the room allows, and to scale at any size; in a narrow room labels are staggered', () => {
  const usual = drawVolumes(rows);
  for (const room of [
    { width: 560, height: 280 },
    { width: 1600, height: 600 },
    { width: 3400, height: 860 },
    { width: 3400, height: 300 },
  ]) {
    const picture = drawVolumesIn(rows, room);
    expect(picture.width).toBeLessThanOrEqual(room.width);
    expect(picture.height).toBeLessThanOrEqual(room.height);
    const isNarrow = room.width < usual.width;
    expect(picture.boxHeight > usual.boxHeight).toBe(!isNarrow);
    expect(picture.volumes.some(({ labelDrop }) => labelDrop > 0)).toBe(isNarrow);
    const heightOf = (shape: string) =>
      extentOf(picture.volumes.find((volume) => volume.shape === shape)!.faces[0]!)[1];
    expect(heightOf('28×28×32') / heightOf('14×14×64')).toBeCloseTo(2, 1);
  }
});
