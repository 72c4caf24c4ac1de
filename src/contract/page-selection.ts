import { isLinkAddress, isPictureAddress } from '../core/page-address.ts';
import { textDirective } from '../core/page-link.ts';
import {
  type SelectionElement,
  type SelectionNode,
  type SelectionTree,
  selectionLimitAddressCharacters,
  selectionLimitAllAddressCharacters,
  selectionLimitAltCharacters,
  selectionLimitCharacters,
  selectionLimitDepth,
  selectionLimitNodes,
  selectionTagNames,
} from '../core/quote/selection-tree.ts';
import { normaliseText } from '../core/text.ts';
import { isBoundedData } from './bounded-data.ts';
import { z } from './zod.ts';

/**
 * What the content script says about the page's selection, as `selection.deliver` carries it.
 * The page's renderer may be hostile: nothing is read from it before `parsePageSelection`.
 */

const propertiesSchema = z.strictObject({
  href: z.optional(z.string().check(z.maxLength(selectionLimitAddressCharacters))),
  src: z.optional(z.string().check(z.maxLength(selectionLimitAddressCharacters))),
  alt: z.optional(z.string().check(z.maxLength(selectionLimitAltCharacters))),
  start: z.optional(z.int().check(z.minimum(0), z.maximum(999_999_999))),
  className: z.optional(
    z.array(z.string().check(z.maxLength(60), z.regex(/^language-[\w+#.-]+$/))).check(z.maxLength(1)),
  ),
  align: z.optional(z.enum(['left', 'center', 'right'])),
});

const textSchema = z.strictObject({
  type: z.literal('text'),
  value: z.string().check(z.maxLength(selectionLimitCharacters)),
});

// Recursive, so it is only safe behind the depth limit of `isBoundedData`.
const elementSchema: z.ZodMiniType<SelectionElement> = z.strictObject({
  type: z.literal('element'),
  tagName: z.enum(selectionTagNames),
  properties: propertiesSchema,
  get children() {
    return z.array(nodeSchema).check(z.maxLength(selectionLimitNodes));
  },
});

const nodeSchema: z.ZodMiniType<SelectionNode> = z.union([textSchema, z.lazy(() => elementSchema)]);

const treeSchema: z.ZodMiniType<SelectionTree> = z.strictObject({
  type: z.literal('root'),
  children: z.array(nodeSchema).check(z.maxLength(selectionLimitNodes)),
});

const count = z.int().check(z.minimum(0), z.maximum(4_000_000_000));

const pageSelectionSchema = z.strictObject({
  /** The selection as plain text: `\n` only, no control or direction-override characters. Empty: nothing was selected. */
  text: z.string().check(z.maxLength(selectionLimitCharacters)),
  /** The same selection with its structure; null for a text field. */
  tree: z.nullable(treeSchema),
  /** `text=…`, to be put after `#:~:`; null when the passage cannot be linked to. */
  textFragment: z.nullable(z.string().check(z.maxLength(2_000), z.regex(textDirective))),
  /** Set when the selection was longer than the limit. `totalCharacters` is what the page had. */
  cut: z.nullable(z.strictObject({ keptCharacters: count, totalCharacters: count })),
});

export type PageSelection = z.infer<typeof pageSelectionSchema>;

/**
 * Reads a selection that came from a page. Never throws; anything but the exact shape is null.
 * Addresses that are not http(s) (for a link: mailto and tel too) are dropped from the tree and their text stays;
 * control and direction-override characters are dropped everywhere.
 */
export function parsePageSelection(input: unknown): PageSelection | null {
  if (!isBoundedData(input, dataLimits)) return null;
  const parsed = pageSelectionSchema.safeParse(input);
  if (!parsed.success) return null;
  const selection = parsed.data;
  selection.text = normaliseText(selection.text);
  if (selection.tree !== null) cleanNodes(selection.tree.children);
  return selection;
}

const dataLimits = {
  // A tree node is two levels of data: the object and its list of children. The rest is the selection around the tree.
  levels: 2 * selectionLimitDepth + 6,
  // A node has at most: itself, `type`, `tagName`, `properties` with two values, `children`, a class list and its entry.
  values: 8 * selectionLimitNodes + 32,
  characters: 6 * selectionLimitCharacters + 24 * selectionLimitNodes + selectionLimitAllAddressCharacters,
};

function cleanNodes(nodes: SelectionNode[]): void {
  for (const node of nodes) {
    if (node.type === 'text') {
      node.value = normaliseText(node.value);
      continue;
    }
    const { properties } = node;
    if (properties.href !== undefined && !isLinkAddress(properties.href)) delete properties.href;
    if (properties.src !== undefined && !isPictureAddress(properties.src)) delete properties.src;
    if (properties.alt !== undefined) properties.alt = normaliseText(properties.alt);
    cleanNodes(node.children);
  }
}
