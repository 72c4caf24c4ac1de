import { describe, expect, test } from 'vitest';
import { parseSettings } from '../../../src/contract/stored-settings.ts';
import { fieldLimitsCharacters } from '../../../src/core/field-limits.ts';
import { categoriesFromText, categoryLimit, defaultSettings } from '../../../src/core/settings.ts';

describe('categories typed one a line', () => {
  test('lose blanks and repeats', () => {
    expect(categoriesFromText(' Bug \n\nBilling  issue\nBug\n')).toEqual({
      categories: ['Bug', 'Billing issue'],
      isCut: false,
    });
  });

  test('may be none', () => {
    expect(categoriesFromText(' \n')).toEqual({ categories: [], isCut: false });
  });

  test('that are too many or too long are cut, and what is left can be stored', () => {
    const lines = Array.from({ length: categoryLimit + 1 }, (_, index) => `${index}`);
    const long = 'x'.repeat(fieldLimitsCharacters.category);
    const { categories, isCut } = categoriesFromText([`${long}x`, long, ...lines].join('\n'));
    expect(isCut).toBe(true);
    expect(categories).toEqual([long, ...lines.slice(0, categoryLimit - 1)]);
    expect(parseSettings({ ...defaultSettings, categories })).toEqual({ ...defaultSettings, categories });
  });
});
