import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../scripts/language/catalogue.mjs';
import { messagesOf } from '../../../scripts/language/messages.mjs';
import { Rewriter } from '../../../scripts/language/replace.mjs';
import { isRead } from '../../../scripts/language/which.mjs';

const textsOf = (code: string, file = 'renderer/x.ts'): (string | string[])[] =>
  messagesOf(code, file)
    .filter(({ kind }) => kind !== 'getter')
    .map(({ text, many }) => (many === undefined ? text : [text, many]));

/** The source with every message in capitals, its placeholders in the order of the English. */
function replaced(code: string, file: string, german: Record<string, string[]>): string {
  const rewriter = new Rewriter(
    code,
    messagesOf(code, file),
    ({ text }) => german[text] ?? null,
    null,
  );
  return rewriter.outer.reduceRight(
    (result, message) =>
      result.slice(0, message.start) + rewriter.message(message) + result.slice(message.end),
    code,
  );
}

describe('what is a message', () => {
  it('a sentence, a label, a template and a plural', () => {
    expect(textsOf("const a = 'Choose a folder.'; const b = { label: 'Start' };")).toEqual([
      'Choose a folder.',
      'Start',
    ]);
    expect(textsOf('const f = (n: number) => `Step ${n} of ${n + 1}`;')).toEqual([
      'Step {0} of {1}',
    ]);
    expect(
      textsOf('const f = (n: number) => n === 1 ? `${n} image is left` : `${n} images are left`;'),
    ).toEqual([['{0} image is left', '{0} images are left']]);
    expect(
      textsOf("const a = { unit: 'epochs' }; const orderWords = { newest: 'newest' };"),
    ).toEqual(['epochs', 'newest']);
  });

  it('a line of markup with what stands in it, and an attribute that is read', () => {
    expect(
      textsOf(
        '<p class="big note">Read as <strong>{name}</strong>, <br />{count} times.</p><input aria-label="Number of {name}" type="text" />',
        'renderer/X.svelte',
      ),
    ).toEqual(['Read as <0>{0}</0>, <1/>{1} times.', 'Number of {0}']);
  });

  it.each([
    ['keys and names', "on('keydown', () => 0); const a = { type: 'dense' }; const k = 'Escape';"],
    ['what is compared', "if (a === 'some words' || b.includes('other words')) f();"],
    ['cases', "switch (a) { case 'two words': f(); }"],
    ['operations and paths', "f('MatMul_1', './some/path.ts', 'https://a.b/c', 'model.ckpt-1');"],
    ['selectors and styles', "f('.card > .row', '1fr auto', 'calc(1px + 2em)', '#fff');"],
    ['types', "type A = 'one thing' | 'two things';"],
  ])('not %s', (_what, code) => {
    expect(textsOf(code)).toEqual([]);
  });

  it('not the words of the system, by which refusals are known', () => {
    expect(
      textsOf("const a = ['Permission denied', 'the disk is full'];", 'shared/system-errors.ts'),
    ).toEqual(['the disk is full']);
  });

  it('and no source that speaks to terminals or files', () => {
    expect(isRead('renderer/App.svelte')).toBe(true);
    expect(isRead('main/trainer/terminal/train.ts')).toBe(false);
    expect(isRead('shared/report/page.ts')).toBe(false);
  });
});

describe('replacing', () => {
  it('moves arguments and elements where the other language has them', () => {
    expect(
      replaced('const a = `Step ${f(`Layer ${n}`)} of ${b}`;', 'renderer/x.ts', {
        'Step {0} of {1}': ['Von {1} Schritt {0}'],
        'Layer {0}': ['Schicht {0}'],
      }),
    ).toBe('const a = `Von ${b} Schritt ${f(`Schicht ${n}`)}`;');
    expect(
      replaced('<p>Read as <b>{name}</b> now</p>', 'renderer/X.svelte', {
        'Read as <0>{0}</0> now': ['Jetzt als <0>{0}</0> & {gelesen}'],
      }),
    ).toBe('<p>Jetzt als <b>{name}</b> &#38; &#123;gelesen&#125;</p>');
  });

  it('counts as the English does, and leaves what has no translation', () => {
    const code =
      "const a = n === 1 ? `${n} more image` : `${n} more images`; const b = 'Left as it is';";
    expect(
      replaced(code, 'renderer/x.ts', { '{0} more image': ['noch {0} Bild', 'noch {0} Bilder'] }),
    ).toBe(
      "const a = (n === 1 ? `noch ${n} Bild` : `noch ${n} Bilder`); const b = 'Left as it is';",
    );
  });
});

it('a catalogue’s faults: what is put in, and spaces at the edges', () => {
  const item = (msgid: string, msgstr: string): string[] =>
    faultsOf({ msgid, msgid_plural: '', msgstr: [msgstr], flags: {} } as never);
  expect(item('{0} of {1}', '{1} von {0}')).toEqual([]);
  expect(item('{0} of <0>a</0>', '{0} von a')).toHaveLength(1);
  expect(item(' and more', 'und mehr')).toHaveLength(1);
  expect(item('Not yet', '')).toEqual([]);
});
