import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { allowedConfig, configOfFormerForm } from '../../../main/saved-config.ts';
import { runConfigSchema } from '../../../shared/config.ts';
import { presets, seedRun } from '../../../shared/presets.ts';
import { withValueAt } from '../../../shared/setting-paths.ts';

/** Every value of plain data, by its path. */
const pathsOf = (data: unknown, path = ''): string[] =>
  typeof data === 'object' && data !== null
    ? Object.entries(data).flatMap(([key, inner]) => {
        const below = path === '' ? key : `${path}.${key}`;
        return [below, ...pathsOf(inner, below)];
      })
    : [];

describe('allowedConfig', () => {
  it('takes every preset as it is', () => {
    for (const preset of Object.values(presets))
      expect(allowedConfig(preset())).toEqual({ config: preset(), problems: [] });
  });

  it('makes a run that is allowed of anything at all', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (saved) => {
        const { config, problems } = allowedConfig(saved);
        expect(config).toEqual(seedRun());
        const isObject = typeof saved === 'object' && saved !== null && !Array.isArray(saved);
        // What is not there is no problem, and what a later version had neither.
        expect(problems).toHaveLength(isObject ? 0 : 1);
      }),
    );
  });

  it('makes a run that is allowed of one with anything in any place', () => {
    const places = Object.values(presets).flatMap((preset) =>
      pathsOf(preset()).map((path) => ({ preset, path })),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.jsonValue(), ({ preset, path }, value) => {
        const saved = withValueAt(preset(), path, value);
        const { config, problems } = allowedConfig(saved);
        expect(v.is(runConfigSchema, config)).toBe(true);
        for (const problem of problems) expect(problem).toMatch(/^config(\.|$| )/);
        expect(config.checkpoints.keep).toBe(
          path.startsWith('checkpoints') ? config.checkpoints.keep : 5,
        );
      }),
      { numRuns: 300 },
    );
  });
});

it('of what the former form may have saved, anything at all makes a run that is allowed', () => {
  const names = [
    'epochs',
    'batchSize',
    'learningRate',
    'convolutionDropout',
    'denseDropout',
    'seed',
    'precision',
  ];
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (saved) => {
      const { config } = configOfFormerForm(saved);
      expect(v.is(runConfigSchema, config)).toBe(true);
    }),
  );
  expect(configOfFormerForm({})).toEqual({ config: seedRun(), problems: [] });
});
