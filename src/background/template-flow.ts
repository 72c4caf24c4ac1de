import { type Draft, emptyDraft } from '../core/draft.ts';
import { fillFromPage, type PageFilling } from '../core/fill-from-page.ts';
import { cleanPageUrl } from '../core/page-link.ts';
import { undoRecipe } from '../core/recipe/without-recipe.ts';
import { fail, type Result } from '../core/result.ts';
import type { Settings } from '../core/settings.ts';
import { firstForSite } from '../core/site.ts';
import { applyTemplate, refillTemplate, withQuote } from '../core/template/fill-template.ts';
import { momentTexts, type TemplateValues } from '../core/template/placeholders.ts';
import { type ChangedDraft, changeDraft, currentDraft } from '../platform/privileged/draft-store.ts';
import type { PageTarget } from '../platform/privileged/page-target.ts';
import { readSettings } from '../platform/settings-store.ts';
import { readRecipe } from './recipe-flow.ts';

/** What a page brings into a draft by itself, found out before the draft is changed: no transaction waits for a page. */
export interface BroughtByPage {
  /** Fills a draft that has the page's details already. */
  fill(draft: Draft): Draft;
  /** Adds a quote, where the draft's template has a place for it. */
  quote(draft: Draft, quote: string): Draft;
}

/** Looks what recipe and which template are for a page. `kind`: what the draft is about to be. */
export async function broughtByPage(page: PageTarget, kind?: Draft['kind']): Promise<BroughtByPage> {
  const settings = await readSettings();
  const { draft, job } = await currentDraft();
  // Evidence does not go into what is in the outbox: it starts the next draft.
  const asked = job ? emptyDraft('', 0) : draft;
  const values = valuesNow(settings);
  const filling: PageFilling = {
    pageUrl: page.url === null ? null : cleanPageUrl(page.url),
    reading: await readRecipe(settings.recipes, page, { ...asked, kind: kind ?? asked.kind }),
    template: firstForSite(settings.templates, page.url),
    values,
  };
  return {
    fill: draftThere => fillFromPage(draftThere, filling),
    quote: (draftThere, quote) => withQuote(draftThere, quote, values),
  };
}

/** Fills a ticket from a template of the settings; null takes its template back. */
export async function applyTemplateTo(
  draftId: string,
  templateId: string | null,
): Promise<Result<ChangedDraft>> {
  const settings = await readSettings();
  const template = settings.templates.find(({ id }) => id === templateId) ?? null;
  if (template === null && templateId !== null) return fail({ kind: 'not-found' });
  return changeDraft(draftId, draft =>
    draft.kind === 'reply' ? draft : applyTemplate(draft, template, valuesNow(settings), true),
  );
}

/** Takes back what a recipe filled in, in the words of the template too. */
export async function undoRecipeIn(draftId: string): Promise<Result<ChangedDraft>> {
  const values = valuesNow(await readSettings());
  return changeDraft(draftId, draft => refillTemplate(undoRecipe(draft), values));
}

function valuesNow({ agentName }: Settings): TemplateValues {
  return { agentName, ...momentTexts(Date.now(), navigator.language) };
}
