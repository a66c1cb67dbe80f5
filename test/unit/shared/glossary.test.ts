import { expect, it } from 'vitest';
import { fields } from '../../../shared/fields.ts';
import { glossary, searchGlossary, termOf } from '../../../shared/glossary.ts';
import { learnSections } from '../../../shared/learn-progress.ts';
import type { Field } from '../../../shared/fields/field.ts';

it('every term says in a sentence or two what it is', () => {
  for (const { name, meaning } of glossary()) {
    expect(meaning, name).toMatch(/^[A-Z].*\.$/);
    expect(meaning.length, name).toBeLessThan(170);
  }
  expect(new Set(glossary().map(({ name }) => name)).size).toBe(glossary().length);
  expect(glossary().map(({ name }) => name)).toEqual(
    glossary()
      .map(({ name }) => name)
      .sort((a, b) => a.localeCompare(b, 'en')),
  );
});

it('a search finds names first, in any case, and says when there is nothing', () => {
  expect(searchGlossary(' STRIDE ')[0]?.name).toBe('Stride');
  const found = searchGlossary('kernel').map(({ name }) => name);
  expect(found[0]).toBe('Kernel');
  expect(found).toContain('Convolution');
  expect(searchGlossary('nothing of the kind')).toEqual([]);
  expect(termOf('relu').name).toBe('ReLU');
});

it('a word leads to a setting that is there always, which a layer’s is not', () => {
  const settings = glossary().flatMap(({ more }) =>
    more && 'setting' in more ? more.setting : [],
  );
  expect(settings.length).toBeGreaterThan(5);
  for (const path of settings) expect(path).toMatch(/^(data|optimizer|training)\./);
});

it('settings lead to sections that there are', () => {
  const led = (Object.values(fields) as Field[]).flatMap(({ learn }) => learn ?? []);
  expect(led.length).toBeGreaterThan(8);
  for (const id of led) expect(learnSections).toContain(id);
});
