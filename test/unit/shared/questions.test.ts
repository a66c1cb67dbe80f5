import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import {
  answerSchema,
  questionNames,
  questions,
  questionSchema,
} from '../../../shared/questions.ts';

describe.each(questionNames)('the question %s', (name) => {
  const { asked, answer, empty } = questions[name];

  it('has one name, which its answer has too', () => {
    expect(asked.entries.type.literal).toBe(name);
    expect(answer.entries.type.literal).toBe(name);
    expect(empty.type).toBe(name);
  });

  it('has an empty answer that is one', () => {
    expect(v.safeParse(answerSchema, empty).issues).toBeUndefined();
    expect(empty.step).toBe(0);
  });
});

it('there are no others', () => {
  expect(v.is(questionSchema, { type: 'filters' })).toBe(true);
  expect(v.is(questionSchema, { type: 'filters', id: 1 })).toBe(false);
  expect(v.is(questionSchema, { type: 'weights' })).toBe(false);
});
