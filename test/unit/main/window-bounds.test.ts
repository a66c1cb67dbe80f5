import { describe, expect, it } from 'vitest';
import { arrangementOf, LEAST, notePlace, placeWindow } from '../../../main/window-bounds.ts';

const main = { x: 0, y: 0, width: 1920, height: 1080 };
const right = { x: 1920, y: 0, width: 1280, height: 1024 };

describe('placeWindow', () => {
  it('lets the system place a first window', () => {
    expect(placeWindow(null, [main])).toEqual({ width: 1280, height: 860 });
  });

  it('fits a first window to a small screen', () => {
    const small = { x: 0, y: 0, width: 1024, height: 700 };
    expect(placeWindow(null, [small])).toEqual({ width: 1024, height: 700 });
  });

  it('puts a window back, on a second screen too', () => {
    const saved = { x: 2000, y: 50, width: 1000, height: 700 };
    expect(placeWindow(saved, [main, right])).toEqual(saved);
  });

  it.each([
    ['its screen is gone', { x: 2000, y: 50, width: 1000, height: 700 }],
    ['its upper edge is above the screen', { x: 10, y: -30, width: 1000, height: 700 }],
    ['its upper edge is below the screen', { x: 10, y: 1070, width: 1000, height: 700 }],
    ['too little of it is left', { x: 1850, y: 10, width: 1000, height: 700 }],
  ])('forgets the place when %s', (_name, saved) => {
    expect(placeWindow(saved, [main])).not.toHaveProperty('x');
  });

  it('keeps the size between the least and the screen', () => {
    expect(placeWindow({ x: 0, y: 0, width: 10, height: 10 + 40 }, [main])).not.toHaveProperty('x');
    expect(placeWindow({ x: 0, y: 0, width: 300, height: 200 }, [main])).toMatchObject(LEAST);
    expect(placeWindow({ x: 0, y: 0, width: 5000, height: 5000 }, [main])).toMatchObject({
      width: main.width,
      height: main.height,
    });
  });
});

describe('places of the window', () => {
  it('are one for each arrangement of screens', () => {
    expect(arrangementOf([main])).not.toBe(arrangementOf([main, right]));
    const places = notePlace(notePlace({}, arrangementOf([main]), 'way'), 'desk', 'at the desk');
    expect(places[arrangementOf([main])]).toBe('way');
    expect(notePlace(places, 'desk', 'elsewhere').desk).toBe('elsewhere');
  });

  it('are no more than eight, the newest', () => {
    let places: Record<string, number> = {};
    for (let k = 0; k < 12; k++) places = notePlace(places, `screens ${k}`, k);
    places = notePlace(places, 'screens 5', 50);
    expect(Object.values(places)).toEqual([4, 6, 7, 8, 9, 10, 11, 50]);
  });
});
