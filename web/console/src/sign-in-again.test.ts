import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AdminClient, ApiError } from '@custom-identity-platform/sdk'
import { type Closed, createSignInAgain, withSignInAgain } from './sign-in-again.ts'

const fail = (error: unknown): never => assert.fail(String(error))
const signedOut = () => new ApiError({ kind: 'signed-out', status: 401, message: 'signed out' })

const setUp = (sub: string) => {
  const world = { shown: [] as (Closed | undefined)[], others: 0, finished: [] as string[] }
  const again = createSignInAgain({
    client: {
      signInAddress: async ({ maxAge } = {}) => `https://id.example/oauth2/authorize?state=s1&max_age=${maxAge}`,
      finish: async (search) => {
        world.finished.push(search)
        return '/console'
      },
      claims: () => ({ sub }) as never,
    },
    base: '/console',
    onOther: () => {
      world.others += 1
    },
  })
  again.ownedBy('ann')
  return { world, again }
}

/** A window of the browser, whose answer the test brings. */
const withWindow = async (work: (opened: string[]) => Promise<void>): Promise<void> => {
  const opened: string[] = []
  Object.assign(globalThis, { window: { open: (url: string) => opened.push(url) } })
  try {
    await work(opened)
  } finally {
    Reflect.deleteProperty(globalThis, 'window')
  }
}
const bring = (search: string): void => {
  const channel = new BroadcastChannel('console sign-in again')
  channel.postMessage(search)
  channel.close()
}

test('requests of an ended sign-in wait together for another one, and are asked again', async () => {
  const { world, again } = setUp('ann')
  again.onClosed((closed) => void world.shown.push(closed))
  let isSignedIn = false
  const call = async () => {
    if (!isSignedIn) throw signedOut()
    return { status: 204 }
  }
  const admin = withSignInAgain(
    { get: call, post: call, put: call, patch: call, delete: call, stream: call } as unknown as AdminClient,
    again.close,
  )
  const asked = Promise.all([admin.get('/me'), admin.get('/me')])
  await withWindow(async (opened) => {
    const address = await again.address(900)
    assert.equal(address, '/console/sign-in-again#state=s1&max_age=900')
    assert.equal(again.open(address, fail), true)
    assert.deepEqual(opened, [address])
    isSignedIn = true
    bring('?code=c&state=s1')
    await asked
  })
  assert.deepEqual(world, { shown: [{ why: 'ended' }, undefined], others: 0, finished: ['?code=c&state=s1'] })
})

test('somebody else gets nothing of the page', async () => {
  const { world, again } = setUp('bob')
  again.onClosed((closed) => void world.shown.push(closed))
  void again.close('idle')
  await withWindow(async () => {
    again.open(await again.address(undefined), fail)
    bring('?code=c&state=s1')
    while (world.others === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  })
  assert.deepEqual([world.shown, world.others], [[{ why: 'idle' }], 1])
})

test('before anything is shown an ended sign-in is a plain error', async () => {
  const { again } = setUp('ann')
  const call = async () => Promise.reject(signedOut())
  const admin = withSignInAgain(
    { get: call, post: call, put: call, patch: call, delete: call, stream: call } as unknown as AdminClient,
    again.close,
  )
  await assert.rejects(() => admin.get('/me'), ApiError)
})
