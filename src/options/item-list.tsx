import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { text } from '../platform/localised-text.ts';
import { Button } from '../ui/components/button.tsx';
import { ConfirmDialog } from '../ui/components/confirm-dialog.tsx';
import { useFocusOnceDrawn } from './use-focus-once-drawn.ts';

interface Item {
  id: string;
  name: string;
  sites: readonly string[];
}

interface ItemListProps<One extends Item> {
  items: readonly One[];
  limit: number;
  /** Names the list. */
  label: string;
  /** The word on the button that adds one. */
  addWord: string;
  /** Says that there is none. */
  emptyWord: string;
  makeNew: () => One;
  onChange: (items: One[]) => void;
  /** Draws the fields of the one that is open. */
  editor: (item: One, onEdit: (changes: Partial<One>) => void) => ComponentChildren;
}

/** The third of an item's buttons, after those that move it. */
const editButton = '.item-head .button:nth-child(3)';

/** A list whose items are opened to be edited, one at a time, and put in order. */
export function ItemList<One extends Item>(props: ItemListProps<One>) {
  const { items, limit, label, addWord, emptyWord, makeNew, onChange, editor } = props;
  const [openId, setOpenId] = useState<string | null>(null);
  const [doomed, setDoomed] = useState<One | null>(null);
  const keptFocus = useFocusAfterMove();
  const list = useRef<HTMLUListElement>(null);
  const addRow = useRef<HTMLDivElement>(null);
  const focusOn = useFocusOnceDrawn();

  function add() {
    const made = makeNew();
    onChange([...items, made]);
    setOpenId(made.id);
    // It stands above the button that adds: the focus goes to its name, which is there to be typed over.
    focusOn(() => list.current?.children[items.length]?.querySelector('input'));
  }

  function remove({ id }: One) {
    const at = items.findIndex(item => item.id === id);
    onChange(items.filter(item => item.id !== id));
    // The button goes with its item: the one that takes its place is next, not its `Delete`.
    focusOn(() => {
      const left = list.current?.children;
      if (!left || left.length >= items.length) return null;
      return left[at]?.querySelector<HTMLElement>(editButton) ?? addRow.current?.querySelector('button');
    });
  }

  function move(index: number, by: -1 | 1) {
    const moved = [...items];
    const [item] = moved.splice(index, 1);
    if (!item) return;
    moved.splice(index + by, 0, item);
    keptFocus.keep();
    onChange(moved);
  }

  const edit = (id: string, changes: Partial<One>) =>
    onChange(items.map(item => (item.id === id ? { ...item, ...changes } : item)));

  return (
    <>
      {items.length === 0 && <p class="hint">{emptyWord}</p>}
      <ul class="items" ref={list} aria-label={label}>
        {items.map((item, index) => {
          const isOpen = item.id === openId;
          return (
            <li key={item.id} class={isOpen ? 'item item-open' : 'item'}>
              <div class="item-head">
                <p>
                  <span class="item-name">{item.name}</span>
                  <span class="hint">{item.sites.join(', ')}</span>
                </p>
                <div class="row">
                  <Button
                    icon="up"
                    variant="quiet"
                    label={text('itemMoveUp', item.name)}
                    isOff={index === 0}
                    onPress={() => move(index, -1)}
                  />
                  <Button
                    icon="down"
                    variant="quiet"
                    label={text('itemMoveDown', item.name)}
                    isOff={index === items.length - 1}
                    onPress={() => move(index, 1)}
                  />
                  <Button
                    label={text(isOpen ? 'itemClose' : 'itemEdit', item.name)}
                    onPress={() => setOpenId(isOpen ? null : item.id)}
                  >
                    {text(isOpen ? 'itemCloseWord' : 'itemEditWord')}
                  </Button>
                  <Button
                    variant="danger"
                    label={text('itemDelete', item.name)}
                    onPress={() => setDoomed(item)}
                  >
                    {text('itemDeleteWord')}
                  </Button>
                </div>
              </div>
              {isOpen && <div class="item-editor">{editor(item, changes => edit(item.id, changes))}</div>}
            </li>
          );
        })}
      </ul>
      <div class="row" ref={addRow}>
        <Button isOff={items.length >= limit} onPress={add}>
          {addWord}
        </Button>
        {items.length >= limit && <span class="hint">{text('itemLimit', limit)}</span>}
      </div>
      {doomed && (
        <ConfirmDialog
          question={text('itemDeleteQuestion', doomed.name)}
          action={text('itemDeleteWord')}
          onConfirm={() => remove(doomed)}
          onClose={() => setDoomed(null)}
        />
      )}
    </>
  );
}

/** A control that is moved in the page loses the focus; it gets it back once the list is drawn anew. */
function useFocusAfterMove() {
  const kept = useRef<Element | null>(null);
  useLayoutEffect(() => {
    if (kept.current instanceof HTMLElement && kept.current.isConnected) kept.current.focus();
    kept.current = null;
  });
  return {
    keep: () => {
      kept.current = document.activeElement;
    },
  };
}
