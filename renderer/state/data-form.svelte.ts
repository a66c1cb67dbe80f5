import type { RunConfig } from '../../shared/config.ts';
import { MOST_SIDE } from '../../shared/fields/data.ts';
import { formatNumber } from '../../shared/format.ts';
import { fields } from '../../shared/fields.ts';
import { seedRun } from '../../shared/presets.ts';
import { imageSizeOf, imageSizeText } from '../text/image-size.ts';
import { numberOf } from '../text/number-of.ts';
import { rangeProblem } from '../text/range-problem.ts';

type Data = RunConfig['data'];
/** Settings that are typed. */
export const typedSettings = [
  'data.imageSize',
  'data.testShare',
  'data.splitSeed',
  'data.validationSize',
] as const;
export type TypedSetting = (typeof typedSettings)[number];
type NumberSetting = Exclude<TypedSetting, 'data.imageSize'>;
/** Settings that are chosen. */
type Chosen = Pick<
  Data,
  'dataset' | 'fit' | 'channels' | 'background' | 'damaged' | 'transpose' | 'invert'
>;

const numbers: readonly NumberSetting[] = [
  'data.testShare',
  'data.splitSeed',
  'data.validationSize',
];

/** How data are read, as a person sets it; what is wrong with it follows. */
export class DataForm {
  #loaded = $state.raw<Data>(seedRun().data);
  #texts = $state.raw<Readonly<Record<TypedSetting, string>>>(textsOf(seedRun().data));
  readonly #size = $derived(imageSizeOf(this.#texts['data.imageSize']));
  readonly #numbers = $derived(
    numbers.map((path) => ({ path, value: numberOf(this.#texts[path]) })),
  );
  readonly problems: Readonly<Partial<Record<TypedSetting, string>>> = $derived({
    ...(this.#size === undefined && {
      'data.imageSize': `Enter a size such as 32 or 24×32, at most ${MOST_SIDE}, or nothing.`,
    }),
    ...Object.fromEntries(
      this.#numbers.flatMap(({ path, value }) => {
        const problem = rangeProblem(fields[path], fields[path].range, value);
        return problem === null ? [] : [[path, problem]];
      }),
    ),
  });
  /** Null while a field holds no allowed value. */
  readonly data: Data | null = $derived.by(() => {
    if (this.#size === undefined || Object.keys(this.problems).length > 0) return null;
    const [testShare, splitSeed, validationSize] = this.#numbers.map(({ value }) => value);
    const { testShare: share, splitSeed: seed, validationSize: validation } = this.#loaded;
    return {
      ...this.#loaded,
      imageSize: this.#size,
      testShare: testShare ?? share,
      splitSeed: splitSeed ?? seed,
      validationSize: validationSize ?? validation,
    };
  });

  /** What was chosen; what is typed is `textOf`'s. */
  get chosen(): Chosen {
    return this.#loaded;
  }
  textOf(path: TypedSetting): string {
    return this.#texts[path];
  }

  load(data: Data): void {
    this.#loaded = data;
    this.#texts = textsOf(data);
  }
  /** What was typed and is not allowed becomes what it was. */
  dropProblems(): void {
    const loaded = textsOf(this.#loaded);
    const texts = { ...this.#texts };
    for (const path of typedSettings)
      if (this.problems[path] !== undefined) texts[path] = loaded[path];
    this.#texts = texts;
  }
  type(path: TypedSetting, text: string): void {
    this.#texts = { ...this.#texts, [path]: text };
  }
  choose(chosen: Partial<Chosen>): void {
    this.#loaded = { ...this.#loaded, ...chosen };
  }
}

const textsOf = (data: Data): Record<TypedSetting, string> => ({
  'data.imageSize': imageSizeText(data.imageSize),
  'data.testShare': formatNumber(data.testShare),
  'data.splitSeed': String(data.splitSeed),
  'data.validationSize': String(data.validationSize),
});
