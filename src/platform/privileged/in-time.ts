/** The answer, if it comes within `deadlineMs`; else rejects. A page that hangs answers no script, and the browser would wait for it without end. */
export async function inTime<T>(answer: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new LateAnswer()), deadlineMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Nobody answered within the deadline. */
export class LateAnswer extends Error {
  constructor() {
    super('The page does not answer.');
  }
}
