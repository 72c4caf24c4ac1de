import { userEvent } from '@testing-library/user-event';
import { type ComponentChild, render } from 'preact';
import { onTestFinished } from 'vitest';

/** Draws a component into the page for the running test. Answers the hands of a person, and a way to draw again. */
export function show(component: ComponentChild) {
  const root = document.createElement('div');
  document.body.append(root);
  render(component, root);
  onTestFinished(() => {
    render(null, root);
    root.remove();
  });
  return { user: userEvent.setup(), redraw: (next: ComponentChild) => render(next, root) };
}
