import { Refusal } from './answer.ts';
import type { FilePart, Part } from './multipart-form.ts';

/** Which fields a route takes. Everything else in the body is refused. */
export interface FieldRules {
  /** Text fields that may come once. */
  readonly once: readonly string[];
  /** Text fields that may be repeated. */
  readonly repeated: readonly string[];
  /** File fields that may be repeated. */
  readonly files: readonly string[];
}

/** The body, by field name. */
export interface Fields {
  /** The text of a field that may come once; null when it was not sent. */
  text(name: string): string | null;
  texts(name: string): readonly string[];
  files(name: string): readonly FilePart[];
}

/**
 * @throws Refusal 400 for an unknown field, a second value of a single field, a file where text belongs, text where
 *   a file belongs
 */
export function readFields(parts: readonly Part[], rules: FieldRules): Fields {
  const texts = new Map<string, string[]>();
  const files = new Map<string, FilePart[]>();
  for (const part of parts) {
    const { name } = part;
    if (rules.files.includes(name)) {
      if (part.kind !== 'file') throw new Refusal(400, `${name} must be a file`);
      files.set(name, [...(files.get(name) ?? []), part]);
    } else if (rules.once.includes(name) || rules.repeated.includes(name)) {
      if (part.kind !== 'text') throw new Refusal(400, `${name} must be a text field`);
      if (rules.once.includes(name) && texts.has(name)) {
        throw new Refusal(400, `${name} was given more than once`);
      }
      texts.set(name, [...(texts.get(name) ?? []), part.text]);
    } else {
      throw new Refusal(400, `unknown field: ${name}`);
    }
  }
  return {
    text: name => texts.get(name)?.[0] ?? null,
    texts: name => texts.get(name) ?? [],
    files: name => files.get(name) ?? [],
  };
}
