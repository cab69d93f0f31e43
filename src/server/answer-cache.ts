/** Keeps results under names; the ones that were not wanted for longest go first. */
export interface AnswerCache {
  /** Returns what is kept, or waits for whoever computes it already, or computes it. */
  readonly of: <Result>(name: string, compute: () => Promise<Result>) => Promise<Result>;
  readonly clear: () => void;
}

/**
 * Makes a cache.
 *
 * @param most how many results are kept
 */
export function answerCache(most = 300): AnswerCache {
  const kept = new Map<string, Promise<unknown>>();
  return {
    of: <Result>(name: string, compute: () => Promise<Result>) => {
      const known = kept.get(name);
      kept.delete(name);
      const result = known ?? compute();
      kept.set(name, result);
      if (!known) {
        result.catch(() => {
          if (kept.get(name) === result) kept.delete(name);
        });
        const [oldest] = kept.keys();
        if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      }
      return result as Promise<Result>;
    },
    clear: () => kept.clear(),
  };
}
