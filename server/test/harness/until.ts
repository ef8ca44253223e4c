/** Waits until the condition holds; fails with `what` when that takes longer than `milliseconds`. */
export const until = async (condition: () => boolean | Promise<boolean>, milliseconds: number, what: string): Promise<void> => {
  const deadline = performance.now() + milliseconds
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${milliseconds} ms: ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
