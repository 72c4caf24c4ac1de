import { useEffect, useRef, useState } from 'preact/hooks';
import type { RecipeFinding, RecipePage } from '../contract/views.ts';
import type { Failure } from '../core/failure.ts';
import type { Recipe } from '../core/recipe/recipe.ts';
import { firstForSite } from '../core/site.ts';
import { send } from '../platform/send.ts';
import { useDocumentEvent } from '../ui/hooks/use-document-event.ts';

/** How long typing rests before the page is asked. */
const restMs = 400;

/** What a page answered last. */
interface Found {
  tabId: number | null;
  findings: readonly RecipeFinding[];
}

export interface TryOutState {
  /** The pages that can be asked; null: not known yet. */
  pages: readonly RecipePage[] | null;
  /** The page that is asked; null: none. */
  tabId: number | null;
  failure: Failure | null;
  choose(tabId: number | null): void;
  /** What the rule at that place found when the page was asked last; null: it was not asked, or by another rule. */
  foundBy(index: number): RecipeFinding | null;
}

const nothingFound: Found = { tabId: null, findings: [] };

/** Asks a page what the rules of a recipe find there, as they are typed. */
export function useTryOut(recipe: Recipe): TryOutState {
  const [pages, setPages] = useState<readonly RecipePage[] | null>(null);
  const [chosen, setChosen] = useState<number | null | 'own'>('own');
  const [found, setFound] = useState(nothingFound);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef(0);

  const look = async () => {
    const answered = await send('recipes.pages', {});
    if (answered.ok) setPages(answered.value);
    else setFailure(answered.failure);
  };
  useEffect(() => void look(), []);
  // The person comes back from pressing the toolbar button somewhere.
  useDocumentEvent('visibilitychange', () => void (document.hidden || look()));

  // Until a page is chosen, one of the recipe's own sites is asked.
  const known = pages ?? [];
  const own = known.find(({ url }) => firstForSite([recipe], url))?.tabId ?? null;
  const wanted = chosen === 'own' ? own : chosen;
  const tabId = known.some(page => page.tabId === wanted) ? wanted : null;

  const words = JSON.stringify(recipe.rules);
  useEffect(() => {
    asked.current += 1;
    const question = asked.current;
    setFailure(null);
    if (tabId === null) return setFound(nothingFound);
    const timer = setTimeout(async () => {
      const answered = await send('recipes.try', { tabId, recipe });
      if (question !== asked.current) return;
      setFound({ tabId, findings: answered.ok ? answered.value : [] });
      setFailure(answered.ok ? null : answered.failure);
    }, restMs);
    return () => clearTimeout(timer);
  }, [tabId, words]);

  return {
    pages,
    tabId,
    failure,
    choose: setChosen,
    foundBy(index) {
      // What stands there until the page has answered is of another page.
      const finding = found.tabId === tabId ? found.findings[index] : undefined;
      return finding && JSON.stringify(finding.rule) === JSON.stringify(recipe.rules[index]) ? finding : null;
    },
  };
}
