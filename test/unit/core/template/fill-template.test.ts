import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bodyLimitCharacters, type Draft, emptyDraft, isUntouched } from '../../../../src/core/draft.ts';
import { applyTemplate, refillTemplate, withQuote } from '../../../../src/core/template/fill-template.ts';
import { momentTexts, type TemplateValues } from '../../../../src/core/template/placeholders.ts';
import type { Template } from '../../../../src/core/template/template.ts';
import { withoutTemplate } from '../../../../src/core/template/without-template.ts';

const values: TemplateValues = { agentName: 'Ana Agent', date: 'Jan 2, 2026', time: '9:00 AM' };

function template(words: Partial<Template>): Template {
  return { id: 't', name: 'Bug', sites: [], title: '', body: '', category: '', ...words };
}

function draftWith(changes: Partial<Draft> = {}): Draft {
  return {
    ...emptyDraft('d', 0),
    page: { page_url: 'https://example.com/a', page_title: 'A page' },
    ...changes,
  };
}

const filled = (body: string, draft = draftWith()) =>
  applyTemplate(draft, template({ body }), values, true).body;

describe('placeholders', () => {
  test('each is filled with what the draft and the person have', () => {
    const draft = draftWith({
      customerName: 'Grace',
      customerEmail: 'grace@example.com',
      companyText: 'Acme',
      properties: [{ name: 'order_number', value: '42', isSent: true }],
      body: 'quoted\n',
    });
    expect(
      filled(
        '{{page.title}}|{{ page.url }}|{{date}}|{{time}}|{{agent.name}}|{{customer.name}}|{{customer.email}}|{{company}}|{{property.order_number}}|{{\tselection }}',
        draft,
      ),
    ).toBe(
      'A page|https://example.com/a|Jan 2, 2026|9:00 AM|Ana Agent|Grace|grace@example.com|Acme|42|quoted',
    );
  });

  test.each(['{{page}}', '{{nothing}}', '{page.title}', '{{Page.Title}}', '{{page.\ntitle}}', '{{}}', '{{{'])(
    '%j stays as it stands',
    text => expect(filled(text)).toBe(text),
  );

  test('what will not be sent is empty', () => {
    const draft = draftWith({
      omittedDetails: ['page_url'],
      properties: [{ name: 'order', value: '42', isSent: false }],
    });
    expect(filled('[{{page.url}}][{{property.order}}][{{property.other}}]', draft)).toBe('[][][]');
  });

  test('values are literal: neither placeholders nor replacement patterns in them mean anything', () => {
    const page = { page_title: '{{page.url}} $& $1 {{selection}}', page_url: 'https://example.com/' };
    const draft = draftWith({ page, body: '{{agent.name}} $`' });
    expect(filled('{{page.title}}\n{{selection}}', draft)).toBe(`${page.page_title}\n{{agent.name}} $\``);
  });

  test('no value is expanded again, whatever it holds', () => {
    const name = fc.constantFrom('page.title', 'selection', 'agent.name', 'date', 'company');
    const hostile = fc
      .array(
        fc.oneof(
          fc.string(),
          name.map(word => `{{${word}}}`),
        ),
      )
      .map(parts => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, (title, agentName) => {
        const draft = draftWith({ page: { page_title: title } });
        const body = applyTemplate(
          draft,
          template({ body: '<{{page.title}}><{{agent.name}}>' }),
          { ...values, agentName },
          true,
        ).body;
        expect(body).toBe(`<${title}><${agentName}>`);
      }),
    );
  });
});

describe('applying', () => {
  test('what was captured goes to its place, or below where there is none', () => {
    const draft = draftWith({ body: '> quote\n' });
    expect(filled('## Said\n\n{{selection}}\n\n## Wanted', draft)).toBe('## Said\n\n> quote\n\n## Wanted');
    expect(filled('## Said', draft)).toBe('## Said\n\n> quote\n');
    expect(filled('## Said\n\n{{selection}}')).toBe('## Said\n\n');
  });

  test('the title is one line, and no line of the person is replaced', () => {
    const words = template({ title: 'From {{page.title}}\n now', category: 'Bug' });
    expect(applyTemplate(draftWith(), words, values, true)).toMatchObject({
      title: 'From A page now',
      category: 'Bug',
    });
    const typed = draftWith({ title: 'Mine', category: 'Question' });
    expect(applyTemplate(typed, words, values, true)).toMatchObject({ title: 'Mine', category: 'Question' });
  });

  test('taking it back gives each field that stands as it was filled, and leaves the others', () => {
    const words = template({ title: 'T', body: 'B {{selection}}', category: 'Bug' });
    const draft = draftWith({ body: 'quote' });
    const applied = applyTemplate(draft, words, values, true);
    expect(withoutTemplate(applied)).toEqual(draft);
    expect(withoutTemplate({ ...applied, body: 'B quote, and more', title: 'T' })).toEqual({
      ...draft,
      body: 'B quote, and more',
    });
  });

  test('another one starts from what was there before the first', () => {
    const draft = draftWith({ body: 'quote' });
    const first = applyTemplate(draft, template({ title: 'One', body: 'A {{selection}}' }), values, true);
    const second = applyTemplate(
      first,
      template({ id: 'u', title: 'Two', body: '{{selection}} B' }),
      values,
      true,
    );
    expect(second).toMatchObject({ title: 'Two', body: 'quote B' });
    expect(withoutTemplate(second)).toEqual(draft);
  });

  test('another one goes above what was changed', () => {
    const first = applyTemplate(
      draftWith({ body: 'q' }),
      template({ body: 'A {{selection}}' }),
      values,
      true,
    );
    const typed = { ...first, body: 'A q and typed' };
    const second = applyTemplate(typed, template({ id: 'u', body: 'B: {{selection}}\nC' }), values, true);
    expect(second.body).toBe('B: \nC\n\nA q and typed\n');
    expect(withoutTemplate(second).body).toBe('A q and typed');
  });

  test('after the choice of none another one has its places again', () => {
    const none = applyTemplate(draftWith({ body: 'q' }), null, values, true);
    expect(none).toMatchObject({ body: 'q', template: { id: '', isChosen: true } });
    const typed = { ...none, body: 'q and typed' };
    expect(applyTemplate(typed, template({ body: 'A {{selection}}' }), values, true).body).toBe(
      'A q and typed',
    );
  });
});

