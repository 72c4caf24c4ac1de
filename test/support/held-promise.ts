/** A promise that ends when the test says so. `Promise.withResolvers` is younger than the oldest Node that tests run on. */
export function heldPromise<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (cause: Error) => void = () => {};
  const promise = new Promise<T>((fulfil, fail) => {
    resolve = fulfil;
    reject = fail;
  });
  return { promise, resolve: (value: T) => resolve(value), reject: (cause: Error) => reject(cause) };
}
