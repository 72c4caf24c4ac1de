import { describe, expect, test } from 'vitest';
import { type Draft, emptyDraft, isUntouched } from '../../../src/core/draft.ts';
import { fillFromPage, type PageFilling, wantsReading } from '../../../src/core/fill-from-page.ts';
import { undoRecipe } from '../../../src/core/recipe/without-recipe.ts';
import { applyTemplate } from '../../../src/core/template/fill-template.ts';
import type { Template } from '../../../src/core/template/template.ts';

const values = { agentName: '', date: '', time: '' };
const empty = emptyDraft('d', 0);

function template(id: string, title = id): Template {
  return { id, name: id, sites: [], title, body: `${id}: {{selection}}`, category: '' };
}

function page(name: string, changes: Partial<PageFilling> = {}): PageFilling {
  return { pageUrl: `https://${name}.example/`, reading: null, template: null, values, ...changes };
}

function readOn(name: string, email = `${name}@example.com`): PageFilling {
  const rule = {
    fills: 'customer_email',
    property: '',
    from: 'element',
    pattern: 'b',
    attribute: '',
  } as const;
  return page(name, {
    reading: {
      recipe: { id: name, name },
      pageUrl: `https://${name}.example/`,
      values: [{ rule, value: email }],
    },
  });
}

describe('an untouched draft', () => {
  test('gets the template of the page, then of the next, then none', () => {
    const first = fillFromPage(empty, page('a', { template: template('one') }));
    expect(first).toMatchObject({ title: 'one', body: 'one: ', template: { isChosen: false } });
    expect(isUntouched(first)).toBe(true);
    const second = fillFromPage(first, page('b', { template: template('two') }));
    expect(second).toMatchObject({ title: 'two', body: 'two: ' });
    expect(fillFromPage(second, page('c'))).toEqual(empty);
  });

  test('keeps a template that was chosen, and the choice of none, on every page', () => {
    const chosen = applyTemplate(empty, template('mine', '{{page.title}}'), values, true);
    const there = { ...chosen, page: { page_title: 'B' } };
    expect(fillFromPage(there, page('b', { template: template('two') }))).toMatchObject({
      title: 'B',
      template: { id: 'mine' },
    });
    const none = applyTemplate(empty, null, values, true);
    expect(fillFromPage(none, page('b', { template: template('two') })).title).toBe('');
  });

  test('gets what the recipe read, of the last page alone, and the template can use it', () => {
    const first = fillFromPage(empty, {
      ...readOn('a'),
      template: template('one', 'For {{customer.email}}'),
    });
    expect(first).toMatchObject({ customerEmail: 'a@example.com', title: 'For a@example.com' });
    expect(isUntouched(first)).toBe(true);
    expect(fillFromPage(first, readOn('b'))).toMatchObject({ customerEmail: 'b@example.com', title: '' });
    expect(fillFromPage(first, page('c'))).toEqual(empty);
    // Seen again on the same page: nothing was read, and all stays.
    expect(fillFromPage(first, page('a')).customerEmail).toBe('a@example.com');
  });

  test('what was undone stays so on that page', () => {
    const undone = undoRecipe(fillFromPage(empty, readOn('a')));
    expect(wantsReading(undone, 'https://a.example/')).toBe(false);
    expect(fillFromPage(undone, readOn('a')).customerEmail).toBe('');
    expect(wantsReading(undone, 'https://b.example/')).toBe(true);
    expect(fillFromPage(undone, readOn('b')).customerEmail).toBe('b@example.com');
  });
});

describe('a draft that holds something', () => {
  const typed: Draft = { ...empty, body: 'typed' };

  test('gets no template, and from a recipe what is empty', () => {
    const filled = fillFromPage(typed, { ...readOn('a'), template: template('one') });
    expect(filled).toMatchObject({
      title: '',
      body: 'typed',
      customerEmail: 'a@example.com',
      template: null,
    });
    expect(fillFromPage(typed, page('a', { template: template('one') }))).toBe(typed);
  });

  test('is filled from one page, never from two', () => {
    const filled = { ...fillFromPage(typed, readOn('a')), customerEmail: '' };
    expect(wantsReading(filled, 'https://b.example/')).toBe(false);
    expect(fillFromPage(filled, readOn('b'))).toBe(filled);
  });

  test('its template, as it was filled, gets what the recipe read', () => {
    const started = applyTemplate(empty, template('one', 'For {{customer.email}}'), values, false);
    const touched = { ...started, body: 'typed' };
    expect(fillFromPage(touched, readOn('a'))).toMatchObject({ title: 'For a@example.com', body: 'typed' });
  });
});

test('nothing comes into a reply', () => {
  const reply = emptyDraft('d', 0, 'reply');
  expect(wantsReading(reply, 'https://a.example/')).toBe(false);
  expect(fillFromPage(reply, { ...readOn('a'), template: template('one') })).toBe(reply);
});
