import { text } from '../../platform/localised-text.ts';
import { Button } from './button.tsx';

interface BannerProps {
  message: string;
  kind: 'notice' | 'alarm';
  onDismiss: () => void;
}

/** Says what happened and stays until it is dismissed. An alarm can be copied, for whoever is asked for help. */
export function Banner({ message, kind, onDismiss }: BannerProps) {
  return (
    <div
      class={`banner ${kind === 'alarm' ? 'banner-alarm' : ''}`}
      role={kind === 'alarm' ? 'alert' : 'note'}
    >
      <p>{message}</p>
      {kind === 'alarm' && (
        <Button
          icon="copy"
          variant="quiet"
          label={text('copyMessage')}
          onPress={() => void navigator.clipboard.writeText(message)}
        />
      )}
      <Button icon="close" variant="quiet" label={text('dismiss')} onPress={onDismiss} />
    </div>
  );
}
