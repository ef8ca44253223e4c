import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useWaits } from './use-waits.ts'

type ActionOptions<Input, Output> = {
  readonly run: (input: Input) => Promise<Output>
  /** Said when it is done. */
  readonly said?: string | ((output: Output, input: Input) => string)
  /** What is asked for anew: queries whose keys begin so. */
  readonly refresh?: readonly (readonly unknown[])[]
  readonly done?: (output: Output, input: Input) => unknown
}

/** A change at the server. A fresher sign-in is asked for by itself where it is needed. */
export const useAction = <Input = void, Output = unknown>({ run, said, refresh = [], done }: ActionOptions<Input, Output>) => {
  const [queries, toast, tellWaiting] = [useQueryClient(), useToast(), useWaits()]
  const { mutate, error, isPending, reset } = useMutation({
    mutationFn: run,
    onSuccess: async (output, input) => {
      if (said !== undefined) toast(typeof said === 'string' ? said : said(output, input))
      await done?.(output, input)
      await Promise.all(refresh.map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
    onError: tellWaiting,
  })
  return { act: mutate, error, isPending, reset }
}
