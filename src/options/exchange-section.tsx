import { useRef, useState } from 'preact/hooks';
import {
  type ExchangeProblem,
  exchangeFile,
  exchangeLimitBytes,
  parseExchangeFile,
} from '../contract/exchange-file.ts';
import { type Merged, mergeShared } from '../core/merge-shared.ts';
import { text } from '../platform/localised-text.ts';
import { newId } from '../platform/new-id.ts';
import { Button } from '../ui/components/button.tsx';
import { Section } from '../ui/components/section.tsx';
import type { Say } from '../ui/components/status-line.tsx';
import { saveFile } from '../ui/save-file.ts';
import { isSelector } from './is-selector.ts';
import { ruleProblemText } from './rule-problem-text.ts';
import type { SettingsSectionProps } from './use-settings.ts';

/** Templates and recipes from colleagues, and for them. */
export function ExchangeSection({ settings, onEdit, say }: SettingsSectionProps & { say: Say }) {
  const picker = useRef<HTMLInputElement>(null);
  // Beside the buttons, for the status line tells of the saving a moment later.
  const [outcome, setOutcome] = useState('');
  const latest = useRef(settings);
  latest.current = settings;
  const isEmpty = settings.templates.length + settings.recipes.length === 0;

  function save() {
    saveFile('capture-templates-and-recipes.json', exchangeFile(settings), 'application/json');
    say(text('exchangeSaved'));
  }

  async function take(file: File) {
    setOutcome('');
    const parsed =
      file.size > exchangeLimitBytes
        ? ({ ok: false, failure: { kind: 'too-large' } } as const)
        : parseExchangeFile(await file.text(), isSelector);
    if (!parsed.ok) return say(problemText(parsed.failure), 'alarm');
    // What was typed while the file was read, which a slow disk takes its time for, stays.
    const merged = mergeShared(latest.current, parsed.value, newId);
    if (merged.added > 0) onEdit({ templates: merged.templates, recipes: merged.recipes });
    setOutcome(mergedText(merged));
  }

  return (
    <Section heading={text('exchangeHeading')}>
      <p class="hint">{text('exchangeHint')}</p>
      <div class="row">
        <Button isOff={isEmpty} onPress={save}>
          {text('exchangeExport')}
        </Button>
        <Button onPress={() => picker.current?.click()}>{text('exchangeImport')}</Button>
        <p aria-live="polite">{outcome}</p>
      </div>
      <input
        ref={picker}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={event => {
          const [file] = event.currentTarget.files ?? [];
          if (file) void take(file).catch(() => say(text('exchangeUnreadable'), 'alarm'));
          event.currentTarget.value = '';
        }}
      />
    </Section>
  );
}

function mergedText({ added, known, tooMany }: Merged): string {
  return [
    text('exchangeAdded', added),
    ...(known > 0 ? [text('exchangeKnown', known)] : []),
    ...(tooMany > 0 ? [text('exchangeTooMany', tooMany)] : []),
  ].join(' ');
}

function problemText(problem: ExchangeProblem): string {
  switch (problem.kind) {
    case 'too-large':
      return text('exchangeTooLarge');
    case 'not-json':
      return text('exchangeNotJson');
    case 'other-file':
      return text('exchangeOther');
    case 'newer':
      return text('exchangeNewer');
    case 'wrong-value':
      return problem.path === '' ? text('exchangeWrong') : text('exchangeWrongValue', problem.path);
    case 'wrong-site':
      return text('exchangeWrongSite', problem.path);
    case 'wrong-rule':
      return text('exchangeWrongRule', problem.path, ruleProblemText(problem.problem));
  }
}