describe('a quote', () => {
  const words = template({ title: '{{selection}}', body: 'Said:\n\n{{selection}}\n\nWanted:' });

  test('goes into its place as long as the text is as it was filled', () => {
    const applied = applyTemplate(draftWith(), words, values, false);
    const one = withQuote(applied, '> one', values);
    expect(one).toMatchObject({ title: '> one', body: 'Said:\n\n> one\n\nWanted:' });
    const two = withQuote({ ...one, title: 'Mine' }, '> two', values);
    expect(two).toMatchObject({ title: 'Mine', body: 'Said:\n\n> one\n\n> two\n\nWanted:' });
    expect(withoutTemplate(two)).toMatchObject({ title: 'Mine', body: '> one\n\n> two\n' });
  });

  test('goes below what the person has changed, or where there is no template', () => {
    const applied = applyTemplate(draftWith(), words, values, false);
    expect(withQuote({ ...applied, body: 'Said: x' }, '> one', values).body).toBe('Said: x\n\n> one\n');
    expect(withQuote(draftWith({ body: 'x' }), '> one', values).body).toBe('x\n\n> one\n');
  });
});

test('it is filled anew for another customer, where it was left as it is', () => {
  const words = template({ title: 'For {{customer.name}}', body: 'Of {{customer.name}}' });
  const applied = applyTemplate(draftWith(), words, values, false);
  const known = { ...applied, customerName: 'Grace' };
  expect(refillTemplate(known, values)).toMatchObject({ title: 'For Grace', body: 'Of Grace' });
  expect(refillTemplate({ ...known, body: 'typed' }, values)).toMatchObject({
    title: 'For Grace',
    body: 'typed',
  });
});

describe('limits', () => {
  test('a title is cut', () => {
    const applied = applyTemplate(draftWith(), template({ title: 'x'.repeat(2_000) }), values, true);
    expect(applied.title).toHaveLength(1_000);
  });

  test('what was captured is whole, however often the template asks for it', () => {
    const body = 'y'.repeat(199_000);
    for (const asked of [
      '{{selection}}{{selection}}',
      `${'z'.repeat(20_000)}{{selection}}`,
      'z'.repeat(20_000),
    ]) {
      const text = filled(asked, draftWith({ body }));
      expect(text.length).toBeLessThanOrEqual(bodyLimitCharacters);
      expect(text).toContain(body);
    }
    const full = 'y'.repeat(bodyLimitCharacters);
    expect(filled('x {{selection}}', draftWith({ body: full }))).toBe(full);
  });

  test('long values end at the limit', () => {
    const draft = draftWith({ page: { page_title: 't'.repeat(1_000) } });
    expect(filled('{{page.title}}'.repeat(1_400), draft).length).toBeLessThanOrEqual(bodyLimitCharacters);
  });
});

describe('whatever is done', () => {
  const words = fc.constantFrom(
    '',
    'A {{selection}} B',
    'only text',
    '{{selection}}',
    '{{page.title}}\n{{selection}}',
  );
  const step = fc.oneof(
    fc.record({ does: fc.constant('apply' as const), body: words, title: words }),
    fc.record({ does: fc.constant('none' as const) }),
    fc.record({ does: fc.constant('take back' as const) }),
    fc.record({ does: fc.constant('type' as const) }),
    fc.record({ does: fc.constant('quote' as const) }),
  );

  test('no typed and no captured word is lost, or there twice', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        let draft = draftWith();
        const kept: string[] = [];
        for (const [index, done] of steps.entries()) {
          const word = `<word${index}>`;
          if (done.does === 'apply') draft = applyTemplate(draft, template(done), values, true);
          else if (done.does === 'none') draft = applyTemplate(draft, null, values, true);
          else if (done.does === 'take back') draft = withoutTemplate(draft);
          else {
            draft =
              done.does === 'type' ? { ...draft, body: draft.body + word } : withQuote(draft, word, values);
            kept.push(word);
          }
          for (const one of kept) expect(draft.body.split(one)).toHaveLength(2);
        }
      }),
    );
  });

  test('a draft that only a template filled is untouched, and one that holds a word is not', () => {
    fc.assert(
      fc.property(words, words, fc.boolean(), (title, body, isTyped) => {
        const applied = applyTemplate(draftWith(), template({ title, body, category: 'Bug' }), values, false);
        const draft = isTyped ? { ...applied, body: `${applied.body}!` } : applied;
        expect(isUntouched(draft)).toBe(!isTyped);
        expect(isUntouched(withQuote(draft, 'x', values))).toBe(false);
      }),
    );
  });
});

test('day and time are written as the person writes them', () => {
  const instant = Date.UTC(2026, 0, 2, 9, 5);
  expect(momentTexts(instant, 'en-US', 'UTC').date).toBe('Jan 2, 2026');
  expect(momentTexts(instant, 'de', 'Europe/Berlin')).toEqual({ date: '02.01.2026', time: '10:05' });
});
