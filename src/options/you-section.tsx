import { text } from '../platform/localised-text.ts';
import { AgentFields } from '../ui/components/agent-fields.tsx';
import { Section } from '../ui/components/section.tsx';
import type { SettingsSectionProps } from './use-settings.ts';

/** In whose name replies are sent. */
export function YouSection({ settings, onEdit }: SettingsSectionProps) {
  return (
    <Section heading={text('settingsYouHeading')}>
      <AgentFields agent={settings} hint={text('settingsYouHint')} onEdit={onEdit} />
    </Section>
  );
}
