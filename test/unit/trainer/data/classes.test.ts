import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMapping, parseNameLines } from '../../../../main/trainer/data/class-names.ts';
import { numberClasses, type Numbered } from '../../../../main/trainer/data/classes.ts';
import { FailureError } from '../../../../shared/ipc.ts';

const number = (labels: readonly number[], names = null as Parameters<typeof numberClasses>[1]) =>
  numberClasses([{ path: 'labels', numbers: Int32Array.from(labels) }], names);

const upTo = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, k) => first + k);

const classesOf = ({ classes }: Numbered): number[] => [...classes[0]!];

describe('labels', () => {
  it('from 0 are their own classes, called by their numbers', () => {
    const numbered = number([2, 0, 1]);
    expect(classesOf(numbered)).toEqual([2, 0, 1]);
    expect(numbered).toMatchObject({ classNames: ['0', '1', '2'], notes: [], fromOne: false });
  });

  it('from 1 are taken one less, keep their numbers as names, and that is said', () => {
    const numbered = number(upTo(1, 26));
    expect(classesOf(numbered)).toEqual(upTo(0, 25));
    expect(numbered.classNames).toEqual(upTo(1, 26).map(String));
    expect(numbered.notes[0]?.what).toMatch(/^The labels count from 1: 1 to 26 .* 0 to 25/);
  });

  it('from 1 to 10 may be SVHN’s, which is said', () => {
    const { classes, notes } = number(upTo(1, 10));
    expect([...classes[0]!]).toEqual(upTo(0, 9));
    expect(notes[0]?.remedy).toMatch(/unless 10 stands for the digit 0, as in SVHN/);
  });

  it('from 1 to 9 are digits, of which 0 lacks', () => {
    const numbered = number(upTo(1, 9));
    expect(classesOf(numbered)).toEqual(upTo(1, 9));
    expect(numbered.classNames).toHaveLength(10);
  });

  it('of more than 256 classes take two bytes each', () => {
    const numbered = number(upTo(0, 299));
    expect(numbered.classes[0]).toBeInstanceOf(Uint16Array);
    expect(classesOf(numbered)).toEqual(upTo(0, 299));
    expect(number(upTo(0, 255)).classes[0]).toBeInstanceOf(Uint8Array);
  });

  it('of all parts together tell how many classes there are', () => {
    const parts = [[0, 1], [2], [1]].map((numbers, k) => ({
      path: String(k),
      numbers: Int32Array.from(numbers),
    }));
    expect(numberClasses(parts).classNames).toHaveLength(3);
  });

  it.each([
    [[3, 700], /go from 3 to 700, but only 2 of these 701 classes are there/],
    [[0, 1, -1], /Label number 2 is -1, but classes are whole numbers from 0/],
    [[5, 5, 5], /All labels are 5: there is one class only/],
    [[], /There is no label/],
    [upTo(0, 1000), /Label number 1000 is 1000, but Firstlayer knows 1000 classes at most/],
  ])('%j are refused', (labels, what) => {
    expect(() => number(labels)).toThrow(what);
    expect(() => number(labels)).toThrow(FailureError);
  });

  it('up to 1,000 are taken, from 0 or from 1', () => {
    expect(number(upTo(0, 999)).classNames.at(-1)).toBe('999');
    expect(number(upTo(1, 1000)).classNames.at(-1)).toBe('1000');
  });

  it('of any numbers are taken as they are counted, or refused', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -3, max: 1_100 }), { maxLength: 60 }), (labels) => {
        try {
          const numbered = number(labels);
          const first = numbered.fromOne ? 1 : 0;
          expect(classesOf(numbered)).toEqual(labels.map((label) => label - first));
          expect(Math.max(...classesOf(numbered))).toBe(numbered.classNames.length - 1);
        } catch (error) {
          expect(error).toBeInstanceOf(FailureError);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('names', () => {
  it('of EMNIST’s mapping are its characters, and say where the labels begin', () => {
    const letters = upTo(1, 26).map((label) => `${label} ${64 + label} ${96 + label}`);
    const mapping = parseMapping(`${letters.join('\r\n')}\r\n`, 'mapping');
    const numbered = number([1, 2, 25], mapping);
    expect(numbered.classNames).toHaveLength(26);
    expect(numbered.classNames.slice(0, 2)).toEqual(['Aa', 'Bb']);
    expect(classesOf(numbered)).toEqual([0, 1, 24]);
    expect(numbered.notes).toEqual([]);
  });

  it.each(['', '0 48\n2 50\n', '0\n1\n', '0 x\n1 49\n', '0 48\n0 49\n', '0 99999999\n1 48\n'])(
    'of the mapping %j are none',
    (text) => {
      expect(parseMapping(text, 'mapping')).toBeNull();
    },
  );

  it('a line each are those of the labels from 0, or from 1 where these end there', () => {
    const names = parseNameLines('\uFEFFcat\n\ndog\r\nfrog\n', 'classes.txt');
    expect(number([0, 2], names).classNames).toEqual(['cat', 'dog', 'frog']);
    expect(classesOf(number([0, 2], names))).toEqual([0, 2]);
    expect(classesOf(number([1, 3], names))).toEqual([0, 2]);
    expect(classesOf(number([1, 2], names))).toEqual([1, 2]);
  });

  it.each([
    ['too few', 'cat\ndog\n'],
    ['twice the same', 'cat\ndog\ncat\n'],
  ])('that are %s are told and left out', (_, text) => {
    const numbered = number([0, 1, 2], parseNameLines(text, 'classes.txt'));
    expect(numbered.classNames).toEqual(['0', '1', '2']);
    expect(numbered.notes[0]).toMatchObject({ where: 'classes.txt' });
  });

  it('that a terminal would obey are shown as what they are', () => {
    const names = parseNameLines('a\u001b[2J\nb\n', 'classes.txt');
    expect(number([0, 1], names).classNames).toEqual(['a\\u{1b}[2J', 'b']);
  });
});
