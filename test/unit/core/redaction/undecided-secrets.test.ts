import { describe, expect, test } from 'vitest';
import { emptyDraft } from '../../../../src/core/draft.ts';
import { allRules } from '../../../../src/core/redaction/redaction-rules.ts';
import { kindsOfPicture, undecidedSecrets } from '../../../../src/core/redaction/undecided-secrets.ts';
import { makePicture } from '../../../support/make-picture.ts';

const picture = makePicture({ id: 'p', name: 'Visible area', uncovered: { email: 2, card: 1 } });
const draft = { ...emptyDraft('d', 0), body: 'Of grace@example.com', attachments: [picture] };

describe('what nobody has decided about', () => {
  test('is in the texts, and in the pictures by kind', () => {
    expect(undecidedSecrets(draft, allRules).map(({ field, kind, value }) => [field, kind, value])).toEqual([
      ['body', 'email', 'grace@example.com'],
      ['picture', 'email', 'Visible area'],
      ['picture', 'card', 'Visible area'],
    ]);
  });

  test('is not what is not looked for, nor what may leave', () => {
    expect(undecidedSecrets(draft, { ...allRules, kinds: ['card'] })).toHaveLength(1);
    const keptSecrets = undecidedSecrets(draft, allRules).map(({ key }) => key);
    expect(undecidedSecrets({ ...draft, keptSecrets }, allRules)).toEqual([]);
  });

  test('is asked about again when the picture was marked anew', () => {
    const keptSecrets = undecidedSecrets(draft, allRules).map(({ key }) => key);
    const attachments = [{ ...picture, marksRevision: 1 }];
    expect(undecidedSecrets({ ...draft, attachments, keptSecrets }, allRules)).toHaveLength(2);
  });
});

test('the keys of a picture mean its kinds, and those of no other picture or marks', () => {
  const keys = new Set(undecidedSecrets(draft, { ...allRules, kinds: ['email'] }).map(({ key }) => key));
  expect(kindsOfPicture(picture, keys)).toEqual(['email']);
  expect(kindsOfPicture({ ...picture, id: 'q' }, keys)).toEqual([]);
  expect(kindsOfPicture({ ...picture, marksRevision: 1 }, keys)).toEqual([]);
});
