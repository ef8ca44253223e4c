type Clicked = { readonly currentTarget: HTMLInputElement }

/** For a button that chooses a file: the one that was chosen before can be chosen again, once it was put right. */
export const chooseAgain = {
  inputProps: {
    onClick: ({ currentTarget }: Clicked): void => {
      currentTarget.value = ''
    },
  },
}
